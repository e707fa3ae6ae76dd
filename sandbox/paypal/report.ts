// Transaction search: a row for everything that touched the balance, some hours late.
import type { Thing } from '../world/entities.ts'
import { random } from '../world/random.ts'
import type { Charge, Dispute, Movement, Refund } from '../world/sales.ts'
import { DAY, MINUTE } from '../world/sim.ts'
import type { Account } from './account.ts'
import { type Json, money, reportStamp } from './format.ts'
import { boughtOf } from './sale.ts'

export type Status = 'S' | 'P' | 'D' | 'V'

export type ReportRow = {
  initiated: number
  // Before that it is in no answer.
  visible: number
  status: Status
  currency: string
  amount: number
  fee: number
  detail: Json
}

export type Report = {
  // In the order of their initiation.
  rows: ReportRow[]
  listen: (verb: string, subject: Thing) => void
  // Until when it claims to know everything.
  refreshedAt: () => number
  isVisible: (transaction: string) => boolean
}

type New = {
  // What it is of, apart from its event code: a hold and its release share one.
  key: string
  code: string
  amount: number
  fee?: number
  currency: string
  status?: Status
  reference?: { type: 'TXN' | 'SUB'; id: string }
  rest?: Json
  info?: Json
}

type Writer = {
  add: (row: New) => void
  settle: (key: string, code: string, status: Status, fee?: number) => boolean
}

const LATE_MINUTES_MAX = 180
const STALL_FROM = 10
const STALL_DAYS = 2

export function createReport(account: Omit<Account, 'report'>): Report {
  const { world } = account
  const rows: ReportRow[] = []
  const byKey = new Map<string, ReportRow>()
  const refreshedAt = () => stallOf(world.now())
  const writer: Writer = {
    add: (row) => {
      const now = world.now()
      const late = random(world.seed, 'late', row.key, row.code).between(0, LATE_MINUTES_MAX)
      const { status = 'S', fee = 0, currency, amount } = row
      const visible = now + late * MINUTE
      const detail = detailOf(account, row, now)
      const made = { initiated: now, visible, status, currency, amount, fee, detail }
      byKey.set(`${row.key} ${row.code}`, made)
      rows.push(made)
    },
    settle: (key, code, status, fee) => {
      const row = byKey.get(`${key} ${code}`)
      if (!row || row.status === status) return row !== undefined
      row.status = status
      row.fee = fee ?? row.fee
      const { transaction_info, ...rest } = row.detail
      const changed = {
        ...(transaction_info as Json), // every row has one
        transaction_status: status,
        transaction_updated_date: reportStamp(world.now()),
        ...(row.fee === 0 ? {} : { fee_amount: money(row.currency, -row.fee) }),
      }
      row.detail = { transaction_info: changed, ...rest }
      return true
    },
  }
  const visibleAt = new Map<string, number>()
  return {
    rows,
    refreshedAt,
    listen: (verb, subject) => {
      const before = rows.length
      tell(account, writer, { verb, subject })
      for (const { detail, visible } of rows.slice(before)) {
        const { transaction_id } = detail.transaction_info as Json // every row has one
        if (!visibleAt.has(String(transaction_id))) visibleAt.set(String(transaction_id), visible)
      }
    },
    isVisible: (transaction) => (visibleAt.get(transaction) ?? Infinity) <= refreshedAt(),
  }
}

// Two days a month nothing is refreshed, as after a failure.
function stallOf(now: number): number {
  const date = new Date(now)
  const start = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), STALL_FROM)
  return now >= start && now < start + STALL_DAYS * DAY ? start : now
}

function tell(
  account: Omit<Account, 'report'>,
  writer: Writer,
  { verb, subject }: { verb: string; subject: Thing },
): void {
  if (subject.kind === 'charge') tellCharge(account, writer, subject)
  if (subject.kind === 'refund') tellRefund(account, writer, subject)
  if (subject.kind === 'movement' && verb === 'movement.created')
    tellMovement(account, writer, subject)
  if (subject.kind === 'payout' && subject.status !== 'inTransit') {
    writer.settle(payoutKey(subject.key), 'T0403', subject.status === 'paid' ? 'S' : 'V')
  }
}

export const chargeKey = (charge: string) => `charge ${charge}`
const refundKey = (refund: string) => `refund ${refund}`
const payoutKey = (payout: string) => `payout ${payout}`

