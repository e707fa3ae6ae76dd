import { customer } from '../../model/customer.ts'
import { idOf, integer, timestamp } from '../../model/field.ts'
import { type ObjectType, platformObject } from '../../model/object.ts'
import { type Bought, boughtBy } from '../../store/bought.ts'
import { cached } from '../cached.ts'
import { listFingerprint, packCursor, unpackCursor } from '../cursor.ts'
import { idExample } from '../example.ts'
import { expandParameter } from '../expansion.ts'
import {
  cursorParameter,
  limit_default,
  limitParameter,
  type RecordRequest,
  readRecordRequest,
} from '../list_request.ts'
import { textsOf } from '../lists.ts'
import { type Call, type Operation, operation } from '../operation.ts'
import { answerSchemaOf, listExample, listSchema } from '../schemas.ts'
import { scopeParameters } from '../scope.ts'
import { idParameter, ownedRecord } from './records.ts'

const described = platformObject('bought_product', 'bp', 'A product that a customer bought', {
  ledgerAccountId: idOf('ledger_account', 'The business that sold it', { required: true }),
  product_id: idOf('product', 'What was bought', { required: true }),
  quantity: integer('How many', { required: true }),
  purchases: integer('How many orders, invoices or subscriptions', { required: true }),
  first_date: timestamp('When first'),
  last_date: timestamp('When last'),
})
const { id: _, ...attributes } = described.attributes

/** No record of its own, but read like one: its ids can be expanded. */
const bought_product: ObjectType = { ...described, attributes }

interface BoughtRequest extends RecordRequest {
  readonly limit: number
  readonly cursor: string | null
}

export function boughtOperation(): Operation {
  return operation<BoughtRequest>({
    id: 'list_products_of_customer',
    method: 'GET',
    path: '/customers/{id}/products',
    tag: customer.plural,
    summary: 'List the products a customer bought',
    description:
      'The last bought first. From the lines of orders, of paid invoices without an order, and of running subscriptions for products that neither of the others tells of.',
    scope: 'read',
    parameters: [
      idParameter(customer),
      ...scopeParameters,
      limitParameter,
      cursorParameter,
      expandParameter(bought_product),
    ],
    answer: {
      status: 200,
      description: 'One page',
      schema: listSchema(answerSchemaOf(bought_product)),
      example: listExample(`/v2/customers/${idExample(customer)}/products`, {
        object: 'bought_product',
        ledgerAccountId: idExample('ledger_account'),
        product_id: idExample('product'),
        quantity: 3,
        purchases: 2,
        first_date: '2026-01-14T09:26:53.000Z',
        last_date: '2026-03-14T09:26:53.000Z',
      }),
    },
    prepare: (given, version) => ({
      ...readRecordRequest(bought_product, given, version),
      limit: (given.get('limit') ?? limit_default) as number,
      cursor: (given.get('cursor') as string | undefined) ?? null,
    }),
    async handle(call) {
      const { scope } = await ownedRecord(call, customer)
      // Expanded connections change without a change in the feed.
      const cacheable = Object.keys(call.query.expansion).length === 0
      return cached(call, { scope, cacheable }, async () => ({
        body: await page(call, scope[0]),
        head: null,
      }))
    },
  })
}

async function page(call: Call<BoughtRequest>, ledgerAccountId: string): Promise<string> {
  const { query, params, key, context, version } = call
  const customerId = params.id ?? ''
  const { limit } = query
  const fingerprint = listFingerprint(['bought', key.institutionId, key.mode, customerId])
  const from = query.cursor && unpackCursor(query.cursor, fingerprint, [])
  const after = from ? from.place : null
  const rows = await boughtBy(context.db, { ledgerAccountId, customerId, limit, after })
  const shown = rows.slice(0, limit)
  const texts = shown.map((row) => textOf(row, ledgerAccountId))
  const data = (await textsOf(call, bought_product, texts)).join(',')
  const last = shown.at(-1)
  const more = rows.length > limit
  const place = last && { value: last.last, id: last.product_id }
  const next =
    more && place
      ? `"${packCursor(fingerprint, { place, backwards: false, heads: new Map() })}"`
      : 'null'
  const url = JSON.stringify(`/${version}${call.path}`)
  return `{"object":"list","url":${url},"data":[${data}],"has_more":${more},"next_cursor":${next}}`
}

function textOf(row: Bought, ledgerAccountId: string): string {
  const [first, last] = [row.first_ms, row.last_ms].map((ms) =>
    ms === null ? null : new Date(ms).toISOString(),
  )
  const dates = `"first_date":${JSON.stringify(first)},"last_date":${JSON.stringify(last)}`
  return `{"object":"bought_product","ledgerAccountId":"${ledgerAccountId}","product_id":${JSON.stringify(row.product_id)},"quantity":${row.quantity},"purchases":${row.purchases},${dates}}`
}
