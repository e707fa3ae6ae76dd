import type { JsonSchema } from '../model/field.ts'
import type { ObjectType } from '../model/object.ts'
import type { Comparison, Condition } from '../store/condition.ts'
import { type Column, columnsOf } from '../store/table.ts'
import { idExample } from './example.ts'
import type { Parameter } from './parameter.ts'
import type { Given } from './query_string.ts'

const filter_length_max = 500

/** Filters of an object's lists: each operator of each attribute that has a column. */
export function filtersOf(type: ObjectType): Parameter[] {
  const own = columnsOf(type).filter((column) => !special.has(column.name))
  return [idsFilter(type), ...own.flatMap(columnFilters)]
}

// These mean more than a comparison: what is left out, and what is computed from it.
const special = new Set(['recordState', 'partnerRecordId'])

function idsFilter(type: ObjectType): Parameter {
  return {
    name: 'id[in]',
    in: 'query',
    description: `Only these ${type.plural}, by id`,
    schema: { type: 'string', minLength: 1, maxLength: 80 },
    many: 'commas',
    example: idExample(type),
    filter: { column: 'id', operator: 'in' },
  }
}

const words: Readonly<Record<Comparison, string>> = {
  eq: 'is',
  in: 'is one of',
  gt: 'is greater or later than',
  gte: 'is at least, or not before,',
  lt: 'is less or earlier than',
  lte: 'is at most, or not after,',
  prefix: 'begins with',
}

function columnFilters(column: Column): Parameter[] {
  const { kind } = column
  const target = kind.targets[0]
  const path = column.path.join('.')
  return kind.operators.map((operator) => ({
    name: operator === 'eq' ? path : `${path}[${operator}]`,
    in: 'query' as const,
    description: `Only where ${path} ${words[operator]} this. ${kind.description}`,
    schema: valueSchema(kind.json),
    example: target === undefined ? kind.example : idExample(target),
    filter: { column: column.name, operator },
    ...(operator === 'in' ? { many: 'commas' as const } : {}),
  }))
}

function valueSchema({ description: _, ...json }: JsonSchema): JsonSchema {
  return typeof json.maxLength === 'number' ? { ...json, maxLength: filter_length_max } : json
}

/** The conditions that a request's filters make. */
export function conditionsOf(filters: readonly Parameter[], given: Given): Condition[] {
  return filters.flatMap(({ name, filter }) => {
    const value = given.get(name)
    return filter && value !== undefined ? [{ ...filter, value: value as Condition['value'] }] : []
  })
}
