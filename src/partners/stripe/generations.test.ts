import { describe, expect, test } from 'vitest'
import type { Mapping } from '../mapping.ts'
import type { Context, Payload } from '../rule.ts'
import { stripeCustomer } from './customer.ts'
import { stripeDispute } from './dispute.ts'
import { stripePaymentMethod } from './external_account.ts'
import { stripeInvoice } from './invoice.ts'
import { stripePayment, stripeRefund } from './payment.ts'
import { stripeSubscription } from './subscription.ts'
import { stripeTransaction } from './transaction.ts'

const context: Context = {
  ledgerAccountId: 'la_1',
  partnerSource: 'stripe',
  partnerAccountId: 'acct_1',
  partnerAccountConnectionId: 'pac_1',
}

const read = (map: Mapping, payload: Payload) => map.read(payload, context) as Payload

const stripeMappings: readonly (readonly [Mapping, Payload, string])[] = [
  [stripeSubscription, { object: 'subscription', id: 'sub_1' }, 'customer_id'],
  [stripeInvoice, { object: 'invoice', id: 'in_1' }, 'customer_id'],
  [stripePayment, { object: 'payment_intent', id: 'pi_1', latest_charge: null }, 'customer_id'],
  [stripePaymentMethod, { object: 'payment_method', id: 'pm_1' }, 'customer_id'],
]

describe('a reference means the same, however it is written', () => {
  const forms = ['cus_1', { id: 'cus_1', object: 'customer' }, { id: 'cus_1', deleted: true }]

  test.each(stripeMappings)('customer of %#', (map, payload, attribute) => {
    const [first, ...others] = forms.map((customer) => read(map, { ...payload, customer }))
    expect(first?.[attribute]).toMatch(/^cus_/)
    for (const other of others) expect(other).toEqual(first)
    expect(read(map, { ...payload, customer: null })[attribute]).toBeNull()
  })

  test.each(stripeMappings)(
    'an account may stand for the customer of %#',
    (map, payload, attribute) => {
      const [account, customer] = [
        { customer: null, customer_account: 'acct_9' },
        { customer: 'acct_9' },
      ]
      expect(read(map, { ...payload, ...account })[attribute]).toBe(
        read(map, { ...payload, ...customer })[attribute],
      )
    },
  )

  test('default instrument of a customer', () => {
    const customer = { object: 'customer', id: 'cus_1' }
    const forms = [
      { invoice_settings: { default_payment_method: 'pm_1' }, default_source: 'card_1' },
      { invoice_settings: { default_payment_method: { id: 'pm_1' } } },
      { invoice_settings: { default_payment_method: null }, default_source: 'pm_1' },
      { default_source: { id: 'pm_1', object: 'card' } },
    ]
    const ids = forms.map(
      (form) => read(stripeCustomer, { ...customer, ...form }).external_account_id,
    )
    expect(new Set(ids).size).toBe(1)
    expect(read(stripeCustomer, customer).external_account_id).toBeUndefined()
  })
})

describe('the same record comes out of every generation', () => {
  const charge = {
    object: 'charge',
    id: 'ch_1',
    amount_refunded: 100,
    balance_transaction: 'txn_1',
    billing_details: { email: 'ada@example.com' },
    customer: null,
    invoice: null,
    outcome: { type: 'authorized', risk_level: 'normal', reason: null },
    payment_intent: 'pi_1',
    payment_method_details: { type: 'card', card: { brand: 'visa', last4: '4242', country: 'US' } },
    status: 'succeeded',
  }
  const intent = {
    object: 'payment_intent',
    id: 'pi_1',
    amount: 1999,
    created: 1_773_480_413,
    currency: 'usd',
    customer: null,
    invoice: null,
    payment_method: 'pm_1',
    status: 'succeeded',
  }

  test('payment: the list of charges, then the newest charge', () => {
    const then = {
      ...intent,
      charges: { object: 'list', data: [charge, { ...charge, id: 'ch_0' }] },
    }
    expect(read(stripePayment, then)).toEqual(
      read(stripePayment, { ...intent, latest_charge: charge }),
    )
    const none = { ...intent, charges: { object: 'list', data: [] } }
    expect(read(stripePayment, none)).toEqual(
      read(stripePayment, { ...intent, latest_charge: null }),
    )
  })

  test('subscription: its own period, then that of its items', () => {
    const price = {
      unit_amount: 1999,
      currency: 'eur',
      recurring: { interval: 'month', interval_count: 1 },
    }
    const plan = { amount: 1999, currency: 'eur', interval: 'month', interval_count: 1 }
    const period = { current_period_start: 1_773_480_413, current_period_end: 1_776_158_813 }
    const base = { object: 'subscription', id: 'sub_1', status: 'active', customer: 'cus_1' }
    const item = { quantity: 2 }
    const forms = [
      { ...base, ...period, items: { data: [{ ...item, plan: { ...plan, product: 'prod_1' } }] } },
      {
        ...base,
        ...period,
        currency: 'eur',
        items: { data: [{ ...item, price: { ...price, product: { id: 'prod_1' } } }] },
      },
      {
        ...base,
        currency: 'eur',
        items: { data: [{ ...item, ...period, price: { ...price, product: 'prod_1' } }] },
      },
    ]
    const [first, ...others] = forms.map((form) => read(stripeSubscription, form))
    expect(first).toMatchObject({ amount: 3998, currency: 'EUR', interval: 'month' })
    for (const other of others) expect(other).toEqual(first)
  })

  test('invoice: its own names, then parent, payments, pricing and taxes', () => {
    const base = { object: 'invoice', id: 'in_1', currency: 'eur', status: 'paid' }
    const line = { amount: 3998, currency: 'eur', description: 'Boxes', quantity: 2 }
    const forms = [
      {
        ...base,
        charge: 'ch_1',
        payment_intent: 'pi_1',
        subscription: 'sub_1',
        tax: 400,
        lines: { data: [{ ...line, plan: { amount: 1999, product: 'prod_1' } }] },
      },
      {
        ...base,
        charge: 'ch_1',
        payment_intent: { id: 'pi_1' },
        subscription: { id: 'sub_1' },
        tax: null,
        total_tax_amounts: [{ amount: 300 }, { amount: 100 }],
        lines: { data: [{ ...line, price: { unit_amount: 1999, product: 'prod_1' } }] },
      },
      {
        ...base,
        parent: { subscription_details: { subscription: 'sub_1' }, type: 'subscription_details' },
        payments: {
          data: [{ payment: { type: 'payment_intent', payment_intent: 'pi_1' }, status: 'paid' }],
        },
        total_taxes: [{ amount: 400 }],
        lines: {
          data: [
            {
              ...line,
              pricing: { price_details: { product: 'prod_1' }, unit_amount_decimal: '1999' },
            },
          ],
        },
      },
    ]
    const [first, ...others] = forms.map((form) => read(stripeInvoice, form))
    expect(first).toMatchObject({ amount_tax: 400, payment_id: expect.stringMatching(/^pay_/) })
    for (const other of others) expect(other).toEqual(first)
  })

  test('invoice: payments that were not asked for leave the payment as it is', () => {
    expect(read(stripeInvoice, { object: 'invoice', id: 'in_1' }).payment_id).toBeUndefined()
    const open = { object: 'invoice', id: 'in_1', payment_intent: null, charge: null }
    expect(read(stripeInvoice, open).payment_id).toBeNull()
  })
})

