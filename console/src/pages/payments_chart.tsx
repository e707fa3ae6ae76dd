import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { listQuery } from '../api/queries.ts'
import type { ApiRecord } from '../api/types.ts'
import { numberText } from '../format/words.ts'
import { Chart, type Series } from '../view/chart.tsx'

const pages_max = 5

/** What a buyer paid, by month and currency, of the newest few hundred payments. */
export function PaymentsChart({ path }: { path: string }) {
  const parameters = { type: 'charge', status: 'succeeded' }
  const query = useInfiniteQuery(listQuery(`${path}/payments`, parameters))
  const pages = query.data?.pages
  const { hasNextPage, isFetching, fetchNextPage } = query
  const isWhole = !hasNextPage || (pages?.length ?? 0) >= pages_max
  useEffect(() => {
    if (!isWhole && !isFetching) void fetchNextPage()
  }, [isWhole, isFetching, fetchNextPage])
  const payments = useMemo(() => pages?.flatMap(({ data }) => data) ?? [], [pages])
  const series = useMemo(() => monthly(payments), [payments])
  if (payments.length === 0 || !isWhole) return null
  const note = hasNextPage ? ` (the newest ${numberText(payments.length)} payments)` : ''
  return (
    <section aria-label="Payments over time">
      <h2>Paid by month{note}</h2>
      {series.map((one) => (
        <Chart key={one.currency} series={one} />
      ))}
    </section>
  )
}

/** Sums by month of UTC, a series a currency, months without payments in between. */
function monthly(payments: readonly ApiRecord[]): Series[] {
  const sums = new Map<string, Map<string, number>>()
  for (const { amount, currency, created_date } of payments) {
    if (typeof amount !== 'number' || typeof currency !== 'string') continue
    const month = `${String(created_date).slice(0, 7)}-01`
    const own = sums.get(currency) ?? new Map<string, number>()
    sums.set(currency, own.set(month, (own.get(month) ?? 0) + amount))
  }
  return [...sums].map(([currency, own]) => {
    const periods = monthsBetween([...own.keys()].sort())
    return { currency, periods, amounts: periods.map((month) => own.get(month) ?? 0) }
  })
}

const months_max = 240

function monthsBetween(sorted: readonly string[]): string[] {
  const last = sorted.at(-1) ?? ''
  const months = [sorted[0] ?? '']
  while ((months.at(-1) ?? '') < last && months.length < months_max) {
    const next = new Date(`${months.at(-1)}T00:00:00Z`)
    next.setUTCMonth(next.getUTCMonth() + 1)
    months.push(next.toISOString().slice(0, 10))
  }
  return months
}
