import { createHash } from 'node:crypto'
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
    const { drafts, fault } = readBy(map, sighting.payload, context)
    if (fault !== null) return { records: [], fault }
    for (const draft of drafts) records.push(incoming(map, draft, sighting))
  }
  return { records, fault: null }
}

type Draft = { readonly [attribute: string]: unknown }

function readBy(map: Mapping, payload: Payload, context: Context) {
  try {
    const drafts: readonly Draft[] = draftsOf(map, payload, context)
    for (const draft of drafts) {
      const fault = faultOfDraft(map.object, draft)
      if (fault !== null) return { drafts: [], fault }
    }
    return { drafts, fault: null }
  } catch (error) {
    // A mapping is pure: what it throws on, it throws on for this payload only.
    return { drafts: [], fault: `${map.object.name}: ${(error as Error).message}` }
  }
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
