import { createHash } from 'node:crypto'
import type { ObjectType } from '../model/object.ts'
import { faultOfDraft } from '../model/validate.ts'
import { draftsOf, type Mapping } from '../partners/mapping.ts'
import type { Context, Payload, Rule, RuleParts } from '../partners/rule.ts'
import { type Incoming, readied } from '../store/decide.ts'

/** What one payload becomes: records, or the reason why it cannot be read. */
export interface Normalised {
  readonly records: readonly Incoming[]
  readonly fault: string | null
}

export interface Sighting {
  readonly payload: Payload
  /** The payload as it is kept. */
  readonly text: string
  /** When it was true at the partner, milliseconds since 1970. */
  readonly stamp: number
}

/** Turns a payload into records by every mapping that applies. Pure, and never throws. */
export function normalise(
  maps: readonly Mapping[],
  sighting: Sighting,
  context: Context,
): Normalised {
  const records: Incoming[] = []
  for (const map of maps) {
    const { drafts, fault } = readBy(map, sighting, context)
    if (fault !== null) return { records: [], fault }
    for (const draft of drafts) records.push(incoming(map, draft, sighting))
  }
  return { records, fault: null }
}

type Draft = { readonly [attribute: string]: unknown }

function readBy(map: Mapping, { payload, text }: Sighting, context: Context) {
  try {
    const drafts: readonly Draft[] = draftsOf(map, payload, context)
    for (const draft of drafts) {
      const fault = faultOfDraft(map.object, draft) ?? faultOfText(map.object, draft, text)
      if (fault !== null) return { drafts: [], fault }
    }
    return { drafts, fault: null }
  } catch (error) {
    // A mapping is pure: what it throws on, it throws on for this payload only.
    return { drafts: [], fault: `${map.object.name}: ${(error as Error).message}` }
  }
}

/** NUL and half a surrogate pair, as JSON writes them. */
const broken_escape = /\\u(?:0000|d[89a-f])/

/**
 * What is broken in a draft's texts. Most are cleaned; a code that is not would end the transaction,
 * and an id that is would name another record.
 */
function faultOfText({ name }: ObjectType, draft: Draft, payload: string): string | null {
  if (!broken_escape.test(payload)) return null
  const { partnerRecordId } = draft
  const isOther = typeof partnerRecordId === 'string' && partnerRecordId.includes('\ufffd')
  if (isOther) return `${name}.partnerRecordId: expected a whole text, got half a character`
  return isBroken(draft) ? `${name}: expected texts without NUL and half characters` : null
}

/** Whether a value holds text that no database takes. */
export function isBroken(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\u0000') || !value.isWellFormed()
  return typeof value === 'object' && value !== null && Object.values(value).some(isBroken)
}

function incoming(map: Mapping, record: Draft, { text, stamp }: Sighting): Incoming {
  return readied({
    type: map.object,
    id: record.id as string,
    record,
    payload: text,
    mappingVersion: mappingVersion(map),
    // What is only derived is as old as what it was derived from.
    stamp: map.derived ? Date.parse(String(record.created_date)) || stamp : stamp,
    ...(map.derived ? { derived: true } : {}),
  })
}

const versions = new WeakMap<Mapping, number>()

/** Number of a mapping's content: it changes whenever a rule does. 31 bits. */
export function mappingVersion(map: Mapping): number {
  const known = versions.get(map)
  if (known !== undefined) return known
  const digest = createHash('sha256')
    .update(JSON.stringify(describe(map.rules)))
    .digest()
  const version = digest.readUInt32BE(0) >>> 1
  versions.set(map, version)
  return version
}

function describe(rules: RuleParts): unknown {
  return Object.entries(rules).map(([name, rule]) =>
    isRule(rule)
      ? [name, rule.rule, rule.paths, rule.note, rule.read.toString()]
      : [name, describe(rule)],
  )
}

function isRule(value: Rule | RuleParts): value is Rule {
  return typeof value.read === 'function'
}
