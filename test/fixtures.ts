import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { draftsOf, type Mapping } from '../src/partners/mapping.ts'
import type { Partner } from '../src/partners/partner.ts'
import { type Context, isRule, type Payload, type RuleParts } from '../src/partners/rule.ts'
import type { Stream } from '../src/partners/stream.ts'

/** A whole payload of the partner's, and the records it must become. */
export interface Fixture {
  readonly title: string
  readonly parent?: { readonly [name: string]: string }
  readonly payload: Payload
  readonly records: readonly Payload[]
}

export const contextOf = (partner: Partner, parent?: Fixture['parent']): Context => ({
  ledgerAccountId: 'la_fixture',
  partnerSource: partner.name,
  partnerAccountId: 'acct_1Furrow',
  partnerAccountConnectionId: 'pac_fixture',
  // What a shop's payloads leave to its account.
  facts: { currency: 'EUR' },
  ...(parent ? { parent } : {}),
})

export function fixturesIn(folder: string, stream: string): readonly Fixture[] {
  const file = join(folder, `${stream}.json`)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : []
}

export type Draft = { readonly [attribute: string]: unknown }

export function drafts({ maps }: Stream, payload: Payload, context: Context) {
  return maps.flatMap((map) => {
    const read: readonly Draft[] = draftsOf(map, payload, context)
    return read.map((record) => ({ type: map.object, record }))
  })
}

/** The records as JSON: what is not told is left out. */
export function read(stream: Stream, payload: Payload, context: Context): readonly Payload[] {
  return JSON.parse(JSON.stringify(drafts(stream, payload, context).map(({ record }) => record)))
}

/** The record as the store would keep it, were it the first. */
export function stored(record: Draft): Draft {
  const known = Object.entries(record).map(([name, value]) => [name, value ?? null])
  return { ...Object.fromEntries(known), modifiedDate: '2026-03-14T09:26:53.000Z' }
}

export function idsIn(records: readonly Payload[]): readonly string[] {
  return JSON.stringify(records).match(/"[a-z_]+_[0-9a-f]{28}"/g) ?? []
}

export function pathsOf(rules: Mapping['rules'] | RuleParts): readonly string[] {
  return Object.values(rules).flatMap((rule) => (isRule(rule) ? rule.paths : pathsOf(rule)))
}

/** Whether a payload has something, if only null, at a path; `[]` is any item. */
export function resolves(value: unknown, [step, ...rest]: readonly string[]): boolean {
  if (step === undefined) return value !== undefined
  if (typeof value !== 'object' || value === null) return false
  if (!step.endsWith('[]')) return resolves((value as Payload)[step], rest)
  const items = (value as Payload)[step.slice(0, -2)]
  return Array.isArray(items) && items.some((item) => resolves(item, rest))
}

/** Every place in a payload: what holds it, and under which key. */
export function placesIn(value: unknown): { holder: { [key: string]: unknown }; key: string }[] {
  if (typeof value !== 'object' || value === null) return []
  const holder = value as { [key: string]: unknown }
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...placesIn(holder[key])])
}

export const secrets = /\b(?:sk|rk|pk|whsec)_(?:live|test)?_?[A-Za-z0-9]{8,}|_secret_|Bearer \S+/

export function isCardNumber(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, at) => {
    const doubled = Number(digit) * (at % 2 === 0 ? 1 : 2)
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return sum % 10 === 0
}
