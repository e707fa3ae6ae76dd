import { objectNamed } from '../model/index.ts'
import type { ObjectType } from '../model/object.ts'
import { attributeOf, nameIn, type Version } from '../model/versions.ts'
import type { Condition } from '../store/condition.ts'
import type { Expansion } from '../store/expand.ts'
import { list_limit_max, type Sort } from '../store/list.ts'
import { columnsOf } from '../store/table.ts'
import { idExample } from './example.ts'
import { expandable, expandParameter, readExpansion } from './expansion.ts'
import { conditionsOf, filtersOf } from './filters.ts'
import type { Parameter } from './parameter.ts'
import { badParameter, Problem } from './problem.ts'
import type { Given } from './query_string.ts'
import { type NamedScope, namedScope, scopeParameters } from './scope.ts'
import { didYouMean } from './suggest.ts'

/** What a list request asks for, checked. */
export interface ListRequest extends RecordRequest {
  readonly where: readonly Condition[]
  /** Partner's ids to be turned into ours. */
  readonly partnerRecordIds: readonly string[] | null
  readonly sort: Sort
  readonly limit: number
  readonly cursor: string | null
  readonly startingAfter: string | null
  readonly endingBefore: string | null
  readonly totalCount: boolean
  readonly freshness: boolean
  /** Whether the feed's head tells all that the answer depends on. */
  readonly cacheable: boolean
  /** What makes it this list and no other, without where it is read from. */
  readonly identity: readonly unknown[]
}

/** What can be asked for wherever records are answered. */
export interface RecordRequest {
  readonly scope: NamedScope
  readonly expansion: Expansion
  readonly fields: readonly string[] | null
}

export const limit_default = 25

const id_schema = { type: 'string', minLength: 1, maxLength: 80 } as const

export const limitParameter: Parameter = {
  name: 'limit',
  in: 'query',
  description: 'Most records on a page',
  schema: { type: 'integer', minimum: 1, maximum: list_limit_max, default: limit_default },
  example: limit_default,
}

export const cursorParameter: Parameter = {
  name: 'cursor',
  in: 'query',
  description: 'The `next_cursor` of the page before; with the same filters',
  schema: { type: 'string', minLength: 1, maxLength: 4000 },
  example: '',
}

function placeParameters(type: ObjectType): Parameter[] {
  const place = { in: 'query', schema: id_schema, example: idExample(type) } as const
  return [
    { ...place, name: 'starting_after', description: `The page after this ${type.name}` },
    { ...place, name: 'ending_before', description: `The page before this ${type.name}` },
  ]
}

const orderParameter: Parameter = {
  name: 'sort',
  in: 'query',
  description: 'Newest first by this date',
  schema: { type: 'string', enum: ['created_date', 'modifiedDate'], default: 'created_date' },
  example: 'created_date',
}

const includeParameter: Parameter = {
  name: 'include',
  in: 'query',
  description:
    'Adds the number of records in all (counted anew each time), or the freshness of the streams behind the answer',
  schema: { type: 'string', enum: ['total_count', 'freshness'] },
  many: 'repeated',
  example: 'total_count',
}

const stateParameter: Parameter = {
  name: 'recordState',
  in: 'query',
  description: 'Only records in this state; `all` for both',
  schema: { type: 'string', enum: ['ACTIVE', 'DELETED', 'all'], default: 'ACTIVE' },
  example: 'all',
}

const partnerIdParameter: Parameter = {
  name: 'partnerRecordId',
  in: 'query',
  description: "Only the records that have one of these ids at the partner's",
  schema: { type: 'string', minLength: 1, maxLength: 500 },
  many: 'commas',
  example: 'cus_9s6XKzkNRiz8i3',
}

/** Parameters of whatever answers one record. */
export function recordParameters(type: ObjectType): Parameter[] {
  return [...(expandable(type).size > 0 ? [expandParameter(type)] : []), fieldsParameter(type)]
}

function fieldsParameter(type: ObjectType): Parameter {
  const names = Object.keys(type.attributes)
  return {
    name: 'fields',
    in: 'query',
    description: 'Only these attributes; `object` and `id` are always there',
    schema: { type: 'string', minLength: 1, maxLength: 80, examples: names },
    many: 'commas',
    example: names.at(2),
  }
}

