import type { IngestMetrics } from '../metrics/ingest.ts'
import type { Http } from '../partners/http.ts'
import type { Partner } from '../partners/partner.ts'
import type { Priority } from '../partners/rate.ts'
import type { Context } from '../partners/rule.ts'
import type { Stream } from '../partners/stream.ts'
import type { Connection } from '../store/connection.ts'
import type { Database } from '../store/database.ts'
import type { StreamKey } from '../store/segment.ts'
import type { Writer } from './writer.ts'

/** Everything that reading one connection needs. */
export interface Run {
  readonly db: Database
  readonly partner: Partner
  /** Its facts are those the partner tells at the start of the run. */
  connection: Connection
  /** Asks the partner whose account it is. */
  readonly account: () => Promise<{ facts: Connection['facts']; date_ms: number | null }>
  readonly http: Http
  readonly writer: Writer
  /** How often streams are read that nothing was set for. */
  readonly standard_ms: number
  readonly now: () => number
  readonly signal: AbortSignal
  readonly onProgress: (progress: Progress) => void
  readonly metrics: IngestMetrics
  /** Called at named moments; the crash tests end the process there. */
  readonly at: (moment: Moment) => void
}

export type Moment =
  | 'before fetch'
  | 'after fetch'
  | 'before commit'
  | 'after commit'
  | 'before ack'

export interface Progress {
  readonly stream: string
  readonly seen: number
  readonly segments_open: number
  readonly done: boolean
}

/** The same run, whose requests wait for their turn among others of that kind. */
export function withPriority(run: Run, priority: Priority): Run {
  const send: Http['send'] = (request, how) => run.http.send(request, { priority, ...how })
  return { ...run, http: { ...run.http, send } }
}

export function keyOf({ connection }: Run, stream: string): StreamKey {
  return { ledgerAccountId: connection.ledgerAccountId, connectionId: connection.id, stream }
}

/** Whose payloads a run reads. */
export function contextOf(
  { connection }: Pick<Run, 'connection'>,
  parent?: Context['parent'],
): Context {
  return {
    ledgerAccountId: connection.ledgerAccountId,
    partnerSource: connection.partnerSource,
    partnerAccountId: connection.partnerAccountId,
    partnerAccountConnectionId: connection.id,
    facts: connection.facts,
    ...(parent ? { parent } : {}),
  }
}

export function streamNamed(partner: Partner, name: string): Stream {
  const stream = partner.streams.find((one) => one.name === name)
  if (!stream) throw new Error(`${partner.name} has no stream ${name}`)
  return stream
}
