import { external_account } from '../../model/external_account.ts'
import { mapping } from '../mapping.ts'
import { absent, computed, constant, countryOf, isoTime, link, upper } from '../rules.ts'

/** A buyer's bank account, of which GoCardless shows the end of the number only. */
export const gocardlessBankAccount = mapping(
  external_account,
  {
    partnerRecordId: 'id',
    created_date: isoTime('created_at'),
    type: constant('bank_account'),
    customer_id: link('customer', 'links.customer'),
    status: computed(['enabled'], 'enabled or not', ({ enabled }) =>
      enabled === false ? 'disabled' : 'active',
    ),
    currency: upper('currency'),
    country: countryOf('country_code'),
    holder_name: 'account_holder_name',
    bank_account: {
      bank_name: 'bank_name',
      last4: computed(
        ['account_number_ending'],
        'at most four characters',
        ({ account_number_ending }) =>
          typeof account_number_ending === 'string'
            ? account_number_ending.slice(-4) || null
            : null,
      ),
      routing_last4: absent('not shown'),
      account_type: 'account_type',
    },
    card: absent('it is a bank account'),
    other: absent('it is a bank account'),
  },
  { title: "Customer's bank account" },
)
