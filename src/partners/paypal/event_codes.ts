import { objectOf, type Payload } from '../rule.ts'
import { wordIn } from '../rules.ts'

/** What a row of the report is. */
export type Kind = 'payment' | 'refund' | 'fee' | 'withdrawal' | 'returned withdrawal' | 'other'

export interface EventCode {
  readonly kind: Kind
  /** What it is called in words. */
  readonly text: string
}

/** By the two digits after the T; PayPal says that they are enough to reconcile by. */
const groups: { readonly [group: string]: EventCode } = {
  '00': { kind: 'payment', text: 'Payment' },
  '01': { kind: 'fee', text: 'Fee apart from a payment' },
  '02': { kind: 'other', text: 'Currency conversion' },
  '03': { kind: 'other', text: 'Deposit from a bank' },
  '04': { kind: 'withdrawal', text: 'Withdrawal to a bank' },
  '05': { kind: 'other', text: 'Debit card' },
  '06': { kind: 'other', text: 'Withdrawal to a credit card' },
  '07': { kind: 'other', text: 'Deposit from a credit card' },
  '08': { kind: 'other', text: 'Bonus' },
  '09': { kind: 'other', text: 'Incentive' },
  '10': { kind: 'other', text: 'Bill payment' },
  '11': { kind: 'other', text: 'Reversal' },
  '12': { kind: 'other', text: 'Adjustment' },
  '13': { kind: 'other', text: 'Authorisation' },
  '14': { kind: 'other', text: 'Dividend' },
  '15': { kind: 'other', text: 'Hold of the balance' },
  '16': { kind: 'other', text: 'Deposit from buyer credit' },
  '17': { kind: 'other', text: 'Withdrawal to other than a bank' },
  '18': { kind: 'other', text: 'Withdrawal to buyer credit' },
  '19': { kind: 'other', text: 'Correction of the account' },
  '20': { kind: 'other', text: 'Transfer between accounts' },
  '21': { kind: 'other', text: 'Reserve or hold, or its release' },
  '22': { kind: 'other', text: 'Transfer' },
}

/** Codes that mean something else than their group, or say it more exactly. */
const exact: { readonly [code: string]: EventCode } = {
  T0106: { kind: 'fee', text: 'Chargeback fee' },
  T0107: { kind: 'fee', text: 'Payment fee' },
  T1101: { kind: 'returned withdrawal', text: 'Withdrawal returned by the bank' },
  T1106: { kind: 'other', text: 'Payment reversed by PayPal' },
  T1107: { kind: 'refund', text: 'Refund' },
  T1108: { kind: 'fee', text: 'Fee reversed' },
  T1109: { kind: 'fee', text: 'Fee refunded' },
  T1110: { kind: 'other', text: 'Hold for a dispute' },
  T1111: { kind: 'other', text: 'Hold for a dispute released' },
  T1113: { kind: 'refund', text: 'Refund that names no payment' },
  T1201: { kind: 'other', text: 'Chargeback' },
  T1202: { kind: 'other', text: 'Chargeback reversed' },
  T1207: { kind: 'other', text: 'Chargeback representment refused' },
  T1208: { kind: 'other', text: 'Chargeback cancelled' },
  T2103: { kind: 'other', text: 'Reserve' },
  T2104: { kind: 'other', text: 'Reserve released' },
}

const unknown: EventCode = { kind: 'other', text: 'Unknown' }

/** What a code means; of one that is not known, what its group means. */
export function meaningOf(code: unknown): EventCode {
  const group = typeof code === 'string' ? code.slice(1, 3) : ''
  return wordIn(exact, code) ?? wordIn(groups, group) ?? unknown
}

/** The part of a row that says what happened. */
export function infoOf(row: Payload): Payload {
  return objectOf(row.transaction_info) ?? {}
}

/** Whether money left the account. */
export function isDebit({ transaction_amount }: Payload): boolean {
  return String(objectOf(transaction_amount)?.value).startsWith('-')
}

/**
 * What a row is to the seller: money that a seller sends is no buyer's payment, and money that comes
 * back to one no refund of a buyer's.
 */
export function kindOf(row: Payload): Kind {
  const info = infoOf(row)
  const { kind } = meaningOf(info.transaction_event_code)
  if (kind === 'payment' && isDebit(info)) return 'other'
  return kind === 'refund' && !isDebit(info) ? 'other' : kind
}

/** Pending and denied rows have moved nothing, or not for good. */
export function hasMoved(row: Payload): boolean {
  const { transaction_status } = infoOf(row)
  return transaction_status !== 'P' && transaction_status !== 'D'
}

/** The id under which a row is listed, also as what another row refers to. */
export function idIn(row: Payload): string | null {
  const { transaction_id } = infoOf(row)
  return typeof transaction_id === 'string' && transaction_id !== '' ? transaction_id : null
}

/** A row refers to an earlier transaction, to a subscription, to an order or to an agreement. */
export function referenceTo(type: 'TXN' | 'SUB', row: Payload): string | null {
  const { paypal_reference_id, paypal_reference_id_type } = infoOf(row)
  if (paypal_reference_id_type !== type) return null
  return typeof paypal_reference_id === 'string' ? paypal_reference_id || null : null
}
