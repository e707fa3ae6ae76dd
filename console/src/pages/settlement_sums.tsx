import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { curlOf } from '../api/curl.ts'
import { answerQuery } from '../api/queries.ts'
import { moneyText } from '../format/currency.ts'
import { dayText } from '../format/time.ts'
import { numberText } from '../format/words.ts'
import { AccountChoice, useAccount } from '../view/account_choice.tsx'
import { Chart, type Series } from '../view/chart.tsx'
import { Copy } from '../view/copy.tsx'
import { Empty } from '../view/empty.tsx'
import { type Column, Grid } from '../view/grid.tsx'
import { ProblemNote } from '../view/problem.tsx'

interface Sum {
  readonly period: string
  readonly currency: string
  readonly settled_amount: number
  readonly settled_count: number
  readonly gross: number
  readonly fees: number
  readonly refunds: number
  readonly disputes: number
  readonly adjustments: number
}

const amounts = ['settled_amount', 'gross', 'fees', 'refunds', 'disputes', 'adjustments'] as const
const headings = ['Settled', 'Gross', 'Fees', 'Refunds', 'Disputes', 'Adjustments']

const columns: readonly Column<Sum>[] = [
  { id: 'period', heading: 'Period from', width: 9, cell: ({ period }) => dayText(period) },
  { id: 'currency', heading: 'Currency', width: 7, cell: ({ currency }) => currency },
  {
    id: 'count',
    heading: 'Settlements',
    width: 8.5,
    right: true,
    cell: (row) => numberText(row.settled_count),
  },
  ...amounts.map((name, i) => ({
    id: name,
    heading: headings[i],
    width: 9.5,
    right: true,
    cell: (row: Sum) => moneyText(row[name], row.currency),
  })),
]

const keyOf = ({ period, currency }: Sum) => `${period} ${currency}`
const periods = { daily: 31, monthly: 12, yearly: 5 } as const

/** What was settled in each period, and what it was made of. */
export function SettlementSums({ granularity }: { granularity: keyof typeof periods }) {
  const account = useAccount()
  const path =
    '/v2/insights/settlement_summary?' +
    `ledgerAccountId=${account}&granularity=${granularity}&periods=${periods[granularity]}`
  const query = answerQuery<{ readonly data: readonly Sum[] }>(path)
  const { data, error } = useQuery({ ...query, enabled: account !== null })
  const series = useMemo(() => seriesOf(data?.data ?? []), [data])
  return (
    <>
      <AccountChoice />
      {error && <ProblemNote error={error} />}
      {data?.data.length === 0 && <Empty title="Nothing was settled in these periods." />}
      <div className="charts">
        {series.map((one) => (
          <Chart key={one.currency} series={one} label="settled" />
        ))}
      </div>
      {data && data.data.length > 0 && (
        <>
          <Grid label="Sums" columns={columns} rows={data.data} keyOf={keyOf} />
          <p className="list-foot">
            <span>Days are those of UTC; a settlement counts on the day it arrives.</span>
            <Copy text={curlOf(path)}>Copy as curl</Copy>
          </p>
        </>
      )}
    </>
  )
}

function seriesOf(sums: readonly Sum[]): Series[] {
  const oldestFirst = sums.toReversed()
  const periods = [...new Set(oldestFirst.map(({ period }) => period))]
  const currencies = [...new Set(oldestFirst.map(({ currency }) => currency))].sort()
  return currencies.map((currency) => ({
    currency,
    periods,
    amounts: periods.map(
      (period) =>
        oldestFirst.find((one) => one.period === period && one.currency === currency)
          ?.settled_amount ?? 0,
    ),
  }))
}
