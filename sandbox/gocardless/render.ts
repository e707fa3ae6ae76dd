import type { Subscription } from '../world/billing.ts'
import type { Buyer, Instrument } from '../world/entities.ts'
import type { Charge, Payment, Payout, Refund } from '../world/sales.ts'
import type { Account, Json } from './account.ts'

export function renderCustomer({ id }: Account, buyer: Buyer): Json {
  const [given, ...family] = (buyer.name ?? '').split(' ')
  const isCompany = buyer.labels.tier === 'gold' || buyer.name === null
  const { address } = buyer
  return {
    id: id('CU', buyer.key),
    created_at: stamp(buyer.createdAt),
    email: buyer.email,
    given_name: isCompany ? null : given || null,
    family_name: isCompany ? null : family.join(' ') || null,
    company_name: isCompany ? `Company ${buyer.key}` : null,
    address_line1: address?.line1 ?? null,
    address_line2: address?.line2 ?? null,
    address_line3: null,
    city: address?.city ?? null,
    region: address?.state ?? null,
    postal_code: address?.postalCode ?? null,
    country_code: address?.country ?? null,
    language: 'en',
    phone_number: buyer.phone,
    swedish_identity_number: null,
    danish_identity_number: null,
    metadata: {},
  }
}

export function renderBankAccount({ id, world }: Account, instrument: Instrument): Json {
  const buyer = world.get('buyer', instrument.buyer)
  return {
    id: id('BA', instrument.key),
    created_at: stamp(instrument.createdAt),
    account_holder_name: (instrument.payer.name ?? 'UNKNOWN').toUpperCase(),
    account_number_ending: instrument.last4,
    bank_name: 'BARCLAYS BANK PLC',
    account_type: buyer.paysIn === 'usd' ? 'checking' : null,
    bank_account_token: null,
    country_code: instrument.country,
    currency: buyer.paysIn.toUpperCase(),
    enabled: instrument.removedAt === null,
    metadata: {},
    links: { customer: id('CU', instrument.buyer) },
  }
}

export function renderMandate({ id, world, creditor }: Account, instrument: Instrument): Json {
  const buyer = world.get('buyer', instrument.buyer)
  return {
    id: id('MD', instrument.key),
    created_at: stamp(instrument.createdAt),
    reference: `GARDEN-${instrument.last4}`,
    scheme: schemeOf(buyer.paysIn),
    status: instrument.removedAt === null ? 'active' : 'cancelled',
    next_possible_charge_date: null,
    payments_require_approval: false,
    metadata: {},
    links: {
      creditor,
      customer: id('CU', instrument.buyer),
      customer_bank_account: id('BA', instrument.key),
    },
  }
}

// Without a mandate there is no payment.
export function renderPayment(account: Account, payment: Payment): Json | null {
  const { id, world, creditor } = account
  if (payment.instrument === null) return null
  const charge = payment.lastCharge ? world.get('charge', payment.lastCharge) : null
  const payout = payoutOf(account, charge)
  const subscription = payment.invoice && world.all('invoice').get(payment.invoice)?.subscription
  return {
    id: id('PM', payment.key),
    created_at: stamp(payment.createdAt),
    amount: payment.amount,
    amount_refunded: charge?.expired ? 0 : (charge?.refunded ?? 0),
    charge_date: day(payment.createdAt),
    currency: payment.currency.toUpperCase(),
    description: payment.description,
    reference: null,
    scheme: schemeOf(payment.currency),
    status: statusOf(account, payment, charge),
    retry_if_possible: false,
    metadata: {},
    links: {
      creditor,
      mandate: id('MD', payment.instrument),
      ...(payout === null ? {} : { payout }),
      ...(subscription ? { subscription: id('SB', subscription) } : {}),
    },
  }
}

function payoutOf({ id, world }: Account, charge: Charge | null): string | null {
  const movement = charge?.movement ? world.all('movement').get(charge.movement) : undefined
  // It is told of once the payout is there.
  const payout = movement?.payout ? world.all('payout').get(movement.payout) : undefined
  return payout ? id('PO', payout.key) : null
}

function statusOf(account: Account, { status }: Payment, charge: Charge | null): string {
  if (status === 'canceled') return 'cancelled'
  if (charge === null) return 'pending_submission'
  if (charge.status === 'failed') return 'failed'
  if (charge.status === 'pending') return 'submitted'
  if (charge.captured === 0) return 'pending_submission'
  const dispute = account.world.all('dispute').get(`${charge.key}/d1`)
  if (dispute?.stage === 'chargeback') return 'charged_back'
  return payoutOf(account, charge) === null ? 'confirmed' : 'paid_out'
}

export function renderRefund({ id, world }: Account, refund: Refund): Json {
  const charge = world.get('charge', refund.charge)
  return {
    id: id('RF', refund.key),
    created_at: stamp(refund.createdAt),
    amount: refund.amount,
    currency: refund.currency.toUpperCase(),
    reference: refund.reason,
    status: REFUND_STATUS[refund.status],
    metadata: {},
    links: { payment: id('PM', charge.payment), mandate: id('MD', charge.instrument.key) },
  }
}

const REFUND_STATUS = {
  pending: 'submitted',
  succeeded: 'paid',
  failed: 'bounced',
  canceled: 'cancelled',
} as const

export function renderPayout({ id, world, creditor }: Account, payout: Payout): Json {
  const movements = [...world.all('movement').values()].filter((one) => one.payout === payout.key)
  return {
    id: id('PO', payout.key),
    created_at: stamp(payout.createdAt),
    amount: payout.amount,
    arrival_date: day(payout.arrivesAt),
    currency: payout.currency.toUpperCase(),
    deducted_fees: movements.reduce((sum, { fee }) => sum + fee, 0),
    payout_type: 'merchant',
    reference: `GARDEN-${payout.key}`,
    status: PAYOUT_STATUS[payout.status],
    metadata: {},
    tax_currency: null,
    links: { creditor, creditor_bank_account: id('BA', `creditor ${payout.currency}`) },
  }
}

const PAYOUT_STATUS = { inTransit: 'pending', paid: 'paid', failed: 'bounced' } as const

// A subscription without a mandate cannot be.
export function renderSubscription({ id, world }: Account, one: Subscription): Json | null {
  if (one.instrument === null) return null
  const price = world.get('price', one.price)
  const ended = one.status === 'canceled' || one.status === 'incompleteExpired'
  return {
    id: id('SB', one.key),
    created_at: stamp(one.createdAt),
    amount: price.amount * one.quantity,
    currency: price.currency.toUpperCase(),
    name: world.get('product', price.product).name,
    status: ended ? 'cancelled' : one.status === 'paused' ? 'paused' : 'active',
    interval: 1,
    interval_unit: INTERVAL[price.interval ?? 'month'],
    start_date: day(one.createdAt),
    end_date: one.cancelAtPeriodEnd ? day(one.periodEnd) : null,
    day_of_month: null,
    month: null,
    payment_reference: null,
    retry_if_possible: false,
    upcoming_payments: ended
      ? []
      : [{ charge_date: day(one.periodEnd), amount: price.amount * one.quantity }],
    metadata: {},
    links: { mandate: id('MD', one.instrument) },
  }
}

const INTERVAL = { week: 'weekly', month: 'monthly', year: 'yearly' } as const

function schemeOf(currency: string): string {
  return currency === 'usd' ? 'ach' : 'sepa_core'
}

function stamp(time: number): string {
  return new Date(time).toISOString()
}

function day(time: number): string {
  return stamp(time).slice(0, 10)
}
