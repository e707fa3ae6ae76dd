import { settlement } from '../../model/settlement.ts'
import { mapping } from '../mapping.ts'
import { clean, objectOf, type Payload } from '../rule.ts'
import { absent, computed, fold, isoTime, link, upper } from '../rules.ts'

/** A payout; one by hand (SIMPLE) has no entries. */
export const squareSettlement = mapping(
  settlement,
  {
    partnerRecordId: 'id',
    created_date: isoTime('created_at'),
    amount: 'amount_money.amount',
    currency: upper('amount_money.currency'),
    status: fold('status', { SENT: 'in_transit', PAID: 'paid', FAILED: 'failed' }, 'other'),
    automatic: computed(['type'], 'a batch, rather than one transfer', ({ type }) =>
      clean(type) === null ? null : type === 'BATCH',
    ),
    arrival_date: isoTime('arrival_date'),
    funding_account: link(
      'external_account',
      computed(['destination.type', 'destination.id'], 'where it is a bank account', accountOf),
    ),
    statement_descriptor: 'end_to_end_id',
    failure_reason: absent('not told'),
  },
  { title: 'Payout' },
)

function accountOf({ destination }: Payload): string | null {
  const { type, id } = objectOf(destination) ?? {}
  return type === 'BANK_ACCOUNT' ? (clean(id) as string | null) : null // an id, or refused
}
