// Customers and their cards on file.
import type { Buyer, Instrument } from '../world/entities.ts'
import { address, filled, type Json, names } from './format.ts'
import type { Account, Stamps } from './types.ts'

export function customerId({ id, profiles }: Account, buyer: string): string {
  const profile = profiles.get(buyer) ?? 1
  return id('', 26, 'customer', buyer, profile).toUpperCase()
}

export function renderCustomer(account: Account, buyer: Buyer, stamps: Stamps): Json {
  const merged = (account.profiles.get(buyer.key) ?? 1) > 1
  const r = account.draw('customer', buyer.key)
  const isInstant = r.chance(0.06)
  const source = merged ? 'MERGE' : isInstant ? 'INSTANT_PROFILE' : r.pick(SOURCES)
  const birthday = r.chance(0.2) ? r.pick(BIRTHDAYS) : null
  const common = {
    id: customerId(account, buyer.key),
    created_at: stamps.created_at,
    updated_at: stamps.updated_at,
    creation_source: source,
    preferences: { email_unsubscribed: r.chance(0.2) },
    segment_ids: isInstant ? null : [account.id(`${account.merchant}.`, 8, 'segment')],
    version: stamps.version - 1,
  }
  if (isInstant) return filled({ ...common, email_address: buyer.email })
  return filled({
    ...common,
    ...calledBy(account, buyer),
    email_address: buyer.email,
    address: address(buyer.address),
    phone_number: buyer.phone,
    birthday,
    reference_id: r.chance(0.3) ? `garden-${buyer.key}` : null,
    note: buyer.note,
    group_ids: buyer.labels.tier ? [account.id('', 26, 'group', buyer.labels.tier)] : null,
  })
}

// Some are known by a nickname or a company only.
function calledBy(account: Account, { key, name }: Buyer): Json {
  const r = account.draw('called', key)
  if (name === null) {
    if (r.chance(0.4)) return { company_name: `Gärtnerei ${key}` }
    return r.chance(0.5) ? { nickname: `nick ${key}` } : {}
  }
  if (r.chance(0.06)) return { company_name: name }
  if (r.chance(0.05)) return { nickname: name }
  const { given, family } = names(name)
  return { given_name: given, family_name: family }
}

const SOURCES = ['THIRD_PARTY', 'THIRD_PARTY', 'DIRECTORY', 'ONLINE_STORE', 'INVOICES'] as const
const BIRTHDAYS = ['0000-05-14', '0000-02-29', '1988-12-01'] as const

export function cardId({ id }: Account, instrument: string): string {
  return id('ccof:', 20, 'card', instrument)
}

export function renderCard(account: Account, instrument: Instrument, version: number): Json {
  const { key, buyer, payer, removedAt } = instrument
  return filled({
    id: cardId(account, key),
    ...cardFacts(account, instrument),
    cardholder_name: payer.name,
    billing_address: address(payer.address),
    customer_id: ownerOf(account, instrument),
    merchant_id: account.merchant,
    enabled: removedAt === null && !account.erased.has(buyer),
    version,
  })
}

// Fixed with the card, and moved when its owner gets a new profile.
function ownerOf(account: Account, { key, buyer }: Instrument): string {
  const name = `card ${key}`
  const known = account.fixed.get(name)?.customer_id
  if (known !== undefined) return String(known)
  const customer_id = customerId(account, buyer)
  account.fixed.set(name, { customer_id })
  return customer_id
}

export function cardFacts(account: Account, instrument: Instrument): Json {
  const { key, brand, last4, expMonth, expYear, funding } = instrument
  return {
    card_brand: BRANDS[brand] ?? 'OTHER_BRAND',
    last_4: last4,
    exp_month: expMonth,
    exp_year: expYear,
    fingerprint: account.id('sq-1-', 40, 'fingerprint', key),
    card_type: funding === 'debit' ? 'DEBIT' : 'CREDIT',
    prepaid_type: funding === 'prepaid' ? 'PREPAID' : 'NOT_PREPAID',
    bin: BINS[brand] ?? '400000',
  }
}

const BRANDS: Record<string, string> = {
  visa: 'VISA',
  mastercard: 'MASTERCARD',
  amex: 'AMERICAN_EXPRESS',
  discover: 'DISCOVER',
  jcb: 'JCB',
}
const BINS: Record<string, string> = {
  visa: '411111',
  mastercard: '540988',
  amex: '371263',
  discover: '601100',
  jcb: '356600',
}

export function brandOf({ brand }: Instrument): string {
  return BRANDS[brand] ?? 'OTHER_BRAND'
}
