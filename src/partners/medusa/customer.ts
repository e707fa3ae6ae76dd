import { customer } from '../../model/customer.ts'
import { mapping } from '../mapping.ts'
import { absent, computed, constant, isoTime, oneOf } from '../rules.ts'
import { addressAt, defaultAddress, nameIn, part } from './person.ts'

const billing = defaultAddress('is_default_billing')
const shipping = defaultAddress('is_default_shipping')
const billingNote = 'of the default for billing, else the first'
const shippingNote = 'of the default for shipping'

/** A customer, with an account or without. */
export const medusaCustomer = mapping(
  customer,
  {
    partnerRecordId: 'id',
    created_date: isoTime('created_at'),
    name: oneOf(
      computed(['first_name', 'last_name'], 'first and last name', nameIn),
      'company_name',
    ),
    address: addressAt('addresses[]', billingNote, billing),
    email: 'email',
    phone: 'phone',
    shipping_address: addressAt('addresses[]', shippingNote, shipping),
    shipping_name: computed(
      ['addresses[].first_name', 'addresses[].last_name'],
      shippingNote,
      (one) => nameIn(shipping(one)),
    ),
    shipping_phone: part('addresses[]', 'phone', shippingNote, shipping),
    payment_currency: absent('a region has one, a customer none'),
    external_account_id: absent('payment providers keep them'),
    origin: constant('PARTNER'),
  },
  { title: 'Customer' },
)
