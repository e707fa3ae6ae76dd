import { customer } from '../../model/customer.ts'
import type { Fields } from '../../model/field.ts'
import { objectNamed } from '../../model/index.ts'
import type { ObjectType } from '../../model/object.ts'
import { timeline, timelineTypes } from '../../store/timeline.ts'
import { cached } from '../cached.ts'
import { listFingerprint, packCursor, unpackCursor } from '../cursor.ts'
import { idExample } from '../example.ts'
import { cursorParameter, limit_default, limitParameter } from '../list_request.ts'
import { type Call, type Operation, operation } from '../operation.ts'
import type { Parameter } from '../parameter.ts'
import type { Given } from '../query_string.ts'
import {
  currencyCode,
  integerOrNull,
  listExample,
  listSchema,
  objectSchema,
  text,
  timeOrNull,
} from '../schemas.ts'
import { type NamedScope, namedScope, scopeParameters } from '../scope.ts'
import { idParameter, ownedRecord } from './records.ts'

interface TimelineRequest {
  readonly scope: NamedScope
  readonly types: readonly ObjectType[]
  readonly deleted: boolean
  readonly limit: number
  readonly cursor: string | null
}

const parameters: readonly Parameter[] = [
  ...scopeParameters,
  limitParameter,
  cursorParameter,
  {
    name: 'types',
    in: 'query',
    description: 'Only of these objects',
    schema: { type: 'string', enum: timelineTypes.map((type) => type.name) },
    many: 'repeated',
    example: 'payment',
  },
  {
    name: 'recordState',
    in: 'query',
    description: '`all` for deleted records too',
    schema: { type: 'string', enum: ['ACTIVE', 'all'], default: 'ACTIVE' },
    example: 'all',
  },
]

const entry = objectSchema({
  date: timeOrNull,
  object: { type: 'string', enum: timelineTypes.map((type) => type.name) },
  id: text,
  kind: text,
  amount: integerOrNull,
  currency: currencyCode,
  title: text,
})

const entry_example = {
  date: '2026-03-14T09:26:53.000Z',
  object: 'payment',
  id: idExample('payment'),
  kind: 'charge.succeeded',
  amount: 1999,
  currency: 'EUR',
  title: 'Charge succeeded: Order 1042',
}

export function timelineOperation(): Operation {
  return operation({
    id: 'customer_timeline',
    method: 'GET',
    path: '/customers/{id}/timeline',
    tag: customer.plural,
    summary: 'Everything that happened with a customer',
    description:
      'One time order, newest first, over all objects that hang on the customer. `kind` is the type of the record, or else its object, and its status.',
    scope: 'read',
    parameters: [idParameter(customer), ...parameters],
    answer: {
      status: 200,
      description: 'One page',
      schema: listSchema(entry),
      example: listExample(`/v2/customers/${idExample(customer)}/timeline`, entry_example),
    },
    prepare: (given, version) => ({ ...requestOf(given), scope: namedScope(given, version) }),
    async handle(call) {
      const { scope } = await ownedRecord(call, customer)
      return cached(call, { scope, cacheable: true }, async () => ({
        body: await page(call, scope[0]),
        head: null,
      }))
    },
  })
}

function requestOf(given: Given): Omit<TimelineRequest, 'scope'> {
  const names = (given.get('types') as string[] | undefined) ?? []
  return {
    types: names.length === 0 ? timelineTypes : [...new Set(names)].map(objectNamed),
    deleted: given.get('recordState') === 'all',
    limit: (given.get('limit') ?? limit_default) as number,
    cursor: (given.get('cursor') as string | undefined) ?? null,
  }
}

async function page(call: Call<TimelineRequest>, ledgerAccountId: string): Promise<string> {
  const { query, params, version, key } = call
  const customerId = params.id ?? ''
  const identity = [query.types.map((type) => type.name), query.deleted, customerId]
  const fingerprint = listFingerprint(['timeline', key.institutionId, key.mode, identity])
  const from = query.cursor && unpackCursor(query.cursor, fingerprint, [])
  const after = from ? from.place : null
  const found = await timeline(call.context.db, { ...query, ledgerAccountId, customerId, after })
  const next = found.hasMore && found.end
  const place = next && { place: next, backwards: false, heads: new Map<string, number>() }
  return JSON.stringify({
    object: 'list',
    url: `/${version}${call.path}`,
    data: found.records.map(entryOf),
    has_more: found.hasMore,
    next_cursor: place ? packCursor(fingerprint, place) : null,
  })
}

type Record = { readonly [attribute: string]: unknown }

/** One line of the timeline, from whatever the record's object has. */
function entryOf(recordText: string) {
  const record = JSON.parse(recordText) as Record
  const type = objectNamed(String(record.object))
  const amount = firstOf(type.own, 'amount', record)
  const words = [record.type ?? type.name, record.status].filter((word) => typeof word === 'string')
  return {
    date: record.created_date ?? null,
    object: type.name,
    id: record.id,
    kind: words.join('.'),
    amount,
    currency: amount === null ? null : firstOf(type.own, 'currency', record),
    title: titleOf(words.join(' '), detailOf(type.own, record)),
  }
}

/** The first attribute of a kind: an object's main amount and its currency stand first. */
function firstOf(fields: Fields, kind: string, record: Record): unknown {
  const name = Object.keys(fields).find((one) => fields[one]?.kind === kind)
  return name === undefined ? null : (record[name] ?? null)
}

function titleOf(words: string, detail: string | null): string {
  const spaced = words.replaceAll('_', ' ')
  const title = spaced.charAt(0).toUpperCase() + spaced.slice(1)
  return detail === null ? title : `${title}: ${detail}`
}

/** What tells the record apart: its first known text, or that of its first line. */
function detailOf(fields: Fields, record: Record): string | null {
  for (const [name, kind] of Object.entries(fields)) {
    const value = record[name]
    if (kind.kind === 'string' && typeof value === 'string') return value
    const inner = kind.many ? (value as Record[] | null)?.[0] : undefined
    const found = kind.parts && inner ? detailOf(kind.parts, inner) : null
    if (found !== null) return found
  }
  return null
}
