import { objectNamed } from '../../model/index.ts'
import { recordId } from '../../model/object.ts'
import { type Transaction, transaction } from '../../model/transaction.ts'
import { mapping } from '../mapping.ts'
import { minorUnits, stripeMoney } from '../money.ts'
import { type Context, objectOf, type Payload } from '../rule.ts'
import { computed, each, fold, link, referenceId, unixTime, upper, wordIn } from '../rules.ts'
import { amountAt } from './amount.ts'
import { paymentKey } from './charge.ts'

/** A balance transaction, with its source expanded. */
export const stripeTransaction = mapping(
  transaction,
  {
    partnerRecordId: 'id',
    created_date: unixTime('created'),
    type: computed(['reporting_category', 'type'], 'by category, else by type', typeOf),
    amount: amountAt('amount'),
    fee: amountAt('fee'),
    net: amountAt('net'),
    currency: upper('currency'),
    fee_details: each('fee_details', {
      type: fold(
        'type',
        {
          stripe_fee: 'processing',
          application_fee: 'application',
          payment_method_passthrough_fee: 'passthrough',
          tax: 'tax',
          withheld_tax: 'tax',
        },
        'other',
      ),
      amount: minorUnits('amount', 'currency', stripeMoney),
      currency: upper('currency'),
      description: 'description',
    }),
    exchange_rate: 'exchange_rate',
    source_object: computed(['source'], "by the source's object", sourceObjectOf),
    source_id: computed(['source'], "a charge counts as its intent's payment", sourceIdOf),
    settlement_id: link(
      'settlement',
      computed(['source'], 'the payout it was listed under, unless it is that payout', payoutOf),
    ),
    available_date: unixTime('available_on'),
    description: 'description',
  },
  { title: 'Balance transaction' },
)

type Type = NonNullable<Transaction['type']>
type SourceObject = NonNullable<Transaction['source_object']>

const categories: { readonly [category: string]: Type } = {
  charge: 'payment',
  charge_failure: 'payment',
  refund: 'refund',
  refund_failure: 'refund',
  partial_capture_reversal: 'refund',
  dispute: 'dispute',
  dispute_reversal: 'dispute',
  payout: 'settlement',
  payout_reversal: 'settlement',
}

const types: { readonly [type: string]: Type } = {
  charge: 'payment',
  payment: 'payment',
  payment_failure_refund: 'payment',
  payment_reversal: 'payment',
  refund: 'refund',
  payment_refund: 'refund',
  refund_failure: 'refund',
  payout: 'settlement',
  payout_cancel: 'settlement',
  payout_failure: 'settlement',
}

function typeOf({ reporting_category, type }: Payload): Type {
  return wordIn(categories, reporting_category) ?? wordIn(types, type) ?? 'adjustment'
}

const objects: { readonly [object: string]: SourceObject } = {
  charge: 'payment',
  refund: 'payment',
  dispute: 'dispute',
  payout: 'settlement',
}

// What an id says where the source is only named.
const prefixes: { readonly [prefix: string]: string } = {
  ch: 'charge',
  py: 'charge',
  re: 'refund',
  pyr: 'refund',
  dp: 'dispute',
  du: 'dispute',
  po: 'payout',
}

function kindOf(source: unknown): string {
  if (typeof source === 'string')
    return wordIn(prefixes, source.slice(0, source.indexOf('_'))) ?? ''
  return String(objectOf(source)?.object ?? '')
}

function sourceObjectOf({ source }: Payload): SourceObject | null {
  return wordIn(objects, kindOf(source)) ?? null
}

function sourceIdOf({ source }: Payload, context: Context): string | null | undefined {
  const kind = kindOf(source)
  const target = wordIn(objects, kind)
  if (!target) return null
  // The name of a charge alone does not tell whether it belongs to an intent.
  if (kind === 'charge' && typeof source === 'string') return undefined
  const named = kind === 'charge' ? paymentKey(source as Payload) : referenceId(source)
  return named === null ? null : recordId(objectNamed(target), context, named)
}

/** A payout's list holds the payout's own movement too, which is not among what it pays out. */
function payoutOf({ source }: Payload, context: Context): string | null | undefined {
  const payout = context.parent?.payout
  return payout !== undefined && referenceId(source) === payout ? null : payout
}
