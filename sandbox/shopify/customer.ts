import type { Address, Buyer, Instrument } from '../world/entities.ts'
import { token } from '../world/random.ts'
import { gid, type Json, stamp } from './format.ts'
import type { Row, Shop } from './shop.ts'

export function addressOf(address: Address, who: { name: string | null; phone: string | null }) {
  return {
    name: who.name,
    address1: address.line1,
    address2: address.line2,
    city: address.city,
    provinceCode: address.state,
    zip: address.postalCode,
    countryCodeV2: address.country,
    phone: who.phone,
  }
}

export function renderCustomer(shop: Shop, row: Row): Json {
  const buyer = row.thing as Buyer // customers are made of buyers
  const [firstName, ...rest] = (buyer.name ?? '').split(' ')
  const { email, phone, shipping, address } = buyer
  const known = shipping
    ? addressOf(shipping.address, shipping)
    : address && addressOf(address, buyer)
  return {
    id: gid('Customer', row.id),
    legacyResourceId: `${row.id}`,
    createdAt: stamp(row.created),
    updatedAt: stamp(row.updated),
    state: row.id % 3 === 0 ? 'ENABLED' : 'DISABLED',
    displayName: buyer.name ?? email ?? phone ?? '',
    firstName: firstName || null,
    lastName: rest.join(' ') || null,
    defaultEmailAddress: email === null ? null : { emailAddress: email },
    defaultPhoneNumber: phone === null ? null : { phoneNumber: phone },
    defaultAddress: known,
    amountSpent: { currencyCode: shop.currency.toUpperCase() },
  }
}

export function renderPaymentMethods(shop: Shop, row: Row): Json {
  const saved = shop.methods.get(row.thing.key) ?? []
  return {
    id: gid('Customer', row.id),
    legacyResourceId: `${row.id}`,
    updatedAt: stamp(row.updated),
    paymentMethods: saved.map((instrument) => renderPaymentMethod(row.id, instrument)),
  }
}

export function paymentMethodId(instrument: string): string {
  return gid('CustomerPaymentMethod', token(32, 'shopify method', instrument).toLowerCase())
}

export function renderPaymentMethod(customer: number, instrument: Instrument): Json {
  const { removedAt } = instrument
  return {
    id: paymentMethodId(instrument.key),
    revokedAt: removedAt === null ? null : stamp(removedAt),
    revokedReason: removedAt === null ? null : 'MANUALLY_REVOKED',
    customer: { legacyResourceId: `${customer}` },
    instrument: instrumentOf(instrument),
  }
}

function instrumentOf({ type, wallet, brand, last4, expMonth, expYear, payer }: Instrument): Json {
  const card = {
    lastDigits: last4,
    expiryMonth: expMonth,
    expiryYear: expYear,
    name: payer.name ?? '',
  }
  if (type === 'bankAccount') {
    const bank = { bankName: 'First Garden Bank', lastDigits: last4, accountType: 'CHECKING' }
    return { __typename: 'BankAccount', ...bank }
  }
  if (type === 'sepaDebit') {
    const typename = 'CustomerPaypalBillingAgreement'
    return { __typename: typename, paypalAccountEmail: payer.email, inactive: false }
  }
  if (wallet !== null) return { __typename: 'CustomerShopPayAgreement', ...card, inactive: false }
  return { __typename: 'CustomerCreditCard', brand, ...card }
}
