import { customer } from '../../model/customer.ts'
import { summarySums } from '../../store/summary.ts'
import { cached } from '../cached.ts'
import { idExample } from '../example.ts'
import { type Operation, operation } from '../operation.ts'
import { currencyCode, integer, integerOrNull, objectSchema, text, timeOrNull } from '../schemas.ts'
import { namedScope, scopeParameters } from '../scope.ts'
import { summaryText } from '../summary_text.ts'
import { idParameter, ownedRecord } from './records.ts'

const sums = {
  gross: integer,
  refunded: integer,
  fees: integer,
  net: integer,
  payments: integer,
  average: integerOrNull,
  first_payment: timeOrNull,
  last_payment: timeOrNull,
  disputes: integer,
  disputed: integer,
  disputes_lost: integer,
  dispute_rate: { type: ['number', 'null'] },
  orders: integer,
  ordered: integer,
} as const

const currency_sums = objectSchema({
  currency: currencyCode,
  ...sums,
  days_since_last_payment: integerOrNull,
  active_subscriptions: integer,
  monthly_recurring: integer,
  other_fees: {
    type: 'array',
    items: objectSchema({ currency: currencyCode, fees: integer }),
  },
  years: { type: 'array', items: objectSchema({ year: integerOrNull, ...sums }) },
})

const sums_example = {
  gross: 23988,
  refunded: 1999,
  fees: 1056,
  net: 20933,
  payments: 12,
  average: 1999,
  first_payment: '2025-04-14T09:26:53.000Z',
  last_payment: '2026-03-14T09:26:53.000Z',
  disputes: 0,
  disputed: 0,
  disputes_lost: 0,
  dispute_rate: 0,
  orders: 0,
  ordered: 0,
}

export function summaryOperation(): Operation {
  return operation({
    id: 'customer_summary',
    method: 'GET',
    path: '/customers/{id}/summary',
    tag: customer.plural,
    summary: 'What a customer is worth',
    description: [
      'Exact sums of what is ACTIVE, by currency, and by year (UTC) of creation.',
      'Counted are charges that succeeded. `net` = gross − refunded − fees; fees are those of the movements of payments, refunds and disputes in the same currency, the others stand in `other_fees`. `average` is rounded half up; `dispute_rate` = disputes ÷ payments.',
      '`monthly_recurring` sums subscriptions that are active or past due, each brought to a month (12 months, 52 weeks, 365 days a year) and rounded half up. Orders leave out drafts and cancelled ones. Days are calendar days in UTC.',
    ].join('\n\n'),
    scope: 'read',
    parameters: [idParameter(customer), ...scopeParameters],
    answer: {
      status: 200,
      description: 'The summary',
      schema: objectSchema({
        object: { const: 'customer_summary' },
        customer_id: text,
        currencies: { type: 'array', items: currency_sums },
      }),
      example: {
        object: 'customer_summary',
        customer_id: idExample(customer),
        currencies: [
          {
            currency: 'EUR',
            ...sums_example,
            days_since_last_payment: 3,
            active_subscriptions: 1,
            monthly_recurring: 1999,
            other_fees: [],
            years: [{ year: 2026, ...sums_example }],
          },
        ],
      },
    },
    prepare: (given, version) => ({ scope: namedScope(given, version) }),
    async handle(call) {
      const { scope } = await ownedRecord(call, customer)
      const [ledgerAccountId] = scope
      const customerId = call.params.id ?? ''
      const today = new Date(call.context.now()).toISOString().slice(0, 10)
      return cached(call, { scope, cacheable: true, also: today }, async () => {
        const found = await summarySums(call.context.db, { ledgerAccountId, customerId })
        return { body: summaryText(customerId, found, today), head: null }
      })
    },
  })
}
