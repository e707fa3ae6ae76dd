import type { Address, Buyer } from '../../world/entities.ts'
import { token } from '../../world/random.ts'
import { type Entry, instrumentId, type Ledger } from '../ledger.ts'
import { type JsonObject, seconds } from '../types.ts'

// What this business never uses.
const UNUSED = {
  balance: 0,
  discount: null,
  tax_exempt: 'none',
  test_clock: null,
}

export function customer(ledger: Ledger, buyer: Buyer): Entry[] {
  if (buyer.guest) return []
  const { world, livemode, id } = ledger
  const chosen = buyer.defaultInstrument && world.get('instrument', buyer.defaultInstrument)
  const chosenId = chosen ? instrumentId(ledger, chosen) : null
  const legacy = chosen ? chosen.legacy : false
  const object = {
    id: id('customer', buyer.key),
    object: 'customer',
    ...UNUSED,
    address: address(buyer.address),
    created: seconds(buyer.createdAt),
    currency: buyer.billedIn,
    default_source: legacy ? chosenId : null,
    delinquent: buyer.delinquent,
    description: buyer.note,
    email: buyer.email,
    invoice_prefix: invoicePrefix(ledger, buyer.key),
    invoice_settings: {
      custom_fields: null,
      default_payment_method: legacy ? null : chosenId,
      footer: null,
      rendering_options: null,
    },
    livemode,
    metadata: buyer.labels,
    name: buyer.name,
    next_invoice_sequence: buyer.invoiceCount + 1,
    phone: buyer.phone,
    preferred_locales: buyer.locale ? [buyer.locale] : [],
    shipping: buyer.shipping && {
      address: address(buyer.shipping.address),
      name: buyer.shipping.name,
      phone: buyer.shipping.phone,
    },
  }
  const deleted = buyer.deletedAt !== null
  const facts = { key: buyer.key }
  return [{ table: 'customers', object, created: object.created, deleted, facts }]
}

export function address(from: Address): JsonObject
export function address(from: Address | null): JsonObject | null
export function address(from: Address | null): JsonObject | null {
  if (!from) return null
  const { city, country, line1, line2, postalCode, state } = from
  return { city, country, line1, line2, postal_code: postalCode, state }
}

export function invoicePrefix({ livemode }: Ledger, buyer: string): string {
  return token(8, 'invoice prefix', String(livemode), buyer).toUpperCase()
}
