import type { Stream } from '../api/types.ts'
import { agoText } from '../format/time.ts'
import { numberText } from '../format/words.ts'
import { Badge } from '../view/badge.tsx'
import { type Column, Grid } from '../view/grid.tsx'
import { Moment } from '../view/moment.tsx'
import type { Tone } from '../view/tone.ts'

const tones: { readonly [state: string]: Tone } = {
  complete: 'good',
  failed: 'bad',
  fetching: 'waiting',
  queued: 'waiting',
  'waiting-for-retry': 'bad',
}

const none = <span className="none">–</span>

const columns: readonly Column<Stream>[] = [
  { id: 'stream', heading: 'Stream', width: 16, cell: ({ stream }) => <code>{stream}</code> },
  { id: 'state', heading: 'State', width: 13, cell: (row) => <State stream={row} /> },
  {
    id: 'fresh',
    heading: 'Read',
    width: 8,
    cell: ({ last_success: at }) => (at ? agoText(at, Date.now()) : none),
  },
  { id: 'seen', heading: 'Seen', width: 6, right: true, cell: ({ seen }) => numberText(seen) },
  {
    id: 'changed',
    heading: 'Changed',
    width: 8,
    right: true,
    cell: ({ changed }) => numberText(changed),
  },
  {
    id: 'deleted',
    heading: 'Deleted',
    width: 8,
    right: true,
    cell: ({ deleted }) => numberText(deleted),
  },
  {
    id: 'rejected',
    heading: 'Rejected',
    width: 8,
    right: true,
    cell: ({ rejected }) => numberText(rejected),
  },
  {
    id: 'next',
    heading: 'Next run',
    width: 12,
    cell: ({ next_run: at }) => (at ? <Moment iso={at} /> : none),
  },
  {
    id: 'error',
    heading: 'Newest error',
    width: 22,
    cell: ({ last_error, reason }) => reason ?? last_error ?? none,
  },
]

/** Each stream of a connection: its state, freshness, counts and newest error. */
export function Streams({ streams, label }: { streams: readonly Stream[]; label: string }) {
  return <Grid label={label} columns={columns} rows={streams} keyOf={({ stream }) => stream} />
}

function State({ stream }: { stream: Stream }) {
  const parts = stream.segments_open + stream.segments_closed
  return (
    <>
      <Badge word={stream.state.replaceAll('-', ' ')} tone={tones[stream.state] ?? 'plain'} />
      {stream.state === 'fetching' && parts > 0 && (
        <progress max={parts} value={stream.segments_closed} aria-label={`${stream.stream} read`} />
      )}
    </>
  )
}
