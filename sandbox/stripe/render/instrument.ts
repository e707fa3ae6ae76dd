// A saved instrument: a PaymentMethod, or one of the older objects under a customer's sources.
import type { Instrument, Person } from '../../world/entities.ts'
import { token } from '../../world/random.ts'
import { customerId, type Entry, instrumentId, type Ledger } from '../ledger.ts'
import { type JsonObject, type StripeObject, seconds } from '../types.ts'
import { address } from './customer.ts'

export function instrument(ledger: Ledger, one: Instrument): Entry[] {
  const created = seconds(one.createdAt)
  const entries: Entry[] = []
  if (one.legacy && one.saved) {
    const object = LEGACY[one.type](ledger, one)
    const deleted = one.removedAt !== null
    const facts = { key: one.key, customer: customerId(ledger, one.buyer) }
    entries.push({ table: 'sources', object, created, deleted, facts })
  }
  // Stripe also shows an older card, under its card_ id, wherever it lists PaymentMethods.
  if (!one.legacy || one.type === 'card') {
    const [object, facts] = [paymentMethod(ledger, one), { key: one.key }]
    entries.push({ table: 'payment_methods', object, created, facts })
  }
  return entries
}

export function paymentMethod(ledger: Ledger, one: Instrument): StripeObject {
  const attached = one.saved && one.removedAt === null
  return {
    id: instrumentId(ledger, one),
    object: 'payment_method',
    billing_details: billingDetails(one.payer),
    ...METHOD[one.type](one),
    created: seconds(one.createdAt),
    customer: attached ? customerId(ledger, one.buyer) : null,
    livemode: ledger.livemode,
    metadata: {},
  }
}

export function billingDetails(payer: Person): JsonObject {
  const none = {
    line1: null,
    line2: null,
    city: null,
    postalCode: null,
    state: null,
    country: null,
  }
  const { email, name, phone } = payer
  return { address: address(payer.address ?? none), email, name, phone }
}

// What a charge says of the instrument it was made with.
export function methodDetails(one: Instrument): JsonObject {
  return DETAILS[one.type](one)
}

type Write = (one: Instrument) => JsonObject

const CHECKS = {
  address_line1_check: null,
  address_postal_code_check: 'pass',
  cvc_check: 'pass',
}

const METHOD: Record<Instrument['type'], Write> = {
  card: (one) => ({
    type: 'card',
    card: {
      brand: one.brand,
      checks: CHECKS,
      ...cardFacts(one),
      generated_from: null,
      networks: { available: [one.brand], preferred: null },
      three_d_secure_usage: { supported: true },
      wallet: wallet(one),
    },
  }),
  sepaDebit: (one) => ({
    type: 'sepa_debit',
    sepa_debit: { ...sepaFacts(one), generated_from: null },
  }),
  bankAccount: (one) => ({
    type: 'us_bank_account',
    us_bank_account: {
      ...bankFacts(one),
      financial_connections_account: null,
      networks: { preferred: 'ach', supported: ['ach'] },
      status_details: {},
    },
  }),
}

const DETAILS: Record<Instrument['type'], Write> = {
  card: (one) => ({
    type: 'card',
    card: {
      brand: one.brand,
      checks: CHECKS,
      ...cardFacts(one),
      installments: null,
      mandate: null,
      network: one.brand,
      network_token: { used: false },
      three_d_secure: null,
      wallet: wallet(one),
    },
  }),
  sepaDebit: (one) => ({ type: 'sepa_debit', sepa_debit: { ...sepaFacts(one), mandate: null } }),
  bankAccount: (one) =>
    one.legacy
      ? { type: 'ach_debit', ach_debit: achFacts(one) }
      : { type: 'us_bank_account', us_bank_account: bankFacts(one) },
}

const LEGACY: Record<Instrument['type'], (ledger: Ledger, one: Instrument) => StripeObject> = {
  card: (ledger, one) => ({
    ...legacyFacts(ledger, one, 'card'),
    address_city: null,
    address_country: null,
    address_line1: null,
    address_line1_check: null,
    address_line2: null,
    address_state: null,
    address_zip: null,
    address_zip_check: null,
    cvc_check: 'pass',
    dynamic_last4: null,
    ...cardFacts(one),
    brand: CARD_BRANDS[one.brand] ?? 'Unknown',
    customer: customerId(ledger, one.buyer),
    name: one.payer.name,
    tokenization_method: null,
  }),
  bankAccount: (ledger, one) => ({
    ...legacyFacts(ledger, one, 'bank_account'),
    account_holder_name: one.payer.name,
    account_holder_type: 'individual',
    account_type: null,
    bank_name: 'STRIPE TEST BANK',
    country: 'US',
    currency: 'usd',
    customer: customerId(ledger, one.buyer),
    fingerprint: fingerprint(one),
    last4: one.last4,
    routing_number: '110000000',
    status: 'verified',
  }),
  sepaDebit: (ledger, one) => ({
    ...legacyFacts(ledger, one, 'source'),
    amount: null,
    client_secret: `src_client_secret_${token(24, 'secret', one.key)}`,
    created: seconds(one.createdAt),
    currency: 'eur',
    customer: customerId(ledger, one.buyer) ?? '',
    flow: 'none',
    livemode: ledger.livemode,
    owner: owner(one.payer),
    sepa_debit: { ...sepaFacts(one), mandate_reference: null, mandate_url: null },
    statement_descriptor: null,
    status: 'chargeable',
    type: 'sepa_debit',
    usage: 'reusable',
  }),
}

// The older objects write a brand as people read it.
const CARD_BRANDS: Record<string, string> = {
  visa: 'Visa',
  mastercard: 'MasterCard',
  amex: 'American Express',
  discover: 'Discover',
  jcb: 'JCB',
}

function legacyFacts(ledger: Ledger, one: Instrument, object: string): StripeObject {
  return { id: instrumentId(ledger, one), object, metadata: {} }
}

function cardFacts(one: Instrument) {
  const { country, funding, last4 } = one
  const [exp_month, exp_year] = [one.expMonth, one.expYear]
  return { country, exp_month, exp_year, fingerprint: fingerprint(one), funding, last4 }
}

function sepaFacts(one: Instrument) {
  const place = { bank_code: '37040044', branch_code: '', country: 'DE' }
  return { ...place, fingerprint: fingerprint(one), last4: one.last4 }
}

function bankFacts(one: Instrument) {
  return { account_holder_type: 'individual', account_type: 'checking', ...achShared(one) }
}

function achFacts(one: Instrument) {
  return { account_holder_type: 'individual', country: 'US', ...achShared(one) }
}

function achShared(one: Instrument) {
  const bank = { bank_name: 'STRIPE TEST BANK', routing_number: '110000000' }
  return { ...bank, fingerprint: fingerprint(one), last4: one.last4 }
}

function owner(payer: Person): JsonObject {
  return {
    address: address(payer.address),
    email: payer.email,
    name: payer.name,
    phone: payer.phone,
    verified_address: null,
    verified_email: null,
    verified_name: null,
    verified_phone: null,
  }
}

function wallet(one: Instrument): JsonObject | null {
  if (!one.wallet) return null
  return { [one.wallet]: {}, dynamic_last4: one.last4, type: one.wallet }
}

function fingerprint(one: Instrument): string {
  return token(16, 'fingerprint', one.key)
}
