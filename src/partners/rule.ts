/** One rule of a mapping, and how any source is turned into one. */
import type { Origin } from '../model/object.ts'

/** One object as the partner sends it. Hostile until a mapping has read it. */
export type Payload = { readonly [key: string]: unknown }

/** Whose payload it is, and what the request that fetched it already told us. */
export interface Context extends Origin {
  readonly partnerAccountConnectionId: string
  /** Partner ids of the parents the payload was listed under: `{ payout: 'po_1' }`. */
  readonly parent?: { readonly [name: string]: string }
  /** Facts of the account that its payloads do not repeat, such as a shop's currency. */
  readonly facts?: { readonly [name: string]: string }
}

/** A rule that reads one attribute. It keeps its paths as data, so that pages can print them. */
export interface Rule<T = unknown> {
  readonly rule: string
  readonly paths: readonly string[]
  readonly note?: string
  /** Links of the same record, one of which leads to a record that tells. */
  readonly through?: readonly string[]
  /** null: known to be empty. undefined: this payload does not say; what is stored stays. */
  readonly read: (payload: Payload, context: Context) => T | null | undefined
}

/** Where an attribute comes from: a path into the payload, a rule, or one of these for each part. */
export type Source<T> = string | Rule<T> | Parts<T>
type Parts<T> =
  T extends ReadonlyArray<unknown>
    ? never
    : T extends object
      ? { readonly [P in keyof T]: Source<NonNullable<T[P]>> }
      : never

export type RuleParts = { readonly [part: string]: Rule | RuleParts }

export function ruleOf(source: Source<unknown>): Rule | RuleParts {
  if (typeof source === 'string') return path(source)
  if (isRule(source)) return source
  return Object.fromEntries(
    Object.entries(source as { [part: string]: Source<unknown> }).map(([part, from]) => [
      part,
      ruleOf(from),
    ]),
  )
}

export function isRule(value: unknown): value is Rule {
  return typeof (value as Rule | null)?.read === 'function'
}

type Reader = (payload: Payload, context: Context) => unknown

export function readerOf(rule: Rule | RuleParts): Reader {
  if (isRule(rule)) return rule.read
  const names = Object.keys(rule)
  const readers = Object.values(rule).map(readerOf)
  const blank = Object.fromEntries(names.map((name) => [name, null as unknown]))
  return (payload, context) => {
    let group: Record<string, unknown> | null = null
    let told = false
    for (let at = 0; at < readers.length; at++) {
      const value = (readers[at] as Reader)(payload, context)
      if (value === undefined) continue
      told = true
      if (value === null) continue
      group ??= { ...blank }
      group[names[at] as string] = value
    }
    // A group of which nothing is known is itself unknown; of which nothing is told, not told.
    return group ?? (told ? null : undefined)
  }
}

/** The value at a dotted path. Texts are cleaned; "" and what is missing become null. */
export function path<T>(at: string): Rule<T> {
  const get = pathReader(at)
  return { rule: 'path', paths: [at], read: (payload) => clean(get(payload)) as T | null }
}

/** Reads a dotted path; a number is an index. Missing steps give undefined. */
export function pathReader(at: string): (payload: unknown) => unknown {
  const parts = at.split('.')
  const [first, second] = parts as [string, string]
  if (parts.length === 1) return (payload) => (payload as Payload | null | undefined)?.[first]
  if (parts.length === 2) {
    return (payload) => {
      const held = (payload as Payload | null | undefined)?.[first]
      return held === null || typeof held !== 'object' ? undefined : (held as Payload)[second]
    }
  }
  return (payload) => {
    let value: unknown = payload
    for (const part of parts) {
      if (value === null || typeof value !== 'object') return undefined
      value = (value as Payload)[part]
    }
    return value
  }
}

/** An object inside a payload; null for anything else. */
export function objectOf(value: unknown): Payload | null {
  return typeof value === 'object' && !Array.isArray(value) ? (value as Payload | null) : null
}

/** The objects of a list inside a payload, also of one under `data`. */
export function objectsIn(value: unknown): readonly Payload[] {
  const items = Array.isArray(value) ? value : objectOf(value)?.data
  return Array.isArray(items) ? items.filter((item) => objectOf(item) !== null) : []
}

/** Partner text inside a path or a query; also where it is no text that can be written there. */
export function uriPart(value: unknown): string {
  return encodeURIComponent(String(value).toWellFormed())
}

const nul = String.fromCharCode(0)

/** Partner text made storable: NUL out, lone surrogates replaced, blank is null. */
export function clean(value: unknown): unknown {
  if (value === undefined || value === null || value === '') return null
  if (typeof value !== 'string') return value
  if (value.isWellFormed() && !value.includes(nul)) return value
  return value.replaceAll(nul, '').toWellFormed() || null
}
