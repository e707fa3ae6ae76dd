import { objectNamed } from '../../model/index.ts'
import { recordId } from '../../model/object.ts'
import { type Transaction, transaction } from '../../model/transaction.ts'
import { mapping } from '../mapping.ts'
import { type Context, clean, objectOf, type Payload } from '../rule.ts'
import { absent, computed, isoTime, link, upper } from '../rules.ts'
import { amountOf, money } from './amounts.ts'
import { gidOf, numberIn } from './ids.ts'

/** A movement on the balance at Shopify Payments. */
export const shopifyTransaction = mapping(
  transaction,
  {
    partnerRecordId: 'id',
    created_date: isoTime('transactionDate'),
    type: computed(['type'], 'by its type; of what is none of ours, an adjustment', typeOf),
    amount: money('amount'),
    fee: money('fee'),
    net: money('net'),
    currency: upper('amount.currencyCode'),
    fee_details: computed(['fee'], 'as one', feesOf),
    exchange_rate: absent('told by the transaction of the order only'),
    source_object: computed(['sourceType', 'type'], 'by what it is for', (payload) => {
      return sourceOf(payload)?.object ?? null
    }),
    source_id: computed(
      ['sourceOrderTransactionId', 'sourceId'],
      'the payment, dispute or payout it is for',
      sourceIdOf,
    ),
    settlement_id: link(
      'settlement',
      computed(['associatedPayout.id'], 'unless it is that payout itself', payoutOf),
    ),
    available_date: absent('only a filter of its lists knows it'),
    description: 'adjustmentReason',
  },
  { title: 'Balance transaction' },
)

type Type = NonNullable<Transaction['type']>

/** Shopify has some ninety types; these are about payments, disputes and payouts. */
const types: { readonly [type: string]: Type } = {
  CHARGE: 'payment',
  REFUND: 'refund',
  REFUND_FAILURE: 'refund',
  REFUND_ADJUSTMENT: 'refund',
  DISPUTE_WITHDRAWAL: 'dispute',
  DISPUTE_REVERSAL: 'dispute',
  CHARGEBACK_HOLD: 'dispute',
  CHARGEBACK_HOLD_RELEASE: 'dispute',
  CHARGEBACK_FEE: 'dispute',
  CHARGEBACK_FEE_REFUND: 'dispute',
  TRANSFER: 'settlement',
  TRANSFER_CANCEL: 'settlement',
  TRANSFER_FAILURE: 'settlement',
  TRANSFER_REFUND: 'settlement',
}

function typeOf({ type }: Payload): Type | null {
  if (clean(type) === null) return null
  return typeof type === 'string' && Object.hasOwn(types, type)
    ? (types[type] as Type)
    : 'adjustment'
}

function feesOf({ fee }: Payload) {
  const amount = amountOf(fee)
  if (amount === 0 || amount === null) return []
  const currency = clean(objectOf(fee)?.currencyCode) as string | null // a code, or refused
  return [{ type: 'processing', amount, currency, description: null }]
}

interface Source {
  readonly object: 'payment' | 'dispute' | 'settlement'
  readonly id: string
}

/** Numbers come as texts or as numbers, as large integers do. */
function numberOf(value: unknown): string | null {
  const text = typeof value === 'number' || typeof value === 'string' ? String(value) : ''
  return /^[1-9]\d*$/.test(text) ? text : null
}

function sourceOf({ sourceType, sourceId, sourceOrderTransactionId }: Payload): Source | null {
  const source = numberOf(sourceId)
  const ordered = numberOf(sourceOrderTransactionId)
  if (sourceType === 'DISPUTE' && source !== null) return { object: 'dispute', id: source }
  if (sourceType === 'TRANSFER' && source !== null) return { object: 'settlement', id: source }
  if ((sourceType === 'CHARGE' || sourceType === 'REFUND') && ordered !== null) {
    return { object: 'payment', id: gidOf('OrderTransaction', ordered) }
  }
  return null
}

function sourceIdOf(payload: Payload, context: Context): string | null {
  const source = sourceOf(payload)
  return source && recordId(objectNamed(source.object), context, source.id)
}

function payoutOf(payload: Payload): string | null {
  const payout = numberIn(objectOf(payload.associatedPayout)?.id)
  const source = sourceOf(payload)
  return source?.object === 'settlement' && source.id === payout ? null : payout
}
