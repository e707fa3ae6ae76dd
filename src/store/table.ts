import type { Fields, Kind } from '../model/field.ts'
import type { ObjectType } from '../model/object.ts'

/** A typed column computed from an attribute, or from one part of a hash. */
export interface Column {
  readonly name: string
  readonly sql: string
  readonly notNull: boolean
  readonly kind: Kind
  /** Where in the record it is: `['address', 'country']`. */
  readonly path: readonly string[]
}

/** Before every date: where a record whose partner tells no creation date stands in lists. */
export const no_date = '-infinity'

/** The typed columns of an object: what can be filtered and sorted by. */
export function columnsOf(type: ObjectType): Column[] {
  return columnsIn(type.attributes, []).filter((column) => column.name !== 'ledgerAccountId')
}

function columnsIn(fields: Fields, path: readonly string[]): Column[] {
  return Object.entries(fields).flatMap(([name, kind]) => {
    const at = [...path, name]
    if (kind.parts && !kind.many) return columnsIn(kind.parts, at)
    if (!kind.filter || (kind.many && path.length > 0)) return []
    return [columnOf(kind, at)]
  })
}

function columnOf(kind: Kind, path: readonly string[]): Column {
  const name = path.join('_')
  const sorted = name === 'created_date'
  // Byte order: the same everywhere, and several times faster to compare than a language's.
  const sql = kind.sql === 'text' ? 'text collate "C"' : kind.sql
  return { name, sql, notNull: kind.required || sorted, kind, path }
}

/** Columns that every record table has beside those computed from attributes. */
export const bookkeeping = {
  record: 'text not null',
  payload: 'text',
  mapping_version: 'integer not null default 0',
  stamp: 'bigint not null default 0',
  visible_hash: `text collate "C" not null default ''`,
} as const

/** Statements that make an object's table and its indexes. */
export function tableSql(type: ObjectType): string[] {
  const columns = columnsOf(type)
  const lines = [
    'ledger_account_id text collate "C" not null',
    'id text collate "C" not null',
    ...columns.map((c) => `${quoted(c.name)} ${c.sql}${c.notNull ? ' not null' : ''}`),
    ...Object.entries(bookkeeping).map(([name, sql]) => `${name} ${sql}`),
    'primary key (ledger_account_id, id)',
  ]
  return [
    // Texts stay in the row: a compressed or outlying record would cost every list read.
    `create table ${quoted(type.name)} (\n  ${lines.join(',\n  ')}\n) with (toast_tuple_target = 8160)`,
    ...indexesOf(type).map((index) => index.sql),
  ]
}

export interface Index {
  readonly name: string
  readonly sql: string
}

/** Every index starts with the ledger account and ends in the list's own order. */
export function indexesOf(type: ObjectType): Index[] {
  const order = ['created_date desc', 'id desc']
  const lists = [
    index(type, 'created_date', order),
    index(type, 'modifiedDate', ['"modifiedDate" desc', 'id desc']),
  ]
  const filtered = columnsOf(type)
    .filter((c) => c.kind.index && !['created_date', 'modifiedDate'].includes(c.name))
    .map((c) => index(type, c.name, [comparable(c), ...(isRange(c) ? ['id'] : order)], c))
  return [...lists, ...filtered]
}

function isRange(column: Column): boolean {
  return column.kind.operators.includes('gt')
}

/** How a column is compared: texts typed by people without regard to case. */
export function comparable(column: Column): string {
  const name = quoted(column.name)
  return isCaseless(column.kind) ? `${lowered(name)} collate "C"` : name
}

/** Texts typed by people are compared without regard to case; words and ids exactly. */
export function isCaseless(kind: Kind): boolean {
  return kind.kind === 'email' || kind.kind === 'string'
}

/** Lower case by the database's own locale, because "C" knows only ASCII letters. */
export function lowered(expression: string): string {
  return `lower(${expression} collate "default")`
}

function index(type: ObjectType, name: string, keys: readonly string[], column?: Column): Index {
  const indexName = `${type.name}_${name}`
  const where = column && !column.notNull ? ` where ${quoted(column.name)} is not null` : ''
  const columns = ['ledger_account_id', ...keys].join(', ')
  return {
    name: indexName,
    sql: `create index ${quoted(indexName)} on ${quoted(type.name)} (${columns})${where}`,
  }
}

/** An identifier of the model's, quoted. Never used on anything that came from outside. */
export function quoted(identifier: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(identifier) && !reserved.has(identifier)
    ? identifier
    : `"${identifier.replaceAll('"', '""')}"`
}

const reserved = new Set(['order'])
