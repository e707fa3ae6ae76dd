import { customer } from '../../model/customer.ts'
import { mapping } from '../mapping.ts'
import { clean, type Payload } from '../rule.ts'
import { absent, computed, constant, countryOf, isoTime, kept, oneOf } from '../rules.ts'

const none = absent('nothing is delivered')

export const gocardlessCustomer = mapping(
  customer,
  {
    partnerRecordId: 'id',
    created_date: isoTime('created_at'),
    name: oneOf(
      computed(['given_name', 'family_name'], 'first and last name', nameOf),
      'company_name',
    ),
    address: {
      city: 'city',
      postal_code: 'postal_code',
      country: countryOf('country_code'),
      line1: 'address_line1',
      line2: computed(['address_line2', 'address_line3'], 'second and third line', furtherLines),
      state: 'region',
    },
    email: 'email',
    phone: 'phone_number',
    shipping_address: none,
    shipping_name: none,
    shipping_phone: none,
    payment_currency: absent('a mandate has one, a customer none'),
    // GoCardless names no default; ingest fills in the newest active one.
    external_account_id: kept(absent('no default'), 'the newest active one'),
    origin: constant('PARTNER'),
  },
  { title: 'Customer' },
)

function nameOf({ given_name, family_name }: Payload): string | null {
  return joined([given_name, family_name], ' ')
}

function furtherLines({ address_line2, address_line3 }: Payload): string | null {
  return joined([address_line2, address_line3], ', ')
}

function joined(parts: readonly unknown[], by: string): string | null {
  const known = parts.map(clean).filter((part) => typeof part === 'string')
  return known.length === 0 ? null : known.join(by)
}
