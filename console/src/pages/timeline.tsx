import { useInfiniteQuery } from '@tanstack/react-query'
import { listQuery } from '../api/queries.ts'
import { moneyText } from '../format/currency.ts'
import { wordsOf } from '../format/words.ts'
import { Empty } from '../view/empty.tsx'
import { Moment } from '../view/moment.tsx'
import { ProblemNote } from '../view/problem.tsx'
import { RecordLink } from '../view/record_link.tsx'
import { toneOf } from '../view/tone.ts'

interface Happening {
  readonly date: string
  readonly object: string
  readonly id: string
  readonly kind: string
  readonly amount: number | null
  readonly currency: string | null
  readonly title: string
}

/** Everything that happened with a buyer, newest first. */
export function Timeline({ path }: { path: string }) {
  const query = useInfiniteQuery(listQuery<Happening>(`${path}/timeline`, {}))
  if (query.error) return <ProblemNote error={query.error} />
  if (!query.data) return <p className="waiting-line">Reading …</p>
  const happened = query.data.pages.flatMap(({ data }) => data)
  if (happened.length === 0) return <Empty title="Nothing has happened yet." />
  return (
    <>
      <ol className="timeline">
        {happened.map((one) => (
          <Entry key={`${one.object} ${one.id} ${one.kind}`} one={one} />
        ))}
      </ol>
      {query.hasNextPage && (
        <button type="button" onClick={() => void query.fetchNextPage()}>
          Show earlier
        </button>
      )}
    </>
  )
}

function Entry({ one }: { one: Happening }) {
  const tone = toneOf(one.kind.split('.').at(-1) ?? '')
  return (
    <li className={`happening ${tone}`}>
      <Moment iso={one.date} />
      <span className="happening-what">
        <RecordLink id={one.id}>{one.title}</RecordLink>
        <span className="small">{wordsOf(one.object)}</span>
      </span>
      <span className="money">
        {one.amount !== null && one.currency !== null && moneyText(one.amount, one.currency)}
      </span>
    </li>
  )
}
