import type { SummarySums } from '../store/summary.ts'

/** Sums of one currency, or of one year of it. */
interface Sums {
  gross: bigint
  refunded: bigint
  fees: bigint
  payments: number
  first_ms: number | null
  last_ms: number | null
  disputes: number
  disputed: bigint
  lost: number
  orders: number
  ordered: bigint
}

interface CurrencySums {
  readonly all: Sums
  readonly years: Map<number | null, Sums>
  readonly otherFees: Map<string | null, bigint>
  subscriptions: number
  monthly: bigint
}

const day_ms = 86_400_000

/** The summary as JSON. Amounts are written from bigints, so that they are exact past 2^53. */
export function summaryText(customerId: string, found: SummarySums, today: string): string {
  const currencies = gathered(found)
  const texts = [...currencies].sort(byName).map(([currency, sums]) =>
    object({
      currency: JSON.stringify(currency),
      ...sumsText(sums.all),
      days_since_last_payment: daysSince(sums.all.last_ms, today),
      active_subscriptions: sums.subscriptions,
      monthly_recurring: sums.monthly,
      other_fees: list([...sums.otherFees].sort(byName), ([other, fees]) => ({
        currency: JSON.stringify(other),
        fees,
      })),
      years: list([...sums.years].sort(newestFirst), ([year, of]) => ({ year, ...sumsText(of) })),
    }),
  )
  const id = JSON.stringify(customerId)
  return `{"object":"customer_summary","customer_id":${id},"currencies":[${texts.join(',')}]}`
}

function gathered(found: SummarySums): Map<string | null, CurrencySums> {
  const currencies = new Map<string | null, CurrencySums>()
  const of = (currency: string | null) => entry(currencies, currency, noCurrencySums)
  const both = (row: { currency: string | null; year: number | null }) => {
    const sums = of(row.currency)
    return [sums.all, entry(sums.years, row.year, noSums)]
  }
  for (const row of found.payments) for (const sums of both(row)) addPayments(sums, row)
  for (const row of found.disputes) {
    for (const sums of both(row)) {
      sums.disputes += row.disputes
      sums.disputed += BigInt(row.disputed)
      sums.lost += row.lost
    }
  }
  for (const row of found.orders) {
    for (const sums of both(row)) {
      sums.orders += row.orders
      sums.ordered += BigInt(row.ordered)
    }
  }
  for (const row of found.fees) {
    if (row.fee_currency === row.currency) {
      for (const sums of both(row)) sums.fees += BigInt(row.fees)
      continue
    }
    const { otherFees } = of(row.currency)
    otherFees.set(row.fee_currency, (otherFees.get(row.fee_currency) ?? 0n) + BigInt(row.fees))
  }
  for (const row of found.subscriptions) {
    const sums = of(row.currency)
    sums.subscriptions += row.subscriptions
    sums.monthly += BigInt(row.monthly)
  }
  return currencies
}

function addPayments(sums: Sums, row: SummarySums['payments'][number]) {
  sums.gross += BigInt(row.gross)
  sums.refunded += BigInt(row.refunded)
  sums.payments += row.payments
  if (row.first_ms !== null) sums.first_ms = Math.min(sums.first_ms ?? row.first_ms, row.first_ms)
  if (row.last_ms !== null) sums.last_ms = Math.max(sums.last_ms ?? row.last_ms, row.last_ms)
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key) ?? make()
  map.set(key, known)
  return known
}

function noCurrencySums(): CurrencySums {
  const all = noSums()
  return { all, years: new Map(), otherFees: new Map(), subscriptions: 0, monthly: 0n }
}

function noSums(): Sums {
  const none = { payments: 0, first_ms: null, last_ms: null, disputes: 0, lost: 0, orders: 0 }
  return { ...none, gross: 0n, refunded: 0n, fees: 0n, disputed: 0n, ordered: 0n }
}

type Parts = Readonly<Record<string, string | number | bigint | null>>

function sumsText(sums: Sums): Parts {
  const { gross, refunded, fees, payments, disputes } = sums
  return {
    gross,
    refunded,
    fees,
    net: gross - refunded - fees,
    payments,
    average: payments === 0 ? null : (2n * gross + BigInt(payments)) / (2n * BigInt(payments)),
    first_payment: date(sums.first_ms),
    last_payment: date(sums.last_ms),
    disputes,
    disputed: sums.disputed,
    disputes_lost: sums.lost,
    dispute_rate: payments === 0 ? null : Number((disputes / payments).toFixed(6)),
    orders: sums.orders,
    ordered: sums.ordered,
  }
}

function date(ms: number | null): string {
  return ms === null ? 'null' : JSON.stringify(new Date(ms).toISOString())
}

function daysSince(ms: number | null, today: string): number | null {
  if (ms === null) return null
  return Math.floor(Date.parse(today) / day_ms) - Math.floor(ms / day_ms)
}

/** Values are JSON already. */
function object(parts: Parts): string {
  const pairs = Object.entries(parts).map(([name, value]) => `"${name}":${value}`)
  return `{${pairs.join(',')}}`
}

function list<T>(items: readonly T[], read: (item: T) => Parts): string {
  return `[${items.map((item) => object(read(item))).join(',')}]`
}

function byName(
  [a]: readonly [string | null, ...unknown[]],
  [b]: readonly [string | null, ...unknown[]],
) {
  return (a ?? '') < (b ?? '') ? -1 : 1
}

function newestFirst(
  [a]: readonly [number | null, ...unknown[]],
  [b]: readonly [number | null, ...unknown[]],
) {
  return (b ?? 0) - (a ?? 0)
}
