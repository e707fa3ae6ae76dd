import { external_account } from '../../model/external_account.ts'
import { mapping } from '../mapping.ts'
import { absent, constant, countryOf, fold, isoTime, upper } from '../rules.ts'

/** Where Shopify Payments pays out to: the seller's own. */
export const shopifyBankAccount = mapping(
  external_account,
  {
    partnerRecordId: 'id',
    created_date: isoTime('createdAt'),
    type: constant('bank_account'),
    customer_id: absent("it is the seller's own"),
    status: fold(
      'status',
      { NEW: 'active', VALIDATED: 'active', VERIFIED: 'active', ERRORED: 'disabled' },
      'other',
    ),
    currency: upper('currency'),
    country: countryOf('country'),
    holder_name: absent('not told'),
    bank_account: {
      bank_name: 'bankName',
      last4: 'accountNumberLastDigits',
      routing_last4: absent('not told'),
      account_type: absent('not told'),
    },
    card: absent('it is a bank account'),
    other: absent('it is a bank account'),
  },
  { title: "The seller's bank account" },
)
