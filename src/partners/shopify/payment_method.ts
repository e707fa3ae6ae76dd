import { type ExternalAccount, external_account } from '../../model/external_account.ts'
import { among, mapping } from '../mapping.ts'
import { clean, objectOf, type Payload, pathReader } from '../rule.ts'
import { absent, computed, idText, link } from '../rules.ts'
import { nodesIn } from './ids.ts'

const instrument = pathReader('instrument')

/** A saved payment method of a customer: under the customer, or by itself. */
export const shopifyPaymentMethod = among(
  'paymentMethods.nodes',
  (payload) => ('paymentMethods' in payload ? nodesIn(payload.paymentMethods) : [payload]),
  mapping(
    external_account,
    {
      partnerRecordId: 'id',
      created_date: absent('not told'),
      type: computed(['instrument.__typename'], 'by the kind of instrument', typeOf),
      customer_id: link('customer', idText('customer.legacyResourceId')),
      status: computed(
        ['revokedAt', 'instrument.inactive'],
        'removed since it was revoked',
        statusOf,
      ),
      currency: absent('not told'),
      country: absent('only that of a billing address is told'),
      holder_name: 'instrument.name',
      bank_account: {
        bank_name: 'instrument.bankName',
        last4: ofType('bank_account', 'lastDigits'),
        routing_last4: absent('not told'),
        account_type: 'instrument.accountType',
      },
      card: {
        brand: ofType('card', 'brand'),
        last4: ofType('card', 'lastDigits'),
        exp_month: numberOf('expiryMonth'),
        exp_year: numberOf('expiryYear'),
        funding: absent('not told'),
        fingerprint: absent('not told'),
      },
      other: {
        kind: computed(['instrument.__typename'], 'PayPal or Shop Pay', kindOf),
        label: computed(
          ['instrument.paypalAccountEmail', 'instrument.lastDigits'],
          'the account, or the end of the card behind it',
          labelOf,
        ),
      },
    },
    { title: 'Saved payment method' },
  ),
)

type Type = NonNullable<ExternalAccount['type']>

const types: { readonly [typename: string]: Type } = {
  CustomerCreditCard: 'card',
  BankAccount: 'bank_account',
}

/** Of an agreement, and of what is not shown any more, nothing but its kind is told. */
function typeOf(method: Payload): Type {
  const typename = objectOf(instrument(method))?.__typename
  return typeof typename === 'string' && Object.hasOwn(types, typename)
    ? (types[typename] as Type)
    : 'other'
}

function statusOf(method: Payload): ExternalAccount['status'] {
  if (clean(method.revokedAt) !== null) return 'removed'
  return objectOf(instrument(method))?.inactive === true ? 'disabled' : 'active'
}

function ofType(type: Type, name: string) {
  return computed<string>([`instrument.${name}`], `of a ${type.replace('_', ' ')}`, (method) => {
    if (typeOf(method) !== type) return null
    return clean(objectOf(instrument(method))?.[name]) as string | null // a text, or refused
  })
}

function numberOf(name: string) {
  return computed<number>([`instrument.${name}`], 'of a card', (method) => {
    if (typeOf(method) !== 'card') return null
    return (objectOf(instrument(method))?.[name] ?? null) as number | null // or refused
  })
}

const kinds: { readonly [typename: string]: string } = {
  CustomerPaypalBillingAgreement: 'paypal',
  CustomerShopPayAgreement: 'shop_pay',
}

function kindOf(method: Payload): string | null {
  if (typeOf(method) !== 'other') return null
  const typename = objectOf(instrument(method))?.__typename
  if (typeof typename !== 'string') return 'unknown'
  return Object.hasOwn(kinds, typename) ? (kinds[typename] ?? null) : typename
}

function labelOf(method: Payload): string | null {
  if (typeOf(method) !== 'other') return null
  const { paypalAccountEmail, lastDigits } = objectOf(instrument(method)) ?? {}
  return (clean(paypalAccountEmail) ?? clean(lastDigits)) as string | null // texts, or refused
}
