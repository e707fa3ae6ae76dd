import { settlement } from '../../model/settlement.ts'
import { mapping } from '../mapping.ts'
import { fold, link, oneOf, unixTime, upper } from '../rules.ts'
import { amountAt } from './amount.ts'

/** A payout, with its destination expanded. */
export const stripeSettlement = mapping(
  settlement,
  {
    partnerRecordId: 'id',
    created_date: unixTime('created'),
    amount: amountAt('amount'),
    currency: upper('currency'),
    status: fold(
      'status',
      {
        pending: 'pending',
        in_transit: 'in_transit',
        paid: 'paid',
        failed: 'failed',
        canceled: 'cancelled',
      },
      'other',
    ),
    automatic: 'automatic',
    arrival_date: unixTime('arrival_date'),
    funding_account: link('external_account', 'destination'),
    statement_descriptor: 'statement_descriptor',
    failure_reason: oneOf('failure_code', 'failure_message'),
  },
  { title: 'Payout' },
)
