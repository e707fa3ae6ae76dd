import type { Address, Buyer } from '../world/entities.ts'
import { stamp } from './format.ts'
import type { Json, Row, VendureServer } from './server.ts'

export function renderCustomer(_server: VendureServer, row: Row): Json {
  const buyer = row.thing as Buyer // customers are made of buyers
  const [firstName = '', ...rest] = (buyer.name ?? '').split(' ')
  return {
    id: row.id,
    createdAt: stamp(row.created),
    updatedAt: stamp(row.updated),
    title: Number(row.id) % 9 === 0 ? 'Dr' : null,
    firstName,
    lastName: rest.join(' '),
    phoneNumber: buyer.phone,
    emailAddress: emailOf(buyer),
    user: buyer.guest ? null : { id: `${Number(row.id) + 1}` },
    addresses: addressesOf(row, buyer),
  }
}

// Nobody can order without one.
export function emailOf({ email, key }: Buyer): string {
  return email ?? `${key}@unknown.example`
}

function addressesOf(row: Row, { name, phone, address, shipping }: Buyer): Json[] {
  const id = (place: number) => `${Number(row.id) * 10 + place}`
  // Some have marked none of their addresses.
  const marked = Number(row.id) % 5 !== 0
  const own = address && {
    id: id(1),
    ...addressOf(address, { name, phone }),
    country: { code: address.country },
    defaultShippingAddress: false,
    defaultBillingAddress: marked,
  }
  const away = shipping && {
    id: id(2),
    ...addressOf(shipping.address, shipping),
    country: { code: shipping.address.country },
    defaultShippingAddress: true,
    defaultBillingAddress: false,
  }
  return [own, away].filter((one) => one !== null)
}

// What is not known is sometimes "" here.
export function addressOf(
  address: Address,
  { name, phone }: { name: string | null; phone: string | null },
): Json {
  return {
    fullName: name ?? '',
    company: '',
    streetLine1: address.line1 ?? '',
    streetLine2: address.line2 ?? '',
    city: address.city ?? '',
    province: address.state ?? '',
    postalCode: address.postalCode ?? '',
    phoneNumber: phone ?? '',
  }
}
