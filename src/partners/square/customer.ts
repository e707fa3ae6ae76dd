import { customer } from '../../model/customer.ts'
import { mapping } from '../mapping.ts'
import { absent, constant, isoTime, kept, oneOf } from '../rules.ts'
import { addressAt, nameAt } from './person.ts'

const none = absent('only an order or a payment tells')

/** A customer profile; one that Square made of a payment may hold next to nothing. */
export const squareCustomer = mapping(
  customer,
  {
    partnerRecordId: 'id',
    created_date: isoTime('created_at'),
    name: oneOf(nameAt(''), 'company_name', 'nickname'),
    address: addressAt('address'),
    email: 'email_address',
    phone: 'phone_number',
    shipping_address: none,
    shipping_name: none,
    shipping_phone: none,
    payment_currency: absent(
      "a location has one, a customer none: every charge is in the location's",
    ),
    external_account_id: kept(absent('no default'), 'the newest active card'),
    origin: constant('PARTNER'),
  },
  { title: 'Customer' },
)
