import { external_account } from '../../model/external_account.ts'
import { mapping } from '../mapping.ts'
import { absent, computed, constant, isoTime, link } from '../rules.ts'
import { lower } from './person.ts'

/** A card on file. */
export const squareCard = mapping(
  external_account,
  {
    partnerRecordId: 'id',
    created_date: isoTime('created_at'),
    type: constant('card'),
    customer_id: link('customer', 'customer_id'),
    status: computed(['enabled'], 'enabled or not', ({ enabled }) =>
      enabled === false ? 'disabled' : 'active',
    ),
    currency: absent('not told'),
    country: absent('only that of a billing address is told'),
    holder_name: 'cardholder_name',
    bank_account: absent('it is a card'),
    card: {
      brand: lower('card_brand'),
      last4: 'last_4',
      exp_month: 'exp_month',
      exp_year: 'exp_year',
      funding: lower('card_type'),
      fingerprint: 'fingerprint',
    },
    other: absent('it is a card'),
  },
  { title: 'Card on file' },
)
