import { useQuery } from '@tanstack/react-query'
import { answerQuery } from '../api/queries.ts'
import type { Connection, List } from '../api/types.ts'
import { agoText } from '../format/time.ts'
import { numberText } from '../format/words.ts'
import { Badge } from '../view/badge.tsx'
import { Empty } from '../view/empty.tsx'
import { type Column, Grid } from '../view/grid.tsx'
import { Page } from '../view/page.tsx'
import { PartnerMark } from '../view/partner_mark.tsx'
import { ProblemNote } from '../view/problem.tsx'
import { RecordLink } from '../view/record_link.tsx'

const look_every_ms = 5_000

/** Whether the server answers, and how fresh each connection is, the late ones first. */
export function HealthPage() {
  const live = useQuery(answerQuery('/livez', look_every_ms))
  const ready = useQuery(answerQuery('/readyz', look_every_ms))
  return (
    <Page title="Health">
      <ul className="linked" aria-label="Server">
        <Check name="Process" isGood={live.isSuccess} isKnown={!live.isPending} />
        <Check name="Database" isGood={ready.isSuccess} isKnown={!ready.isPending} />
      </ul>
      <h2>Connections</h2>
      <Connections />
    </Page>
  )
}

function Check({ name, isGood, isKnown }: { name: string; isGood: boolean; isKnown: boolean }) {
  return (
    <li>
      <span className="linked-name">{name}</span>
      {!isKnown && 'asking …'}
      {isKnown && isGood && <Badge word="answers" tone="good" />}
      {isKnown && !isGood && <Badge word="does not answer" tone="bad" />}
    </li>
  )
}

interface Freshness {
  readonly connection: Connection
  /** Of the stream that was read longest ago. */
  readonly oldest: string | null
  readonly failing: readonly string[]
  readonly rejected: number
}

const columns: readonly Column<Freshness>[] = [
  {
    id: 'partner',
    heading: 'Partner',
    width: 10,
    cell: ({ connection }) => <PartnerMark partner={connection.partnerSource} />,
  },
  {
    id: 'name',
    heading: 'Account',
    width: 15,
    cell: ({ connection: one }) => (
      <RecordLink id={one.id}>{one.account_name ?? one.partner_account_id}</RecordLink>
    ),
  },
  {
    id: 'of',
    heading: 'Ledger account',
    width: 11,
    cell: ({ connection }) => <RecordLink id={connection.ledgerAccountId} />,
  },
  {
    id: 'status',
    heading: 'Status',
    width: 9,
    cell: ({ connection: { status } }) => (
      <Badge word={status} tone={status === 'Active' ? 'good' : 'bad'} />
    ),
  },
  {
    id: 'oldest',
    heading: 'Oldest stream',
    width: 9,
    cell: ({ oldest }) => (oldest ? agoText(oldest, Date.now()) : 'not read yet'),
  },
  {
    id: 'rejected',
    heading: 'Rejected',
    width: 6,
    right: true,
    cell: ({ rejected }) => numberText(rejected),
  },
  {
    id: 'failing',
    heading: 'Failing streams',
    width: 20,
    cell: ({ failing }) => failing.join(', ') || <span className="none">none</span>,
  },
]

function Connections() {
  const path = '/v2/partner_account_connections?limit=100'
  const { data, error } = useQuery(answerQuery<List<Connection>>(path, look_every_ms))
  if (error) return <ProblemNote error={error} />
  if (!data) return <p className="waiting-line">Reading …</p>
  if (data.data.length === 0) {
    return <Empty title="Nothing is connected yet." command="npm run furrow -- connect --help" />
  }
  const rows = data.data.map(freshnessOf).sort((a, b) => urgencyOf(b) - urgencyOf(a))
  return <Grid label="Connections" columns={columns} rows={rows} keyOf={keyOf} />
}

const keyOf = ({ connection }: Freshness) => connection.id

function freshnessOf(connection: Connection): Freshness {
  const { streams } = connection
  return {
    connection,
    oldest: streams.flatMap(({ last_success }) => last_success ?? []).sort()[0] ?? null,
    failing: streams.filter(({ state }) => state === 'failed').map(({ stream }) => stream),
    rejected: streams.reduce((sum, one) => sum + one.rejected, 0),
  }
}

function urgencyOf({ connection, failing, rejected }: Freshness): number {
  return (
    (connection.status === 'Active' ? 0 : 4) + (failing.length > 0 ? 2 : 0) + (rejected > 0 ? 1 : 0)
  )
}
