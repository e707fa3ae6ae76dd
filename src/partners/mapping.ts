import type { Kind } from '../model/field.ts'
import { objectNamed } from '../model/index.ts'
import { listId, type ObjectType, type RecordOf, recordId } from '../model/object.ts'
import {
  type Context,
  isRule,
  objectsIn,
  type Payload,
  pathReader,
  type Rule,
  type RuleParts,
  readerOf,
  ruleOf,
  type Source,
} from './rule.ts'

type ValueOf<K> = K extends Kind<infer T> ? T : never
type Listed<F> = { [N in keyof F]: F[N] extends { readonly back: string } ? N : never }[keyof F]

/** Every attribute must be answered; lists are computed from the record's id. */
export type Sources<O> =
  O extends ObjectType<infer F, boolean>
    ? { readonly partnerRecordId: Source<string>; readonly created_date: Source<string> } & {
        readonly [N in Exclude<keyof F, Listed<F> | 'mergedInto'>]: Source<ValueOf<F[N]>>
      }
    : never

export interface MappingOptions {
  /** Whether this mapping applies to the payload; by default it always does. */
  readonly when?: (payload: Payload) => boolean
  /** Said on the partner page: which payloads these are. */
  readonly title?: string
  /** The payload does not carry the record's own life, so the earliest `created_date` stays. */
  readonly derived?: boolean
  /** The payloads to be read in place of the one that came: see `among`. */
  readonly each?: (payload: Payload, context: Context) => readonly Payload[]
}

/** A mapping from one kind of payload to one object of the model. */
export interface Mapping<O extends ObjectType = ObjectType> extends MappingOptions {
  readonly object: O
  readonly rules: { readonly [attribute: string]: Rule | RuleParts }
  /** The record without our dates; null where the mapping does not apply. Pure. */
  readonly read: (payload: Payload, context: Context) => Draft<O> | null
}
/** A record in which attributes may still be undefined: "the payload does not say". */
export type Draft<O> = { [N in keyof RecordOf<O>]: RecordOf<O>[N] | undefined }

/** Declares where each attribute of an object comes from at a partner. */
export function mapping<O extends ObjectType>(
  type: O,
  sources: Sources<O>,
  options: MappingOptions = {},
): Mapping<O> {
  const given = sources as { readonly [name: string]: Source<unknown> }
  const rules = Object.fromEntries(
    Object.entries(given).map(([name, source]) => [name, ruleOf(source)]),
  )
  return {
    ...options,
    object: type,
    rules,
    read: compile(type, rules, options.when) as Mapping<O>['read'],
  }
}

/** The same mapping, for a payload that holds what it reads under a key. */
export function inside<O extends ObjectType>(
  key: string,
  inner: Mapping<O>,
  title: string,
): Mapping<O> {
  return {
    ...inner,
    title,
    rules: rulesInside(key, inner.rules),
    when: (payload) => heldIn(payload, key) !== null,
    read: (payload, context) => {
      const held = heldIn(payload, key)
      return held && inner.read(held, context)
    },
  }
}

/**
 * A mapping for parts of a payload that are records of their own, such as the payments inside an
 * order. `parts` gives each part as the mapping is to read it; `at` is where they are, for the
 * pages: paths that begin with `whole.` are meant to be in the payload itself (see `partsAt`).
 */
export function among<O extends ObjectType>(
  at: string,
  parts: (payload: Payload, context: Context) => readonly Payload[],
  inner: Mapping<O>,
): Mapping<O> {
  return { ...inner, rules: rulesAmong(at, inner.rules), each: parts }
}

/** The objects of the list at a path, each with the whole payload beside its own attributes. */
export function partsAt(at: string): (payload: Payload) => readonly Payload[] {
  const get = pathReader(at)
  return (payload) => objectsIn(get(payload)).map((part) => ({ ...part, whole: payload }))
}