describe('links meet at the payment of the intent', () => {
  const intent = { object: 'payment_intent', id: 'pi_1', latest_charge: null, customer: null }
  const charge = { object: 'charge', id: 'ch_1', payment_intent: 'pi_1', customer: null }
  const { id } = read(stripePayment, intent)

  test('from a refund, a dispute and a balance transaction', () => {
    expect(read(stripeRefund, { object: 'refund', id: 're_1', charge }).refunded_payment_id).toBe(
      id,
    )
    expect(read(stripeDispute, { object: 'dispute', id: 'du_1', charge }).payment_id).toBe(id)
    const movement = { object: 'balance_transaction', id: 'txn_1', source: charge }
    expect(read(stripeTransaction, movement)).toMatchObject({
      source_object: 'payment',
      source_id: id,
    })
  })

  test('and at the guest by e-mail, in whatever case', () => {
    const guest = { ...charge, billing_details: { email: 'Ada@Example.com' } }
    const same = { ...charge, billing_details: { email: 'ada@example.com' } }
    const links = [
      read(stripePayment, { ...intent, latest_charge: guest }),
      read(stripePayment, { ...intent, receipt_email: ' ada@example.com' }),
      read(stripeRefund, { object: 'refund', id: 're_1', charge: same }),
      read(stripeDispute, { object: 'dispute', id: 'du_1', charge: guest }),
    ].map(({ customer_id }) => customer_id)
    expect(links[0]).toMatch(/^cus_/)
    expect(new Set(links).size).toBe(1)
  })

  test('what only names its charge does not tell the buyer', () => {
    expect(
      read(stripeRefund, { object: 'refund', id: 're_1', charge: 'ch_1' }).customer_id,
    ).toBeUndefined()
    const named = { ...intent, latest_charge: 'ch_1' }
    expect(read(stripePayment, named)).toMatchObject({
      customer_id: undefined,
      amount_refunded: undefined,
    })
  })
})

describe('states', () => {
  const statusOf = (more: Payload) =>
    read(stripePayment, { object: 'payment_intent', id: 'pi_1', latest_charge: null, ...more })
      .status

  test.each([
    ['succeeded', 'succeeded'],
    ['canceled', 'cancelled'],
    ['processing', 'pending'],
    ['requires_action', 'pending'],
    ['requires_capture', 'pending'],
    ['requires_confirmation', 'pending'],
    ['requires_payment_method', 'pending'],
    ['of_the_future', 'unknown'],
    ['constructor', 'unknown'],
    [null, 'unknown'],
  ])('an intent that is %s is %s', (status, expected) => {
    expect(statusOf({ status })).toBe(expected)
  })

  test('an intent that was declined has failed', () => {
    const waiting = { status: 'requires_payment_method' }
    expect(statusOf({ ...waiting, last_payment_error: { code: 'card_declined' } })).toBe('failed')
    expect(statusOf({ ...waiting, latest_charge: { object: 'charge', status: 'failed' } })).toBe(
      'failed',
    )
  })
})
