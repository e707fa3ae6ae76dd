import type { Address, Buyer } from '../world/entities.ts'
import { links, localStamp, stamp } from './format.ts'
import type { Row, Shop } from './shop.ts'

type Json = Record<string, unknown>

export function renderCustomer(_shop: Shop, row: Row): Json {
  const buyer = row.thing as Buyer // customers are made of buyers
  const [first, last] = nameParts(buyer.name)
  // Some fill in their account, some only the form of the till.
  const own = row.id % 5 !== 0
  return {
    id: row.id,
    date_created: localStamp(row.created),
    date_created_gmt: stamp(row.created),
    date_modified: localStamp(row.modified),
    date_modified_gmt: stamp(row.modified),
    email: buyer.email ?? '',
    first_name: own ? first : '',
    last_name: own ? last : '',
    role: row.id % 17 === 0 ? 'subscriber' : 'customer',
    username: `user${row.id}`,
    billing: billingOf(buyer),
    shipping: shippingOf(buyer),
    is_paying_customer: true,
    avatar_url: 'https://garden.example/avatar.png',
    meta_data: [],
    _links: links('customers', row.id),
  }
}

export function billingOf(buyer: Buyer): Json {
  const [first_name, last_name] = nameParts(buyer.name)
  const { email, phone, address } = buyer
  return {
    first_name,
    last_name,
    company: buyer.labels.tier === 'gold' ? 'Gold Ltd' : '',
    ...addressOf(address),
    email: email ?? '',
    phone: phone ?? '',
  }
}

export function shippingOf({ shipping }: Buyer): Json {
  const [first_name, last_name] = nameParts(shipping?.name ?? null)
  const phone = shipping?.phone ?? ''
  return { first_name, last_name, company: '', ...addressOf(shipping?.address ?? null), phone }
}

// What is not known is never null here.
function addressOf(address: Address | null): Json {
  return {
    address_1: address?.line1 ?? '',
    address_2: address?.line2 ?? '',
    city: address?.city ?? '',
    postcode: address?.postalCode ?? '',
    country: address?.country ?? '',
    state: address?.state ?? '',
  }
}

function nameParts(name: string | null): [string, string] {
  const [first = '', ...rest] = (name ?? '').split(' ')
  return [first, rest.join(' ')]
}
