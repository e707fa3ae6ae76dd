import { settlement } from '../../model/settlement.ts'
import { mapping } from '../mapping.ts'
import { absent, constant, fold, isoTime, upper } from '../rules.ts'

export const gocardlessSettlement = mapping(
  settlement,
  {
    partnerRecordId: 'id',
    created_date: isoTime('created_at'),
    amount: 'amount',
    currency: upper('currency'),
    status: fold('status', { pending: 'in_transit', paid: 'paid', bounced: 'failed' }, 'other'),
    automatic: constant(true),
    arrival_date: isoTime('arrival_date'),
    funding_account: absent("the seller's own accounts are not read"),
    statement_descriptor: 'reference',
    failure_reason: absent('not told'),
  },
  { title: 'Payout' },
)
