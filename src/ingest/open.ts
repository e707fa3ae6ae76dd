import { type OpenedConnection, type OpenOptions, openConnection } from '../connect/credential.ts'
import { type IngestMetrics, uncounted } from '../metrics/ingest.ts'
import { customer } from '../model/customer.ts'
import type { Http } from '../partners/http.ts'
import type { Mapping } from '../partners/mapping.ts'
import type { Partner } from '../partners/partner.ts'
import type { Connection } from '../store/connection.ts'
import type { Database } from '../store/database.ts'
import type { MasterKeys } from '../store/seal.ts'
import { namesInstrumentBy } from './derive.ts'
import { sync_every_ms } from './interval.ts'
import { newGuests } from './promote.ts'
import { contextOf, type Run } from './run.ts'
import { throughsOf } from './through.ts'
import { newWriter } from './writer.ts'

export interface RunOptions extends OpenOptions {
  readonly db: Database
  readonly keys: MasterKeys
  readonly connection: Connection
  readonly partner: Partner
  /** How often streams are read that nothing was set for. */
  readonly standard_ms?: number
  /** A client that is open already, and is closed with the run. */
  readonly http?: OpenedConnection
  readonly now?: () => number
  readonly signal?: AbortSignal
  readonly onProgress?: Run['onProgress']
  readonly metrics?: IngestMetrics
  readonly at?: Run['at']
}

function guestStreams({ streams }: Partner): readonly string[] {
  return streams.filter(({ maps }) => maps.some((map) => map.derived)).map(({ name }) => name)
}

/** Whether one can buy as a guest and, apart from that, be a customer. */
function hasGuests(maps: readonly Mapping[]): boolean {
  const people = maps.filter(({ object }) => object.name === customer.name)
  return people.some(({ derived }) => derived) && people.some(({ derived }) => !derived)
}

/** Answers are stamped by the clock of the run, whatever it shows: all stamps are of one clock. */
function byClock(send: Http['send'], now: () => number): Http['send'] {
  if (now === Date.now) return send
  return async (request, how) => {
    const answer = await send(request, how)
    return { ...answer, started_ms: answer.started_ms + now() - Date.now() }
  }
}

/** Opens a connection for reading, and closes it after the work. */
export async function withRun<T>(options: RunOptions, work: (run: Run) => Promise<T>): Promise<T> {
  const { db, keys, connection, partner, now = Date.now, metrics = uncounted } = options
  const at = options.at ?? (() => undefined)
  const { per_second, patience_ms, apps } = options
  const asked = { connection, partner, per_second, patience_ms, apps }
  const opened = options.http ?? (await openConnection(db, keys, asked))
  const http = { ...opened, send: byClock(opened.send, now) }
  const context = contextOf({ connection })
  const maps = partner.streams.flatMap((stream) => stream.maps)
  const writer = newWriter({
    db,
    ledgerAccountId: connection.ledgerAccountId,
    namesInstrument: namesInstrumentBy(maps, context),
    throughs: throughsOf(maps),
    guests: hasGuests(maps) ? await newGuests(db, context, guestStreams(partner)) : undefined,
    now,
    at,
    onSaved: (stream, page) => metrics.page(partner.name, stream, page),
  })
  try {
    return await work({
      db,
      partner,
      connection,
      http,
      account: () => http.account(options.signal),
      writer,
      metrics,
      standard_ms: options.standard_ms ?? sync_every_ms,
      now,
      at,
      signal: options.signal ?? new AbortController().signal,
      onProgress: options.onProgress ?? (() => undefined),
    })
  } finally {
    await http.close()
  }
}
