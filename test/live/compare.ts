import { type Facts, type Kind, kinds, type Truth } from './truth.ts'

/** A record as the API serves it. */
export interface Served {
  readonly id: string
  readonly partnerRecordId: string
  readonly recordState: string
  readonly [attribute: string]: unknown
}

export type ServedLists = { readonly [K in Kind]: readonly Served[] }

/**
 * Where Furrow and the server differ, a line each. What the server said before and says no longer
 * must be served as deleted, with evidence.
 */
export function differences(served: ServedLists, now: Truth, before: Truth | null): string[] {
  const names = namesIn(served)
  return kinds.flatMap((kind) => {
    const byId = new Map(served[kind].map((one) => [one.partnerRecordId, one]))
    const doubled = served[kind].length - byId.size
    return [
      ...(doubled > 0 ? [`${kind}: ${doubled} served twice`] : []),
      ...[...now[kind]].flatMap(([id, facts]) =>
        unlike(`${kind} ${id}`, byId.get(id), { facts, names }),
      ),
      ...[...byId.values()].flatMap((one) => extra(kind, one, { now, before })),
      ...[...(before?.[kind].keys() ?? [])].flatMap((id) =>
        byId.has(id) ? [] : [`${kind} ${id}: was served, and is lost`],
      ),
    ]
  })
}

/** Of each record that is served, by our id: its kind and the server's id. */
function namesIn(served: ServedLists): ReadonlyMap<string, string> {
  return new Map(
    kinds.flatMap((kind) => served[kind].map((one) => [one.id, `${kind} ${one.partnerRecordId}`])),
  )
}

interface Wanted {
  readonly facts: Facts
  readonly names: ReadonlyMap<string, string>
}

function unlike(name: string, one: Served | undefined, { facts, names }: Wanted): string[] {
  if (!one) return [`${name}: missing`]
  if (one.recordState !== 'ACTIVE') return [`${name}: served as ${one.recordState}`]
  return Object.entries(facts).flatMap(([at, wanted]) =>
    unequal(at, wanted, named(valueAt(one, at), names)).map((line) => `${name} ${line}`),
  )
}

/** The places at which two values differ, down to single ones. */
function unequal(at: string, wanted: unknown, got: unknown): string[] {
  if (JSON.stringify(wanted) === JSON.stringify(got)) return []
  if (Array.isArray(wanted) && Array.isArray(got) && wanted.length === got.length) {
    return wanted.flatMap((one, i) => unequal(`${at}.${i}`, one, got[i]))
  }
  if (isObject(wanted) && isObject(got)) {
    const keys = [...new Set([...Object.keys(wanted), ...Object.keys(got)])]
    return keys.flatMap((key) => unequal(`${at}.${key}`, wanted[key], got[key]))
  }
  return [`${at}: the server says ${shown(wanted)}, Furrow ${shown(got)}`]
}

function isObject(value: unknown): value is Facts {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function extra(
  kind: Kind,
  { partnerRecordId: id, recordState, deletionEvidence }: Served,
  { now, before }: { now: Truth; before: Truth | null },
): string[] {
  if (now[kind].has(id)) return []
  if (!before?.[kind].has(id) && recordState !== 'DELETED') {
    return [`${kind} ${id}: unknown to the server`]
  }
  if (recordState !== 'DELETED')
    return [`${kind} ${id}: gone at the server, served as ${recordState}`]
  return deletionEvidence ? [] : [`${kind} ${id}: deleted without evidence`]
}

function valueAt(one: Served, at: string): unknown {
  const parts = at.split('.')
  return parts.reduce<unknown>((value, part) => (value as Facts | null)?.[part] ?? null, one) // JSON
}

/** Ids of ours, at any depth, in the server's words. */
function named(value: unknown, names: Wanted['names']): unknown {
  if (typeof value === 'string') return names.get(value) ?? value
  if (Array.isArray(value)) return value.map((one) => named(one, names))
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, named(one, names)]))
}

const shown_max = 160

function shown(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, shown_max)
}