/** Parameters of an object's lists; `fixed` is the column that the route itself compares. */
export function listParameters(type: ObjectType, fixed?: string): Parameter[] {
  const filters = filtersOf(type).filter(({ filter }) => filter?.column !== fixed)
  return [
    ...(type.name === 'ledger_account' ? [] : scopeParameters),
    limitParameter,
    cursorParameter,
    ...placeParameters(type),
    orderParameter,
    stateParameter,
    ...(type.fromPartner ? [partnerIdParameter] : []),
    ...recordParameters(type),
    includeParameter,
    ...filters,
  ]
}

/** Makes the reader of an object's list requests. */
export function listRequestReader(type: ObjectType, parameters: readonly Parameter[]) {
  const filters = parameters.filter((parameter) => parameter.filter)
  const columns = new Set(columnsOf(type).map((column) => column.name))
  return (given: Given, version: Version): ListRequest => {
    const record = readRecordRequest(type, given, version)
    const include = (given.get('include') ?? []) as string[]
    const state = columns.has('recordState') ? stateCondition(given) : []
    const where = [...conditionsOf(filters, given), ...state]
    const sort = (given.get('sort') ?? 'created_date') as Sort
    const partnerRecordIds = (given.get('partnerRecordId') ?? null) as string[] | null
    const { ledgerAccountIds, institutionAccountId } = record.scope
    const named = [ledgerAccountIds, institutionAccountId]
    return {
      ...record,
      ...placeIn(given),
      where,
      partnerRecordIds,
      sort,
      limit: (given.get('limit') ?? limit_default) as number,
      totalCount: include.includes('total_count'),
      freshness: include.includes('freshness'),
      cacheable:
        !include.includes('freshness') &&
        type.name !== streamed &&
        !reaches(type, record.expansion, streamed),
      identity: [type.name, where, partnerRecordIds, sort, named],
    }
  }
}

// Its streams move without a change in the feed.
const streamed = 'partner_account_connection'

function reaches(type: ObjectType, expansion: Expansion, target: string): boolean {
  const links = expandable(type)
  return Object.entries(expansion).some(([name, deeper]) => {
    const targets = links.get(name)?.targets ?? []
    if (targets.includes(target)) return true
    return targets.some((one) => reaches(objectNamed(one), deeper, target))
  })
}

function stateCondition(given: Given): Condition[] {
  const value = (given.get('recordState') ?? 'ACTIVE') as string
  return value === 'all' ? [] : [{ column: 'recordState', operator: 'eq', value }]
}

const places = ['cursor', 'starting_after', 'ending_before'] as const

function placeIn(given: Given) {
  const named = places.filter((name) => given.has(name))
  const [first, second] = named
  if (first && second) throw badParameter(second, `it without ${first}`, given.get(second))
  const [cursor, startingAfter, endingBefore] = places.map(
    (name) => (given.get(name) as string | undefined) ?? null,
  )
  return {
    cursor: cursor ?? null,
    startingAfter: startingAfter ?? null,
    endingBefore: endingBefore ?? null,
  }
}

/** Reads what can be asked for wherever records are answered. */
export function readRecordRequest(type: ObjectType, given: Given, version: Version): RecordRequest {
  const paths = (given.get('expand') ?? []) as string[]
  return {
    // A ledger account's own institutionAccountId is a filter like others.
    scope: namedScope(type.name === 'ledger_account' ? new Map() : given, version),
    expansion: readExpansion(type, paths, version),
    fields: fieldsIn(type, given, version),
  }
}

function fieldsIn(type: ObjectType, given: Given, version: Version): string[] | null {
  const names = given.get('fields') as string[] | undefined
  if (!names) return null
  const known = Object.keys(type.attributes).map((name) => nameIn(version, name))
  const wanted = names.map((name) => attributeIn(known, name))
  return ['object', 'id', ...wanted.map((name) => attributeOf(version, name))]
}

function attributeIn(known: readonly string[], name: string): string {
  if (known.includes(name)) return name
  const caseless = known.find((one) => /^(id|ledger.?(account)?id)$/i.test(one) && same(one, name))
  if (caseless) return caseless
  const hint = didYouMean(name, known) || `; the known ones are ${known.join(', ')}`
  throw new Problem({
    code: 'bad_parameter',
    detail: `fields: unknown attribute ${JSON.stringify(name.slice(0, 80))}${hint}`,
    param: 'fields',
  })
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}
