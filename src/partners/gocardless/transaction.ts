import { objectNamed } from '../../model/index.ts'
import { recordId } from '../../model/object.ts'
import { transaction } from '../../model/transaction.ts'
import { among, mapping } from '../mapping.ts'
import { type Context, objectOf, type Payload } from '../rule.ts'
import { absent, computed, isoTime, link } from '../rules.ts'
import { type Movement, movementsOf } from './movements.ts'

/** Partner id of the movement of one thing in one payout. */
export function transactionKey(payout: string, type: string, id: string): string {
  return `${payout}:${type}:${id}`
}

/** What a payout pays out, a payment or refund at a time, with its share of the fees. */
export const gocardlessTransaction = among(
  'items',
  (payout) => movementsOf(payout).map((movement) => ({ ...movement, whole: payout })),
  mapping(
    transaction,
    {
      partnerRecordId: computed(['links'], 'payout, kind and what it is for', keyOf),
      created_date: isoTime('whole.created_at'),
      type: computed(['type'], 'by the kind of item', ({ type }) => type as Movement['type']),
      amount: computed(['amount'], 'exact, added up', ({ amount }) => amount as number),
      fee: computed(
        ['amount'],
        'its share, so that the payout adds up',
        ({ fee }) => fee as number,
      ),
      net: computed(
        ['amount'],
        'amount less fee',
        ({ amount, fee }) => Number(amount) - Number(fee),
      ),
      currency: 'whole.currency',
      fee_details: computed(['amount'], 'as one', feesOf),
      exchange_rate: absent('told of the payout only'),
      source_object: computed(
        ['type'],
        'by the kind of item',
        ({ source }) => objectOf(source)?.object as never,
      ),
      source_id: computed(['links'], 'the payment or refund', sourceIdOf),
      settlement_id: link('settlement', 'whole.id'),
      available_date: isoTime('whole.created_at'),
      description: absent('none'),
    },
    { title: 'Items of a payout' },
  ),
)

function keyOf({ type, key, whole }: Payload): string | null {
  const payout = objectOf(whole)?.id
  return typeof payout === 'string' ? transactionKey(payout, String(type), String(key)) : null
}

function feesOf({ fee, whole }: Payload) {
  const currency = objectOf(whole)?.currency as string // read as the transaction's own
  if (fee === 0) return []
  return [{ type: 'processing', amount: fee as number, currency, description: null }]
}

function sourceIdOf({ source }: Payload, context: Context): string | null {
  const { object, id } = objectOf(source) ?? {}
  if (typeof object !== 'string' || typeof id !== 'string') return null
  return recordId(objectNamed(object), context, id)
}
