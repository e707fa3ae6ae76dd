import { customer } from '../src/model/customer.ts'
import { external_account } from '../src/model/external_account.ts'
import { listId, type ObjectType, recordId } from '../src/model/object.ts'
import { payment } from '../src/model/payment.ts'
import { subscription } from '../src/model/subscription.ts'
import type { Incoming } from '../src/store/decide.ts'

/** A seller's buyers and what hangs on them: buyer i is the same in every run. */
export interface Seller {
  readonly ledgerAccountId: string
  /** Of buyer i. */
  readonly payments: (i: number) => number
  readonly subscriptions: (i: number) => number
}

export const first_created_ms = Date.UTC(2015, 0, 1)
const between_ms = 30_000
const names = ['Ava Miller', 'Jörg Weiß', '佐藤 さくら', 'Siân Brontë', 'José Ó Dálaigh']
const cities = ['Uppsala', 'Berlin', 'Austin', 'Lyon', 'Porto']

/** The id of buyer i. */
export function buyerId({ ledgerAccountId }: Seller, i: number): string {
  return idOf(ledgerAccountId, customer, `cus_${i}`)
}

/** Everything of buyer i, each record as the mapping of a partner would give it. */
export function recordsOf(seller: Seller, i: number): Incoming[] {
  const { ledgerAccountId } = seller
  const id = buyerId(seller, i)
  const of = { ledgerAccountId, i, customer_id: id }
  const instrument = idOf(ledgerAccountId, external_account, `pm_${i}`)
  const subscriptions = Array.from({ length: seller.subscriptions(i) }, (_, k) =>
    subscriptionOf({ ...of, k }),
  )
  const payments = Array.from({ length: seller.payments(i) }, (_, k) => paymentOf({ ...of, k }))
  return [buyerOf({ ...of, id, instrument }), instrumentOf(of), ...subscriptions, ...payments]
}

interface Of {
  readonly ledgerAccountId: string
  readonly i: number
  readonly customer_id: string
}

function buyerOf({ ledgerAccountId, i, id, instrument }: Of & { id: string; instrument: string }) {
  const name = `${names[i % names.length]} ${i}`
  return incoming(customer, ledgerAccountId, `cus_${i}`, created(i), {
    name,
    address: {
      city: cities[i % cities.length],
      postal_code: '753 10',
      country: 'SE',
      line1: `Odlargatan ${i % 200}`,
      line2: null,
      state: null,
    },
    email: `buyer${i}@example.com`,
    phone: '+46181234567',
    shipping_address: null,
    shipping_name: name,
    shipping_phone: null,
    payment_currency: 'SEK',
    external_account_id: instrument,
    subscriptions: listId(customer, subscription, id),
    origin: 'PARTNER',
  })
}

function instrumentOf({ ledgerAccountId, i, customer_id }: Of) {
  return incoming(external_account, ledgerAccountId, `pm_${i}`, created(i, 60), {
    type: 'card',
    customer_id,
    status: 'active',
    currency: null,
    country: 'SE',
    holder_name: names[i % names.length],
    bank_account: null,
    card: {
      brand: 'visa',
      last4: String(i % 10_000).padStart(4, '0'),
      exp_month: 1 + (i % 12),
      exp_year: 2030,
      funding: 'credit',
      fingerprint: `print${i}`,
    },
    other: null,
  })
}

function subscriptionOf({ ledgerAccountId, i, customer_id, k }: Of & { k: number }) {
  const started = created(i, 120 + k)
  return incoming(subscription, ledgerAccountId, `sub_${i}_${k}`, started, {
    customer_id,
    status: 'active',
    amount: 4900 + k * 100,
    currency: 'SEK',
    interval: 'month',
    interval_count: 1,
    items: [{ product_id: null, description: 'Seed box, monthly', quantity: 1, unit_amount: 4900 }],
    current_period_start: started,
    current_period_end: created(i + 86_400, k),
    start_date: started,
    cancel_at: null,
    cancelled_date: null,
    external_account_id: idOf(ledgerAccountId, external_account, `pm_${i}`),
    latest_invoice_id: null,
  })
}

function paymentOf({ ledgerAccountId, i, customer_id, k }: Of & { k: number }) {
  return incoming(payment, ledgerAccountId, `ch_${i}_${k}`, created(i + k * 1000, 180), {
    type: 'charge',
    amount: 1000 + ((i * 7 + k) % 9000),
    currency: 'SEK',
    description: `Order ${i}-${k}`,
    status: 'succeeded',
    status_reason: { outcome: 'authorised', outcome_reason: null, outcome_risk_level: 'normal' },
    refund_reason: null,
    refunded_payment_id: null,
    amount_refunded: 0,
    customer_id,
    order_id: null,
    invoice_id: null,
    subscription_id: null,
    external_account_id: idOf(ledgerAccountId, external_account, `pm_${i}`),
    transaction: null,
    payment_method: { type: 'card', brand: 'visa', last4: '4242', country: 'SE', wallet: null },
  })
}

function created(i: number, after_s = 0): string {
  return new Date(first_created_ms + i * between_ms + after_s * 1000).toISOString()
}

function idOf(ledgerAccountId: string, type: ObjectType, partnerRecordId: string): string {
  const origin = { ledgerAccountId, partnerSource: 'stripe', partnerAccountId: 'acct_bench' }
  return recordId(type, origin, partnerRecordId)
}

/** With every attribute in the order of the model, as a mapping gives them. */
function incoming(
  type: ObjectType,
  ledgerAccountId: string,
  partnerRecordId: string,
  created_date: string,
  own: { readonly [attribute: string]: unknown },
): Incoming {
  const id = idOf(ledgerAccountId, type, partnerRecordId)
  const all: { readonly [attribute: string]: unknown } = {
    object: type.name,
    id,
    partnerSource: 'stripe',
    ledgerAccountId,
    ...own,
    partnerAccountConnectionId: 'pac_bench',
    partnerRecordId,
    created_date,
    modifiedDate: null,
    recordState: 'ACTIVE',
    deletedDate: null,
    deletionEvidence: null,
  }
  const record = Object.fromEntries(
    Object.keys(type.attributes).map((name) => [name, all[name] ?? null]),
  )
  const payload = JSON.stringify({ id: partnerRecordId, object: type.name, ...own })
  return { type, id, record, payload, mappingVersion: 1, stamp: Date.parse(created_date) }
}
