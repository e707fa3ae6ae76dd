import { type ExternalAccount, external_account } from '../../model/external_account.ts'
import { mapping } from '../mapping.ts'
import { clean, objectOf, type Payload, pathReader, type Rule } from '../rule.ts'
import { absent, computed, constant, link, oneOf, parent } from '../rules.ts'
import { countryAt, nameIn } from './person.ts'

const source = 'payment_source'
const sourceOf = pathReader(source)

/** An instrument that a buyer left with the seller, in PayPal's vault. */
export const paypalPaymentToken = mapping(
  external_account,
  {
    partnerRecordId: 'id',
    created_date: absent('not told'),
    type: computed([source], 'by what it holds', typeOf),
    customer_id: link('customer', oneOf(parent('customer'), 'customer.id')),
    // One that is removed is not listed any more.
    status: constant('active'),
    currency: absent('a token has none'),
    country: countryAt(`${source}.card.billing_address.country_code`),
    holder_name: computed([`${source}.card.name`, `${source}.paypal.name`], 'the holder', holderOf),
    bank_account: {
      bank_name: absent('not told'),
      last4: lastDigits(`${source}.bank.ach_debit.last_digits`),
      routing_last4: absent('not told'),
      account_type: absent('not told'),
    },
    card: {
      brand: computed([`${source}.card.brand`], 'in lower case', brandOf),
      last4: lastDigits(`${source}.card.last_digits`),
      exp_month: expiry(5, 7),
      exp_year: expiry(0, 4),
      funding: absent('not told'),
      fingerprint: absent('not told'),
    },
    other: {
      kind: computed([source], 'the wallet, unless it is a card or a bank', walletOf),
      label: oneOf(`${source}.paypal.email_address`, `${source}.venmo.user_name`),
    },
  },
  { title: 'Payment token of a buyer' },
)

function heldIn(payload: Payload, name: string): Payload | null {
  return objectOf(objectOf(sourceOf(payload))?.[name] ?? null)
}

function typeOf(payload: Payload): NonNullable<ExternalAccount['type']> {
  if (heldIn(payload, 'card')) return 'card'
  return heldIn(payload, 'bank') ? 'bank_account' : 'other'
}

function walletOf(payload: Payload): string | null {
  if (typeOf(payload) !== 'other') return null
  return Object.keys(objectOf(sourceOf(payload)) ?? {})[0] ?? null
}

function holderOf(payload: Payload): string | null {
  const card = clean(heldIn(payload, 'card')?.name)
  return (card ?? nameIn(heldIn(payload, 'paypal')?.name)) as string | null // a text, or refused
}

function brandOf(payload: Payload): string | null {
  const brand = clean(heldIn(payload, 'card')?.brand)
  return (typeof brand === 'string' ? brand.toLowerCase() : brand) as string | null // refused later
}

function lastDigits(at: string): Rule<string> {
  const get = pathReader(at)
  return computed([at], 'at most four', (payload) => {
    const digits = clean(get(payload))
    return (typeof digits === 'string' ? digits.slice(-4) : digits) as string | null // as above
  })
}

/** A part of `YYYY-MM`. */
function expiry(from: number, to: number): Rule<number> {
  return computed([`${source}.card.expiry`], 'of year and month', (payload) => {
    const text = clean(heldIn(payload, 'card')?.expiry)
    return typeof text === 'string' && /^\d{4}-\d\d$/.test(text)
      ? Number(text.slice(from, to))
      : null
  })
}
