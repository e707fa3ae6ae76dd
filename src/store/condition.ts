import type { ObjectType } from '../model/object.ts'
import { type Column, columnsOf, comparable, isCaseless, lowered, no_date } from './table.ts'

export type Comparison = 'eq' | 'in' | 'gt' | 'gte' | 'lt' | 'lte' | 'prefix'

/** One condition on a typed column; `in` takes several values. */
export interface Condition {
  /** Name of the column: an attribute, `address_country` for a part, or `id`. */
  readonly column: string
  readonly operator: Comparison
  readonly value: string | number | boolean | readonly string[]
}

/** Conditions as SQL, each after an `and`; their values are pushed onto the parameters. */
export function conditionsSql(
  type: ObjectType,
  where: readonly Condition[],
  parameters: unknown[],
): string {
  return where.map((condition) => ` and ${conditionSql(type, condition, parameters)}`).join('')
}

const signs = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const

function conditionSql(type: ObjectType, condition: Condition, parameters: unknown[]): string {
  const { column: name, operator, value } = condition
  if (name === 'id') return `id = any($${parameters.push(value)}::text[])`
  const column = columnNamed(type, name)
  const left = comparable(column)
  const right = rightSide(column, `$${parameters.push(value)}`)
  if (operator === 'eq') return `${left} = ${right}`
  if (operator === 'in') return `${left} = any(${arraySide(column, parameters.length)})`
  if (operator === 'prefix') return `${left} >= ${right} and ${left} < ${right} || chr(1114111)`
  const told = name === 'created_date' ? ` and created_date > '${no_date}'` : ''
  return `${left} ${signs[operator]} ${right}${told}`
}

const columns = new Map<ObjectType, Map<string, Column>>()

function columnNamed(type: ObjectType, name: string): Column {
  const known = columns.get(type) ?? new Map(columnsOf(type).map((c) => [c.name, c]))
  columns.set(type, known)
  const column = known.get(name)
  if (!column) throw new Error(`${type.name} has no column ${name}`)
  return column
}

function rightSide(column: Column, parameter: string): string {
  const typed = `${parameter}::${column.kind.sql}`
  return isCaseless(column.kind) ? `${lowered(typed)} collate "C"` : typed
}

function arraySide(column: Column, index: number): string {
  const array = `$${index}::${column.kind.sql}[]`
  return isCaseless(column.kind)
    ? `array(select ${lowered('v')} from unnest(${array}) as v)`
    : array
}
