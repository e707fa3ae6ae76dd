import type { ExternalAccount } from '../../model/external_account.ts'
import { clean, objectOf, type Payload } from '../rule.ts'
import { wordIn } from '../rules.ts'

type Type = NonNullable<ExternalAccount['type']>

/** Types whose details are a card's or a bank account's; every other one is `other`. */
const types: { readonly [type: string]: Type } = {
  card: 'card',
  card_present: 'card',
  interac_present: 'card',
  three_d_secure: 'card',
  us_bank_account: 'bank_account',
  sepa_debit: 'bank_account',
  bacs_debit: 'bank_account',
  au_becs_debit: 'bank_account',
  nz_bank_account: 'bank_account',
  acss_debit: 'bank_account',
  ach_debit: 'bank_account',
}

/** Schemes of one country, for types that do not name theirs. */
const nations: { readonly [type: string]: string } = {
  us_bank_account: 'US',
  bacs_debit: 'GB',
  au_becs_debit: 'AU',
  nz_bank_account: 'NZ',
  acss_debit: 'CA',
}

const wallets = new Set(
  (
    'link paypal alipay alipay_account wechat wechat_pay cashapp grabpay amazon_pay revolut_pay ' +
    'mobilepay kakao_pay naver_pay samsung_pay payco satispay twint swish venmo'
  ).split(' '),
)

/** The part of a payment method or source that sits under the name of its type. */
export function own(instrument: Payload): Payload | null {
  const { type } = instrument
  if (typeof type !== 'string' || !Object.hasOwn(instrument, type)) return null
  return objectOf(instrument[type])
}

export function typeOf({ type }: Payload): Type {
  return wordIn(types, type) ?? 'other'
}

export function nationOf({ type }: Payload): string | null {
  return wordIn(nations, type) ?? null
}

export function bankOf(instrument: Payload): ExternalAccount['bank_account'] {
  if (typeOf(instrument) !== 'bank_account') return null
  const bank = own(instrument) ?? {}
  return {
    bank_name: text(bank.bank_name),
    last4: text(bank.last4),
    routing_last4: last4(bank.routing_number ?? bank.sort_code ?? bank.bsb_number),
    account_type: text(bank.account_type),
  }
}

export function cardOf(instrument: Payload): ExternalAccount['card'] {
  if (typeOf(instrument) !== 'card') return null
  const card = own(instrument) ?? {}
  return {
    brand: brandOf(card.brand),
    last4: text(card.last4),
    exp_month: (card.exp_month ?? null) as number | null,
    exp_year: (card.exp_year ?? null) as number | null,
    funding: text(card.funding),
    fingerprint: text(card.fingerprint),
  }
}

/** How to tell it apart: an address, a handle, a bank, never an account's number. */
export function otherOf(instrument: Payload): ExternalAccount['other'] {
  if (typeOf(instrument) !== 'other') return null
  const type = String(instrument.type ?? instrument.object)
  const it = own(instrument) ?? {}
  const label = it.email ?? it.payer_email ?? it.cashtag ?? it.bank_name ?? it.bank ?? it.last4
  return {
    kind: wallets.has(type) ? 'wallet' : type === 'bitcoin_receiver' ? 'crypto' : type,
    label: text(label ?? instrument.username) ?? type,
  }
}

/** Cards of before 2018 name their scheme in other words than payment methods do. */
const brands: { readonly [brand: string]: string } = {
  'American Express': 'amex',
  'Diners Club': 'diners',
  'Cartes Bancaires': 'cartes_bancaires',
  'Eftpos Australia': 'eftpos_au',
}

export function brandOf(brand: unknown): string | null {
  return typeof brand === 'string' ? text(wordIn(brands, brand) ?? brand.toLowerCase()) : null
}

export function last4(number: unknown): string | null {
  return typeof number === 'string' ? text(number.slice(-4)) : null
}

function text(value: unknown): string | null {
  return clean(value) as string | null
}
