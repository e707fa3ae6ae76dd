import { recordId } from '../../model/object.ts'
import { payment } from '../../model/payment.ts'
import { settlement } from '../../model/settlement.ts'
import { type Transaction, transaction } from '../../model/transaction.ts'
import { mapping } from '../mapping.ts'
import { type Context, clean, objectOf, type Payload } from '../rule.ts'
import { absent, computed, isoTime } from '../rules.ts'
import { amountIn, currencyAt, negated } from './amounts.ts'
import { hasMoved, idIn, infoOf, type Kind, kindOf, meaningOf, referenceTo } from './event_codes.ts'

const code = 'transaction_info.transaction_event_code'
const amounts = ['transaction_info.transaction_amount.value', 'transaction_info.fee_amount.value']
const reference = 'transaction_info.paypal_reference_id'

/** A row of the report that moved the balance. */
export const paypalTransaction = mapping(
  transaction,
  {
    partnerRecordId: computed(
      ['transaction_info.transaction_id', code],
      'id and event code: an id may be listed with several',
      transactionKey,
    ),
    created_date: isoTime('transaction_info.transaction_initiation_date'),
    type: computed([code], 'by event code', (row) => types[kindOf(row)]),
    amount: computed(amounts, 'signed; 0 where the whole row is a fee', amountOf),
    fee: computed(amounts, 'what was taken out, above zero', feeOf),
    net: computed(amounts, 'amount less fee', netOf),
    currency: currencyAt('transaction_info.transaction_amount'),
    fee_details: computed(amounts, 'as one, named by the event code', feesOf),
    exchange_rate: absent('conversions are rows of their own'),
    source_object: computed([code], 'by event code', (row) => sourceOf(row)?.object ?? null),
    source_id: computed(
      ['transaction_info.transaction_id', reference],
      'itself, else the transaction it refers to',
      sourceIdOf,
    ),
    settlement_id: absent('a withdrawal takes from the balance, not from transactions'),
    available_date: absent('at once, unless a hold of its own says otherwise'),
    description: computed(
      ['transaction_info.transaction_subject', 'transaction_info.transaction_note', code],
      'its subject, else its note, else what the code means',
      descriptionOf,
    ),
  },
  { title: 'Row of the report', when: (row) => hasMoved(row) && idIn(row) !== null },
)

const types: { readonly [K in Kind]: NonNullable<Transaction['type']> } = {
  payment: 'payment',
  refund: 'refund',
  withdrawal: 'settlement',
  'returned withdrawal': 'settlement',
  fee: 'adjustment',
  other: 'adjustment',
}

/** The same id may be listed with several event codes: a hold and its release. */
export function transactionKey(row: Payload): string | null {
  const id = idIn(row)
  return id === null ? null : `${id}:${infoOf(row).transaction_event_code}`
}

/** Where the whole row is a fee, nothing was paid that it could be taken out of. */
function amountOf(row: Payload): number | null {
  const { transaction_amount } = infoOf(row)
  const amount = amountIn(transaction_amount)
  return kindOf(row) === 'fee' && typeof amount === 'number' ? 0 : amount
}

function feeOf(row: Payload): number | null {
  const { transaction_amount, fee_amount } = infoOf(row)
  const whole = kindOf(row) === 'fee' ? amountIn(transaction_amount) : 0
  const taken = amountIn(fee_amount) ?? 0
  const total = typeof whole === 'number' && typeof taken === 'number' ? whole + taken : null
  // A fee in another currency than the amount cannot be taken out of it.
  const given = objectOf(fee_amount)?.currency_code
  const isApart = given !== undefined && given !== objectOf(transaction_amount)?.currency_code
  return isApart ? (fee_amount as null) : negated(total) // what is no amount is refused
}

function netOf(row: Payload): number | null {
  const [amount, fee] = [amountOf(row), feeOf(row)]
  return typeof amount === 'number' && typeof fee === 'number' ? amount - fee : null
}

function feesOf(row: Payload) {
  const { transaction_event_code, transaction_amount } = infoOf(row)
  const amount = feeOf(row)
  if (amount === 0) return []
  const isFee = kindOf(row) === 'fee'
  const { text } = meaningOf(transaction_event_code)
  const currency = (objectOf(transaction_amount)?.currency_code ?? null) as string | null // as above
  return [
    { type: isFee ? 'other' : 'processing', amount, currency, description: isFee ? text : null },
  ]
}

interface Source {
  readonly object: NonNullable<Transaction['source_object']>
  readonly id: string
}

function sourceOf(row: Payload): Source | null {
  const kind = kindOf(row)
  const named = referenceTo('TXN', row)
  const id = idIn(row) ?? ''
  if (kind === 'payment' || kind === 'refund') return { object: 'payment', id }
  if (kind === 'withdrawal') return { object: 'settlement', id }
  if (named === null) return null
  return { object: kind === 'returned withdrawal' ? 'settlement' : 'payment', id: named }
}

function sourceIdOf(row: Payload, context: Context): string | null {
  const source = sourceOf(row)
  if (source === null) return null
  return recordId(source.object === 'settlement' ? settlement : payment, context, source.id)
}

function descriptionOf(row: Payload): string | null {
  const { transaction_subject, transaction_note, transaction_event_code } = infoOf(row)
  const told = clean(transaction_subject) ?? clean(transaction_note)
  const { kind, text } = meaningOf(transaction_event_code)
  const isSent = kind === 'payment' && kindOf(row) === 'other'
  return (told ?? (isSent ? 'Payment sent' : text)) as string // validation refuses others
}
