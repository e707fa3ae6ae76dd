import { settlement } from '../../model/settlement.ts'
import { mapping } from '../mapping.ts'
import { absent, computed, fold, isoTime } from '../rules.ts'
import { amountIn, currencyAt, negated } from './amounts.ts'
import { infoOf, kindOf } from './event_codes.ts'

const swept = 'T0401'

/** Money that the seller, or a schedule of theirs, took to a bank account. */
export const paypalSettlement = mapping(
  settlement,
  {
    partnerRecordId: 'transaction_info.transaction_id',
    created_date: isoTime('transaction_info.transaction_initiation_date'),
    amount: computed(['transaction_info.transaction_amount.value'], 'above zero', (row) =>
      negated(amountIn(infoOf(row).transaction_amount)),
    ),
    currency: currencyAt('transaction_info.transaction_amount'),
    status: fold(
      'transaction_info.transaction_status',
      { S: 'paid', P: 'in_transit', D: 'failed', V: 'failed' },
      'other',
    ),
    automatic: computed(
      ['transaction_info.transaction_event_code'],
      `whether it is ${swept}`,
      (row) => infoOf(row).transaction_event_code === swept,
    ),
    arrival_date: absent('not told'),
    funding_account: absent('the bank account is not named'),
    statement_descriptor: absent('not told'),
    failure_reason: absent('not told'),
  },
  { title: 'Withdrawal to a bank', when: (row) => kindOf(row) === 'withdrawal' },
)
