// What is asked for: the parameters of a query and the parts of a body.
import type { Asked } from '../partner.ts'
import { Refused } from './errors.ts'
import type { Json } from './format.ts'

export type Span = { from: number; to: number }

export function bodyOf({ body }: Asked): Json {
  if (body === '') return {}
  try {
    const read: unknown = JSON.parse(body)
    if (isObject(read)) return read
  } catch {
    // Said below.
  }
  throw new Refused('EXPECTED_JSON_BODY', 'The body is not JSON.')
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

// A part of a body by its path; what is not there is {}.
export function part(body: Json, path: string): Json {
  let at: unknown = body
  for (const name of path.split('.')) at = isObject(at) ? at[name] : undefined
  return isObject(at) ? at : {}
}

export function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : []
}

export function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

// Both ends belong to it.
export function span(from: unknown, to: unknown): Span | null {
  if (from === undefined && to === undefined) return null
  return { from: time(from, 0), to: time(to, Infinity) }
}

export function time(value: unknown, otherwise: number): number {
  if (value === undefined || value === null || value === '') return otherwise
  const read = RFC_3339.test(String(value)) ? Date.parse(String(value)) : Number.NaN
  if (Number.isNaN(read)) throw new Refused('INVALID_TIME', `"${value}" is not a valid time.`)
  return read
}

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/

export function isWithin({ from, to }: Span, value: number): boolean {
  return value >= from && value <= to
}

export type Limits = { most: number; otherwise?: number; beyond: 'refused' | 'ignored' }

export function limitOf(value: unknown, { most, otherwise = most, beyond }: Limits): number {
  if (value === undefined || value === null || value === '') return otherwise
  const limit = Number(value)
  if (!Number.isInteger(limit))
    throw new Refused('EXPECTED_INTEGER', 'Expected an integer.', 'limit')
  if (limit >= 1 && limit <= most) return limit
  if (beyond === 'ignored') return otherwise
  const [code, detail] =
    limit < 1 ? ['VALUE_TOO_LOW', 'at least 1'] : ['VALUE_TOO_HIGH', `at most ${most}`]
  throw new Refused(code as string, `limit must be ${detail}.`, 'limit')
}
