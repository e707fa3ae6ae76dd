import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useEffect, useMemo } from 'react'
import { listQuery, recordQuery } from '../api/queries.ts'
import type { ApiRecord } from '../api/types.ts'
import { moneyText } from '../format/currency.ts'
import { numberText, wordsOf } from '../format/words.ts'
import { ApiAnswer } from '../view/api_answer.tsx'
import { AttributeList } from '../view/attribute_list.tsx'
import { Empty } from '../view/empty.tsx'
import { Page } from '../view/page.tsx'
import { RecordMarks } from '../view/record_head.tsx'
import { RecordTable } from '../view/record_table.tsx'
import { Scroll } from '../view/scroll.tsx'
import { Tabs } from '../view/tabs.tsx'
import { useAddress } from '../view/use_filters.ts'
import { useType } from '../view/use_model.ts'

const tabs = [
  { name: 'transactions', title: 'Transactions' },
  { name: 'attributes', title: 'Attributes' },
  { name: 'api', title: 'As the API returns it' },
] as const

/** One payout, down to the transactions and fees it consists of. */
export function SettlementPage() {
  const { id = '' } = useParams({ strict: false })
  const path = `/v2/settlements/${encodeURIComponent(id)}`
  const { data: settlement } = useSuspenseQuery(recordQuery(path))
  const { tab = 'transactions' } = useAddress()
  const type = useType('settlement')
  const { amount, currency } = settlement
  const title = `Settlement ${typeof amount === 'number' ? moneyText(amount, String(currency)) : ''}`
  return (
    <Page title={title} marks={<RecordMarks record={settlement} />}>
      <Tabs tabs={tabs} current={tab} />
      {tab === 'api' && <ApiAnswer path={path} answer={settlement} />}
      {tab === 'attributes' && <AttributeList type={type} record={settlement} />}
      {tab === 'transactions' && <Transactions key={id} settlement={settlement} path={path} />}
    </Page>
  )
}

function Transactions({ settlement, path }: { settlement: ApiRecord; path: string }) {
  const type = useType('transaction')
  const query = useInfiniteQuery(listQuery(`${path}/transactions`, {}))
  const { hasNextPage, isFetching, isError, fetchNextPage } = query
  // A sum wants them all; they are read a page after the other.
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) void fetchNextPage()
  }, [hasNextPage, isFetching, isError, fetchNextPage])
  const transactions = useMemo(
    () => query.data?.pages.flatMap(({ data }) => data) ?? [],
    [query.data],
  )
  if (!query.data) return <p className="waiting-line">Reading …</p>
  if (transactions.length === 0) {
    return <Empty title="The partner names no transactions of this settlement." />
  }
  return (
    <>
      <Sum settlement={settlement} transactions={transactions} isWhole={!hasNextPage} />
      <RecordTable type={type} records={transactions} />
    </>
  )
}

interface SumProps {
  readonly settlement: ApiRecord
  readonly transactions: readonly ApiRecord[]
  readonly isWhole: boolean
}

interface Line {
  count: number
  amount: number
  fee: number
  net: number
}

/** By type, and whether it comes to what was paid out. The payout's own movement is not a part of it. */
function Sum({ settlement, transactions, isWhole }: SumProps) {
  const lines = linesOf(transactions.filter(({ type }) => type !== 'settlement'))
  const net = [...lines.values()].reduce((sum, line) => sum + line.net, 0)
  const currency = String(settlement.currency)
  const difference = Number(settlement.amount) - net
  return (
    <Scroll label="Sums">
      <table className="sheet sums">
        <caption className="unseen">What the settlement consists of</caption>
        <thead>
          <tr>
            <th scope="col">Transactions</th>
            {['Count', 'Amount', 'Fees', 'Net'].map((heading) => (
              <th key={heading} scope="col" className="right">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...lines].map(([type, line]) => (
            <tr key={type}>
              <th scope="row">{wordsOf(type)}</th>
              <td className="right">{numberText(line.count)}</td>
              {[line.amount, line.fee, line.net].map((minor, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: three cells that never move.
                <td key={i} className="right">
                  {moneyText(minor, currency)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={4}>
              {isWhole ? balanceText(difference, currency) : 'Reading the others …'}
            </th>
            <td className="right">{moneyText(net, currency)}</td>
          </tr>
        </tfoot>
      </table>
    </Scroll>
  )
}

function linesOf(transactions: readonly ApiRecord[]): Map<string, Line> {
  const lines = new Map<string, Line>()
  for (const { type, amount, fee, net } of transactions) {
    const line = lines.get(String(type)) ?? { count: 0, amount: 0, fee: 0, net: 0 }
    line.count += 1
    line.amount += Number(amount)
    line.fee += Number(fee ?? 0)
    line.net += Number(net ?? amount)
    lines.set(String(type), line)
  }
  return lines
}

function balanceText(difference: number, currency: string): string {
  if (difference === 0) return 'They come to what was settled, to the unit.'
  return `They differ from what was settled by ${moneyText(difference, currency)}.`
}