// A debit is listed as pending until the bank has paid; a card that is declined never is.
function tellCharge(account: Omit<Account, 'report'>, writer: Writer, charge: Charge): void {
  const key = chargeKey(charge.key)
  const sale = boughtOf(account, charge)
  if (charge.status === 'failed') writer.settle(key, sale.code, 'D')
  const movement = charge.movement ? account.world.get('movement', charge.movement) : null
  if (movement === null && charge.status !== 'pending') return
  const fee = movement?.fee ?? 0
  if (writer.settle(key, sale.code, movement ? 'S' : 'P', fee)) return
  writer.add({
    key,
    ...sale,
    amount: movement?.amount ?? charge.amount,
    fee,
    currency: movement?.currency ?? charge.currency,
    status: movement ? 'S' : 'P',
  })
}

function tellRefund(account: Omit<Account, 'report'>, writer: Writer, refund: Refund): void {
  const key = refundKey(refund.key)
  if (refund.status === 'failed' || refund.status === 'canceled') {
    writer.settle(key, 'T1107', 'V')
    return
  }
  const status = refund.status === 'pending' ? 'P' : 'S'
  if (writer.settle(key, 'T1107', status)) return
  const movement = account.world.get('movement', refund.movement!)
  const { currency, amount, fee } = movement
  const id = account.id('transaction', chargeKey(refund.charge))
  writer.add({
    ...{ key, code: 'T1107', amount, fee, currency, status, reference: { type: 'TXN', id } },
    info: refund.reason ? { transaction_note: refund.reason } : {},
    rest: boughtOf(account, account.world.get('charge', refund.charge)).rest,
  })
}

function tellMovement(account: Omit<Account, 'report'>, writer: Writer, moved: Movement): void {
  const { type, source, amount, fee, currency } = moved
  const of = (key: string) => ({ type: 'TXN', id: account.id('transaction', key) }) as const
  if (type === 'refundFailure') {
    const key = `${refundKey(source.key)} back`
    writer.add({ key, code: 'T1100', amount, fee, currency, reference: of(refundKey(source.key)) })
  }
  if (type === 'dispute' || type === 'disputeReversal') {
    tellDispute(writer, account.world.get('dispute', source.key), moved, of)
  }
  if (type === 'payout') {
    writer.add({ key: payoutKey(source.key), code: 'T0403', amount, fee, currency, status: 'P' })
  }
  if (type === 'payoutFailure') {
    const key = `${payoutKey(source.key)} back`
    writer.add({ key, code: 'T1101', amount, fee, currency, reference: of(payoutKey(source.key)) })
  }
}

// The hold and its release are listed under one id; the fee is a row of its own.
function tellDispute(
  writer: Writer,
  dispute: Dispute,
  { type, amount, fee, currency }: Movement,
  of: (key: string) => New['reference'] & object,
): void {
  const reference = of(chargeKey(dispute.charge))
  const key = `hold ${dispute.key}`
  const code = type === 'dispute' ? 'T1110' : 'T1111'
  writer.add({ key, code, amount, currency, reference })
  if (fee === 0) return
  writer.add({ key: `fee ${dispute.key}`, code: 'T0106', amount: -fee, currency, reference })
}

function detailOf(account: Omit<Account, 'report'>, row: New, now: number): Json {
  const { key, code, amount, fee = 0, currency, status = 'S', reference, rest, info } = row
  return {
    transaction_info: {
      transaction_id: account.id('transaction', key),
      ...(reference
        ? { paypal_reference_id: reference.id, paypal_reference_id_type: reference.type }
        : {}),
      transaction_event_code: code,
      transaction_initiation_date: reportStamp(now),
      transaction_updated_date: reportStamp(now),
      transaction_amount: money(currency, amount),
      ...(fee === 0 ? {} : { fee_amount: money(currency, -fee) }),
      transaction_status: status,
      protection_eligibility: '01',
      ...info,
    },
    payer_info: {},
    shipping_info: {},
    cart_info: {},
    store_info: {},
    auction_info: {},
    incentive_info: {},
    ...rest,
  }
}

// Rows count once they have moved something for good.
export function balancesOf({ report }: Account): Map<string, { total: number; pending: number }> {
  const sums = new Map<string, { total: number; pending: number }>()
  const until = report.refreshedAt()
  for (const { visible, status, currency, amount, fee } of report.rows) {
    if (visible > until || status === 'D') continue
    const sum = sums.get(currency) ?? { total: 0, pending: 0 }
    if (status === 'P') sum.pending += Math.min(0, amount - fee)
    else sum.total += amount - fee
    sums.set(currency, sum)
  }
  return sums
}
