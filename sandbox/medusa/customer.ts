import type { Address, Buyer } from '../world/entities.ts'
import { stamp } from './format.ts'
import type { Json, MedusaServer, Row } from './server.ts'

export function renderCustomer(server: MedusaServer, row: Row): Json {
  const buyer = row.thing as Buyer // customers are made of buyers
  const [first_name, last_name] = nameParts(buyer.name)
  const isCompany = buyer.labels.tier === 'gold'
  return {
    id: row.id,
    company_name: isCompany ? 'Gold Ltd' : null,
    first_name: isCompany ? null : first_name,
    last_name: isCompany ? null : last_name,
    email: buyer.email,
    phone: buyer.phone,
    metadata: null,
    has_account: !buyer.guest,
    created_by: null,
    created_at: stamp(row.created),
    updated_at: stamp(row.updated),
    deleted_at: null,
    addresses: addressesOf(server, row, buyer),
  }
}

function addressesOf(server: MedusaServer, row: Row, buyer: Buyer): Json[] {
  const { address, shipping } = buyer
  const own = address ? [{ address, name: buyer.name, phone: buyer.phone, billing: true }] : []
  const away = shipping
    ? [{ address: shipping.address, name: shipping.name, phone: shipping.phone, billing: false }]
    : []
  return [...own, ...away].map(({ address: at, name, phone, billing }) => ({
    id: server.id('cuaddr', `${buyer.key} ${billing}`),
    address_name: null,
    is_default_shipping: !billing,
    is_default_billing: billing,
    ...addressOf(at, { name, phone }),
    customer_id: row.id,
    created_at: stamp(row.created),
    updated_at: stamp(row.created),
    deleted_at: null,
  }))
}

export function addressOf(
  address: Address,
  { name, phone }: { name: string | null; phone: string | null },
): Json {
  const [first_name, last_name] = nameParts(name)
  return {
    company: null,
    first_name,
    last_name,
    address_1: address.line1,
    address_2: address.line2,
    city: address.city,
    country_code: address.country?.toLowerCase() ?? null,
    province: address.state,
    postal_code: address.postalCode,
    phone,
    metadata: null,
  }
}

function nameParts(name: string | null): [string | null, string | null] {
  if (name === null) return [null, null]
  const [first = '', ...rest] = name.split(' ')
  return [first, rest.join(' ') || null]
}
