import { objectNamed } from '../../model/index.ts'
import { recordId } from '../../model/object.ts'
import { type Transaction, transaction } from '../../model/transaction.ts'
import { mapping } from '../mapping.ts'
import { type Context, clean, objectOf, type Payload } from '../rule.ts'
import { absent, computed, isoTime, link, upper, wordIn } from '../rules.ts'
import { amountIn, lower } from './person.ts'

/** An entry of a payout: what one payment, refund, dispute or fee did to it. */
export const squareTransaction = mapping(
  transaction,
  {
    partnerRecordId: 'id',
    created_date: isoTime('effective_at'),
    type: computed(['type'], 'by its type', typeOf),
    amount: 'gross_amount_money.amount',
    fee: computed(['fee_amount_money.amount'], 'none where it is not told', feeOf),
    net: 'net_amount_money.amount',
    currency: upper('gross_amount_money.currency'),
    fee_details: computed(['fee_amount_money'], 'as one', feesOf),
    exchange_rate: absent('there is no conversion'),
    source_object: computed(
      ['type'],
      'by what it is for',
      (entry) => sourceOf(entry)?.object ?? null,
    ),
    source_id: computed(
      [
        'type_charge_details.payment_id',
        'type_refund_details.refund_id',
        'type_dispute_details.dispute_id',
      ],
      'the payment, refund or dispute it is for',
      sourceIdOf,
    ),
    settlement_id: link('settlement', 'payout_id'),
    available_date: isoTime('effective_at'),
    description: lower('type'),
  },
  { title: 'Entry of a payout' },
)

type Type = NonNullable<Transaction['type']>

/** Square has some sixty types; these are about payments, refunds and disputes. */
const types: { readonly [type: string]: Type } = {
  CHARGE: 'payment',
  REFUND: 'refund',
  DISPUTE: 'dispute',
  OPEN_DISPUTE: 'dispute',
}

function typeOf({ type }: Payload): Type | null {
  return clean(type) === null ? null : (wordIn(types, type) ?? 'adjustment')
}

function feeOf({ fee_amount_money }: Payload): number {
  return amountIn(fee_amount_money) ?? 0
}

function feesOf(entry: Payload) {
  const amount = feeOf(entry)
  if (amount === 0) return []
  const code = clean(objectOf(entry.fee_amount_money)?.currency)
  const currency = (typeof code === 'string' ? code.toUpperCase() : code) as string | null
  return [{ type: 'processing', amount, currency, description: null }]
}

interface Source {
  readonly object: 'payment' | 'dispute'
  readonly id: string
}

function sourceOf(entry: Payload): Source | null {
  const named = (details: unknown, key: string) => clean(objectOf(details)?.[key])
  const refund = named(entry.type_refund_details, 'refund_id')
  const payment = refund ?? named(entry.type_charge_details, 'payment_id')
  if (typeof payment === 'string') return { object: 'payment', id: payment }
  const dispute =
    named(entry.type_dispute_details, 'dispute_id') ??
    named(entry.type_open_dispute_details, 'dispute_id')
  return typeof dispute === 'string' ? { object: 'dispute', id: dispute } : null
}

function sourceIdOf(entry: Payload, context: Context): string | null {
  const source = sourceOf(entry)
  return source && recordId(objectNamed(source.object), context, source.id)
}
