import { customer } from '../../model/customer.ts'
import { mapping } from '../mapping.ts'
import { absent, computed, constant, idText, isoTime, oneOf } from '../rules.ts'
import { addressAt, fullName, nameIn } from './person.ts'

/** A user of the shop's, whatever the role. */
export const wooCustomer = mapping(
  customer,
  {
    partnerRecordId: idText('id'),
    created_date: isoTime('date_created_gmt'),
    name: oneOf(
      computed(['first_name', 'last_name'], 'first and last name', nameIn),
      fullName('billing'),
      'billing.company',
      'username',
    ),
    address: addressAt('billing'),
    email: oneOf('email', 'billing.email'),
    phone: 'billing.phone',
    shipping_address: addressAt('shipping'),
    shipping_name: fullName('shipping'),
    shipping_phone: 'shipping.phone',
    payment_currency: computed([], "the shop's", (_payload, { facts }) => facts?.currency ?? null),
    external_account_id: absent('cards are kept by the payment gateway'),
    origin: constant('PARTNER'),
  },
  { title: 'Customer' },
)
