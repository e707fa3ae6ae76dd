import { useQuery } from '@tanstack/react-query'
import { answerQuery } from '../api/queries.ts'
import type { List } from '../api/types.ts'
import { numberText, wordsOf } from '../format/words.ts'
import { Badge } from '../view/badge.tsx'
import { type Column, Grid } from '../view/grid.tsx'
import { Moment } from '../view/moment.tsx'
import { ProblemNote } from '../view/problem.tsx'
import { RecordLink } from '../view/record_link.tsx'

interface Report {
  readonly stream: string
  readonly started: string
  readonly ended: string | null
  readonly compared: number
  readonly missing: number
  readonly stale: number
  readonly extra: number
  readonly repaired: boolean
  readonly records: readonly { readonly kind: string; readonly id: string }[]
}

const shown_max = 3
const none = <span className="none">–</span>

const counted = (['compared', 'missing', 'stale', 'extra'] as const).map(
  (name): Column<Report> => ({
    id: name,
    heading: wordsOf(name),
    width: name === 'compared' ? 7.5 : 6,
    right: true,
    cell: (report) => numberText(report[name]),
  }),
)

const columns: readonly Column<Report>[] = [
  { id: 'stream', heading: 'Stream', width: 16, cell: ({ stream }) => <code>{stream}</code> },
  { id: 'when', heading: 'When', width: 12, cell: ({ started }) => <Moment iso={started} /> },
  { id: 'result', heading: 'Result', width: 8, cell: (report) => <Result report={report} /> },
  ...counted,
  { id: 'records', heading: 'Records', width: 20, cell: (report) => <Records report={report} /> },
]

const look_every_ms = 5_000

/** What reading everything anew found to differ, newest first; each was repaired by the reading. */
export function Drift({ connectionId, label }: { connectionId: string; label: string }) {
  const path = `/v2/partner_account_connections/${connectionId}/drift`
  const { data, error } = useQuery(answerQuery<List<Report>>(path, look_every_ms))
  if (error) return <ProblemNote error={error} />
  if (!data) return <p className="waiting-line">Reading …</p>
  if (data.data.length === 0) {
    return <p className="small">Nothing has been compared yet. It happens by itself every night.</p>
  }
  return (
    <Grid
      label={label}
      columns={columns}
      rows={data.data}
      keyOf={({ stream, started }) => `${stream} ${started}`}
    />
  )
}

function Result({ report }: { report: Report }) {
  if (report.ended === null) return <Badge word="comparing" tone="waiting" />
  const differing = report.missing + report.stale + report.extra
  if (differing === 0) return <Badge word="the same" tone="good" />
  return <Badge word={report.repaired ? 'repaired' : 'differs'} tone="bad" />
}

function Records({ report: { records } }: { report: Report }) {
  if (records.length === 0) return none
  return (
    <>
      {records.slice(0, shown_max).map(({ id, kind }) => (
        <span key={`${kind} ${id}`} className="small">
          {kind} <RecordLink id={id} />{' '}
        </span>
      ))}
      {records.length > shown_max && `and ${numberText(records.length - shown_max)} more`}
    </>
  )
}
