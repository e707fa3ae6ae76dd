import { customer } from '../../model/customer.ts'
import { mapping } from '../mapping.ts'
import { constant, countryOf, kept, link, oneOf, unixTime, upper } from '../rules.ts'

export const stripeCustomer = mapping(
  customer,
  {
    partnerRecordId: 'id',
    created_date: unixTime('created'),
    name: oneOf('name', 'business_name', 'individual_name'),
    address: {
      city: 'address.city',
      postal_code: 'address.postal_code',
      country: countryOf('address.country'),
      line1: 'address.line1',
      line2: 'address.line2',
      state: 'address.state',
    },
    email: 'email',
    phone: 'phone',
    shipping_address: {
      city: 'shipping.address.city',
      postal_code: 'shipping.address.postal_code',
      country: countryOf('shipping.address.country'),
      line1: 'shipping.address.line1',
      line2: 'shipping.address.line2',
      state: 'shipping.address.state',
    },
    shipping_name: 'shipping.name',
    shipping_phone: 'shipping.phone',
    payment_currency: upper('currency'),
    external_account_id: kept(
      link('external_account', oneOf('invoice_settings.default_payment_method', 'default_source')),
      'where Stripe names no default, the newest active instrument stays',
    ),
    origin: constant('PARTNER'),
  },
  { title: 'Customer' },
)
