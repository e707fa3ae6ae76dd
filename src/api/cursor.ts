import { objectOfId } from '../model/index.ts'
import { shortHash } from '../model/object.ts'
import type { Heads } from '../store/heads.ts'
import type { Place } from '../store/list.ts'
import { no_date } from '../store/table.ts'
import { isExistingMoment } from './parameter.ts'
import { Problem } from './problem.ts'

/** Where a list goes on: opaque to clients, and never trusted when it comes back. */
export interface Cursor {
  readonly place: Place
  readonly backwards: boolean
  /** Feed heads when paging began. */
  readonly heads: Heads
}

type Packed = [list: string, value: string, id: string, backwards: 0 | 1, heads: [string, number][]]

const account_prefix = 'la_'
const account_digits = 12
const cursor_length_max = 4_000

/** Names the list that a cursor belongs to: its filters, order, and who reads it. */
export function listFingerprint(parts: readonly unknown[]): string {
  return shortHash(JSON.stringify(parts)).slice(0, 12)
}

export function packCursor(list: string, { place, backwards, heads }: Cursor): string {
  const short = [...heads].map(([id, seq]) => [digitsOf(id), seq] as [string, number])
  const packed: Packed = [list, place.value, place.id, backwards ? 1 : 0, short]
  return Buffer.from(JSON.stringify(packed)).toString('base64url')
}

function digitsOf(account: string): string {
  return account.slice(account_prefix.length, account_prefix.length + account_digits)
}

/** Reads a cursor of this very list. Throws a Problem on a foreign or garbled one. */
export function unpackCursor(text: string, list: string, scope: readonly string[]): Cursor {
  const packed = parsed(text)
  if (!isPacked(packed)) throw bad('expected a next_cursor of this list, got something else')
  const [theirs, value, id, backwards, short] = packed
  if (theirs !== list) {
    throw bad('it belongs to another list: other filters, another order or another key')
  }
  const seqs = new Map(short)
  const heads = scope.flatMap((account) => {
    const seq = seqs.get(digitsOf(account))
    return seq === undefined ? [] : [[account, seq] as const]
  })
  return { place: { value, id }, backwards: backwards === 1, heads: new Map(heads) }
}

function parsed(text: string): unknown {
  if (text.length > cursor_length_max || !/^[\w-]+$/.test(text)) return null
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString())
  } catch {
    return null
  }
}

function isPacked(value: unknown): value is Packed {
  if (!Array.isArray(value) || value.length !== 5) return false
  const [list, at, id, backwards, heads] = value as unknown[]
  return (
    typeof list === 'string' &&
    isMoment(at) &&
    typeof id === 'string' &&
    /^[a-z]+_[0-9a-f]{1,64}$/.test(id) &&
    (objectOfId(id) !== null || id.startsWith('evd_')) &&
    (backwards === 0 || backwards === 1) &&
    Array.isArray(heads) &&
    heads.every(isHead)
  )
}

function isMoment(value: unknown): value is string {
  if (typeof value !== 'string') return false
  return value === no_date || isExistingMoment(value)
}

function isHead(value: unknown): value is [string, number] {
  if (!Array.isArray(value) || value.length !== 2) return false
  return typeof value[0] === 'string' && Number.isSafeInteger(value[1])
}

function bad(detail: string): Problem {
  return new Problem({ code: 'bad_cursor', detail: `cursor: ${detail}`, param: 'cursor' })
}
