import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { answerQuery, listQuery } from '../api/queries.ts'
import { ApiProblem, send } from '../api/request.ts'
import type { List } from '../api/types.ts'
import { numberText } from '../format/words.ts'
import { Badge } from '../view/badge.tsx'
import { Empty } from '../view/empty.tsx'
import { type Column, Grid } from '../view/grid.tsx'
import { Moment } from '../view/moment.tsx'
import { Page } from '../view/page.tsx'
import { ProblemNote } from '../view/problem.tsx'
import { RecordLink } from '../view/record_link.tsx'
import { type Endpoint, EndpointCard } from './endpoint_card.tsx'
import { NewEndpoint } from './new_endpoint.tsx'

interface Delivery {
  readonly id: string
  readonly event_endpoint_id: string
  readonly type: string
  readonly record_id: string
  readonly state: string
  readonly attempt_count: number
  readonly next_attempt: string | null
  readonly created_date: string
}

const none = <span className="none">–</span>

const columns: readonly Column<Delivery>[] = [
  { id: 'date', heading: 'When', width: 12, cell: (row) => <Moment iso={row.created_date} /> },
  { id: 'type', heading: 'Event', width: 14, cell: ({ type }) => <code>{type}</code> },
  { id: 'record', heading: 'Record', width: 12, cell: (row) => <RecordLink id={row.record_id} /> },
  { id: 'state', heading: 'State', width: 8, cell: ({ state }) => <Badge word={state} /> },
  {
    id: 'attempts',
    heading: 'Attempts',
    width: 7,
    right: true,
    cell: (row) => numberText(row.attempt_count),
  },
  {
    id: 'next',
    heading: 'Next attempt',
    width: 12,
    cell: ({ next_attempt: at }) => (at ? <Moment iso={at} /> : none),
  },
  { id: 'replay', heading: 'Again', width: 8, cell: ({ id }) => <Replay id={id} /> },
]

/** Where events go, what was delivered, and sending it again. */
export function EventsPage() {
  const { data, error } = useQuery(answerQuery<List<Endpoint>>('/v2/event_endpoints'))
  const isAbsent = error instanceof ApiProblem && error.code === 'unknown_route'
  return (
    <Page title="Events">
      {isAbsent && <Empty title="This installation sends no events." />}
      {error && !isAbsent && <ProblemNote error={error} />}
      {data && (
        <>
          <div className="tools">
            <NewEndpoint />
          </div>
          {data.data.length === 0 && (
            <Empty title="No endpoint is told of changes yet.">Add the address of one above.</Empty>
          )}
          {data.data.map((endpoint) => (
            <EndpointCard key={endpoint.id} endpoint={endpoint} />
          ))}
          <h2>Deliveries</h2>
          <Deliveries />
        </>
      )}
    </Page>
  )
}

const look_every_ms = 3_000

function Deliveries() {
  const query = useInfiniteQuery({
    ...listQuery<Delivery>('/v2/event_deliveries', {}),
    refetchInterval: look_every_ms,
  })
  const rows = useMemo(() => query.data?.pages.flatMap(({ data }) => data) ?? [], [query.data])
  if (query.error) return <ProblemNote error={query.error} />
  if (!query.data) return <p className="waiting-line">Reading …</p>
  if (rows.length === 0) return <Empty title="Nothing has been sent in the last 30 days." />
  const onEnd = () => {
    if (query.hasNextPage && !query.isFetching) void query.fetchNextPage()
  }
  return (
    <Grid label="Deliveries" columns={columns} rows={rows} keyOf={({ id }) => id} onEnd={onEnd} />
  )
}

function Replay({ id }: { id: string }) {
  const client = useQueryClient()
  const replaying = useMutation({
    mutationFn: () => send('POST', `/v2/event_deliveries/${id}/replay`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['list', '/v2/event_deliveries'] }),
  })
  return (
    <button
      type="button"
      className="quiet"
      disabled={replaying.isPending}
      title={replaying.error?.message}
      onClick={() => replaying.mutate()}
    >
      {replaying.isError ? 'Refused' : 'Replay'}
    </button>
  )
}
