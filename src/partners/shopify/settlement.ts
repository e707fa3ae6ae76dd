import { settlement } from '../../model/settlement.ts'
import { mapping } from '../mapping.ts'
import { absent, constant, fold, isoTime, upper } from '../rules.ts'
import { money } from './amounts.ts'
import { legacyId } from './ids.ts'

/** A payout of Shopify Payments. */
export const shopifySettlement = mapping(
  settlement,
  {
    partnerRecordId: legacyId,
    created_date: isoTime('issuedAt'),
    amount: money('net'),
    currency: upper('net.currencyCode'),
    status: fold(
      'status',
      {
        SCHEDULED: 'pending',
        IN_TRANSIT: 'in_transit',
        PAID: 'paid',
        FAILED: 'failed',
        CANCELED: 'cancelled',
      },
      'other',
    ),
    // By schedule, whether money goes out or, from a balance in the red, comes in.
    automatic: constant(true),
    arrival_date: absent('only its day of issue is told'),
    funding_account: absent('a payout does not name its bank account'),
    statement_descriptor: absent('kept with the account, not with a payout'),
    failure_reason: absent('not told'),
  },
  { title: 'Payout' },
)
