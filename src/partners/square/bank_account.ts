import { external_account } from '../../model/external_account.ts'
import { mapping } from '../mapping.ts'
import { clean, type Payload } from '../rule.ts'
import { absent, computed, constant, countryOf, fold, link, upper } from '../rules.ts'
import { lower } from './person.ts'

/** A bank account: the seller's own, or one that a customer lets be debited. */
export const squareBankAccount = mapping(
  external_account,
  {
    partnerRecordId: 'id',
    created_date: absent('not told'),
    type: constant('bank_account'),
    customer_id: link('customer', 'customer_id'),
    status: fold(
      'status',
      { VERIFICATION_IN_PROGRESS: 'other', VERIFIED: 'active', DISABLED: 'disabled' },
      'other',
    ),
    currency: upper('currency'),
    country: countryOf('country'),
    holder_name: 'holder_name',
    bank_account: {
      bank_name: 'bank_name',
      last4: ending('account_number_suffix'),
      routing_last4: ending('primary_bank_identification_number'),
      account_type: lower('account_type'),
    },
    card: absent('it is a bank account'),
    other: absent('it is a bank account'),
  },
  { title: 'Bank account' },
)

function ending(name: string) {
  return computed<string>([name], 'at most four characters', (payload: Payload) => {
    const text = clean(payload[name])
    return (typeof text === 'string' ? text.slice(-4) : text) as string | null // or refused
  })
}