function rulesAmong(at: string, rules: Mapping['rules']): Mapping['rules'] {
  const inWhole = (path: string) => path.startsWith('whole.')
  const placed = (path: string) => (inWhole(path) ? path.slice(6) : `${at}[].${path}`)
  return Object.fromEntries(
    Object.entries(rules).map(([name, rule]) => [
      name,
      isRule(rule) ? { ...rule, paths: rule.paths.map(placed) } : rulesAmong(at, rule),
    ]),
  )
}

/** Every record a mapping makes of a payload. Pure. */
export function draftsOf<O extends ObjectType>(
  map: Mapping<O>,
  payload: Payload,
  context: Context,
): readonly Draft<O>[] {
  if (!map.each) {
    const draft = map.read(payload, context)
    return draft === null ? [] : [draft]
  }
  return map.each(payload, context).flatMap((part) => map.read(part, context) ?? [])
}

/** The object under a key; null where it is only named, or named as deleted. */
function heldIn(payload: Payload, key: string): Payload | null {
  const held = payload[key]
  if (typeof held !== 'object' || held === null) return null
  return (held as Payload).deleted === true ? null : (held as Payload)
}

function rulesInside(key: string, rules: Mapping['rules']): Mapping['rules'] {
  return Object.fromEntries(
    Object.entries(rules).map(([name, rule]) => [
      name,
      isRule(rule) ? ruleInside(key, rule) : rulesInside(key, rule),
    ]),
  )
}

function ruleInside(key: string, rule: Rule): Rule {
  return {
    ...rule,
    paths: rule.paths.map((path) => `${key}.${path}`),
    read: (payload, context) => rule.read(heldIn(payload, key) ?? {}, context),
  }
}

function compile(type: ObjectType, rules: Mapping['rules'], when: MappingOptions['when']) {
  const readId = readerOf(rules.partnerRecordId as Rule)
  const readCreated = readerOf(rules.created_date as Rule)
  const names = Object.keys(type.attributes).filter((name) => !(name in platformValues))
  const steps = names.map((name) => stepOf(type, name, type.attributes[name] as Kind, rules))
  // Copied for each record: one shape for all of them, with the attributes in their order.
  const blank: Record<string, unknown> = {
    ...Object.fromEntries(Object.keys(type.attributes).map((name) => [name, null])),
    ...freshState,
    object: type.name,
  }
  return (payload: Payload, context: Context) => {
    if (when && !when(payload)) return null
    const partnerRecordId = readId(payload, context)
    const id = typeof partnerRecordId === 'string' ? recordId(type, context, partnerRecordId) : ''
    const record = { ...blank }
    record.id = id
    record.partnerSource = context.partnerSource
    record.ledgerAccountId = context.ledgerAccountId
    record.partnerAccountConnectionId = context.partnerAccountConnectionId
    record.partnerRecordId = partnerRecordId
    record.created_date = readCreated(payload, context)
    for (let at = 0; at < steps.length; at++) {
      record[names[at] as string] = (steps[at] as Step)(payload, context, id)
    }
    return record
  }
}

const freshState = {
  modifiedDate: null,
  recordState: 'ACTIVE',
  deletedDate: null,
  deletionEvidence: null,
} as const

const platformValues: Record<string, true> = {
  object: true,
  id: true,
  partnerSource: true,
  ledgerAccountId: true,
  partnerAccountConnectionId: true,
  partnerRecordId: true,
  created_date: true,
  modifiedDate: true,
  recordState: true,
  deletedDate: true,
  deletionEvidence: true,
  mergedInto: true,
}

type Step = (payload: Payload, context: Context, id: string) => unknown

function stepOf(type: ObjectType, name: string, kind: Kind, rules: Mapping['rules']): Step {
  if (kind.back) {
    const target = kind.targets[0] ?? ''
    return (_payload, _context, id) => listId(type, objectNamed(target), id)
  }
  const rule = rules[name]
  if (!rule) throw new Error(`${type.name}.${name} has no source in a mapping`)
  return readerOf(rule)
}
