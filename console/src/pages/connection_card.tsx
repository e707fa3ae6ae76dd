import { useMutation, useQueryClient } from '@tanstack/react-query'
import { send } from '../api/request.ts'
import type { Connection, Stream } from '../api/types.ts'
import { agoText } from '../format/time.ts'
import { numberText } from '../format/words.ts'
import { Badge } from '../view/badge.tsx'
import { Opened } from '../view/opened.tsx'
import { PartnerMark } from '../view/partner_mark.tsx'
import { ProblemNote } from '../view/problem.tsx'
import { RecordLink } from '../view/record_link.tsx'
import type { Tone } from '../view/tone.ts'
import { Drift } from './drift.tsx'
import { Streams } from './streams.tsx'

type Deed = 'sync' | 'reconcile' | 'enable' | 'disable' | 'revoke'

interface Standing {
  readonly tone: Tone
  /** What the status means for whoever reads it. */
  readonly says: string
  readonly deeds: readonly Deed[]
}

const again = 'Connect it again with a new key or a consent link; its records keep their ids.'

const standings: { readonly [status: string]: Standing } = {
  Active: { tone: 'good', says: 'It is read.', deeds: ['sync', 'reconcile', 'disable', 'revoke'] },
  Inactive: {
    tone: 'waiting',
    says: 'It was disabled here, and is not read until it is enabled.',
    deeds: ['enable', 'revoke'],
  },
  'Lost Connection': {
    tone: 'bad',
    says: `The partner no longer accepts its credential. ${again}`,
    deeds: ['sync', 'revoke'],
  },
  'Not Authorised': { tone: 'waiting', says: 'The business has not said yes yet.', deeds: [] },
  Denied: { tone: 'bad', says: 'The business said no. Ask again with a consent link.', deeds: [] },
  Revoked: { tone: 'bad', says: `Its authorisation was withdrawn. ${again}`, deeds: [] },
}

const unknown_standing: Standing = { tone: 'plain', says: '', deeds: ['sync'] }

const labels: { readonly [D in Deed]: string } = {
  sync: 'Sync now',
  reconcile: 'Compare',
  enable: 'Enable',
  disable: 'Disable',
  revoke: 'Revoke …',
}

const bodies: { readonly [D in Deed]?: unknown } = { reconcile: {} }

/** A connection: how it stands and why, what mends it, and each of its streams. */
export function ConnectionCard({ connection }: { connection: Connection }) {
  const { id, partnerSource, account_name, partner_account_id, status } = connection
  const { tone, says, deeds } = standings[status] ?? unknown_standing
  return (
    <section className="card wide" aria-label={`${partnerSource} ${partner_account_id}`}>
      <header className="card-head">
        <PartnerMark partner={partnerSource} />
        <RecordLink id={id}>{account_name ?? partner_account_id}</RecordLink>
        <Badge word={status} tone={tone} />
        <Deeds id={id} deeds={deeds} />
      </header>
      <p className="small">
        {says} {connection.status_reason}
      </p>
      <Progress streams={connection.streams} />
      <details>
        <summary>{numberText(connection.streams.length)} streams</summary>
        <Streams streams={connection.streams} label={`Streams of ${partnerSource}`} />
      </details>
      <Opened summary="Compared with the partner">
        <Drift connectionId={id} label={`Drift of ${partnerSource}`} />
      </Opened>
    </section>
  )
}

function Deeds({ id, deeds }: { id: string; deeds: readonly Deed[] }) {
  const client = useQueryClient()
  const doing = useMutation({
    mutationFn: (deed: Deed) =>
      send('POST', `/v2/partner_account_connections/${id}/${deed}`, bodies[deed]),
    onSuccess: () => client.invalidateQueries({ queryKey: ['answer'] }),
  })
  const start = (deed: Deed) => {
    if (deed === 'revoke' && !confirm('Forget its credential? Its records stay.')) return
    doing.mutate(deed)
  }
  return (
    <span className="actions">
      {deeds.map((deed) => (
        <button key={deed} type="button" disabled={doing.isPending} onClick={() => start(deed)}>
          {labels[deed]}
        </button>
      ))}
      {doing.error && <ProblemNote error={doing.error} />}
    </span>
  )
}

/** How far the reading is, over all streams; how fresh it is once nothing is being read. */
function Progress({ streams }: { streams: readonly Stream[] }) {
  const running = streams.filter(({ state }) => state === 'fetching' || state === 'queued')
  const failed = streams.filter(({ state }) => state === 'failed')
  const oldest = streams.flatMap(({ last_success }) => last_success ?? []).sort()[0]
  const seen = streams.reduce((sum, one) => sum + one.seen, 0)
  return (
    <>
      {running.length > 0 && (
        <p className="progress">
          <progress
            max={streams.length}
            value={streams.length - running.length}
            aria-label="Streams read"
          />
          {numberText(streams.length - running.length)} of {numberText(streams.length)} streams,{' '}
          {numberText(seen)} read
        </p>
      )}
      {running.length === 0 && oldest !== undefined && (
        <p className="small">Every stream was read {agoText(oldest, Date.now())} or later.</p>
      )}
      {failed.map(({ stream, reason }) => (
        <p key={stream} className="note bad">
          <code>{stream}</code> failed: {reason ?? 'no reason was given'}
        </p>
      ))}
    </>
  )
}
