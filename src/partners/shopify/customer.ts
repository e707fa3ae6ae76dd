import { customer } from '../../model/customer.ts'
import { mapping } from '../mapping.ts'
import { absent, constant, isoTime, kept, oneOf, upper } from '../rules.ts'
import { legacyId } from './ids.ts'
import { addressAt, fullName, shownName } from './person.ts'

/**
 * A customer, whatever the state of the account: one that is disabled only has never logged in.
 * Without approval for protected customer data, everything that tells who it is comes as null.
 */
export const shopifyCustomer = mapping(
  customer,
  {
    partnerRecordId: legacyId,
    created_date: isoTime('createdAt'),
    name: oneOf(fullName, shownName, 'defaultAddress.name'),
    address: addressAt('defaultAddress'),
    email: 'defaultEmailAddress.emailAddress',
    phone: 'defaultPhoneNumber.phoneNumber',
    // Shopify keeps one address book; where a thing was sent to is told by its order.
    shipping_address: addressAt('defaultAddress'),
    shipping_name: 'defaultAddress.name',
    shipping_phone: 'defaultAddress.phone',
    payment_currency: upper('amountSpent.currencyCode'),
    external_account_id: kept(
      absent('no default'),
      'any active one: none is marked, none has a date',
    ),
    origin: constant('PARTNER'),
  },
  { title: 'Customer' },
)
