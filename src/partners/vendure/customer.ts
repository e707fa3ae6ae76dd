import { customer } from '../../model/customer.ts'
import { mapping } from '../mapping.ts'
import { absent, computed, constant, idText, isoTime } from '../rules.ts'
import { addressAt, defaultAddress, nameIn, part } from './person.ts'

const billing = {
  note: 'of the default for billing, else the first',
  find: defaultAddress('defaultBillingAddress'),
}
const shipping = {
  note: 'of the default for shipping',
  find: defaultAddress('defaultShippingAddress'),
}

/** A customer, with a user or, as a guest, without. */
export const vendureCustomer = mapping(
  customer,
  {
    partnerRecordId: idText('id'),
    created_date: isoTime('createdAt'),
    name: computed(['firstName', 'lastName'], 'first and last name', nameIn),
    address: addressAt('addresses[]', 'country.code', billing),
    email: 'emailAddress',
    phone: 'phoneNumber',
    shipping_address: addressAt('addresses[]', 'country.code', shipping),
    shipping_name: part('addresses[]', 'fullName', shipping.note, shipping.find),
    shipping_phone: part('addresses[]', 'phoneNumber', shipping.note, shipping.find),
    payment_currency: computed(
      [],
      "the channel's",
      (_payload, { facts }) => facts?.currency ?? null,
    ),
    external_account_id: absent('payment handlers keep them'),
    origin: constant('PARTNER'),
  },
  { title: 'Customer' },
)
