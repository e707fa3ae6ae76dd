import type { QueueCount } from '../ingest/jobs.ts'
import { addGauge } from '../metrics/gauge.ts'
import type { Registry } from '../metrics/registry.ts'
import type { Database } from '../store/database.ts'
import { connectionSummaries, streamSummaries } from '../store/installation_state.ts'

/** What the whole installation is counted by is kept so long, however often it is asked for. */
const kept_ms = 15_000

/** Connections of this process to the database. */
export function addDatabaseGauge(registry: Registry, db: Database) {
  const { connections } = db
  if (!connections) return
  addGauge(registry, {
    name: 'furrow_database_connections',
    help: "This process's connections to Postgres, and queries that wait for one",
    labels: ['state'],
    read: async () =>
      Object.entries(connections()).map(([state, value]) => ({ labels: { state }, value })),
  })
}

/** What is the same whichever worker is asked: queues, connections and streams. */
export function addInstallationGauges(
  registry: Registry,
  { db, counts }: { db: Database; counts: () => Promise<readonly QueueCount[]> },
) {
  addGauge(registry, {
    name: 'furrow_jobs',
    help: 'Jobs that wait and run, over all processes',
    labels: ['queue', 'state'],
    read: kept(async () =>
      (await counts()).flatMap(({ queue, waiting, running }) => [
        { labels: { queue, state: 'waiting' }, value: waiting },
        { labels: { queue, state: 'running' }, value: running },
      ]),
    ),
  })
  addGauge(registry, {
    name: 'furrow_connections',
    help: 'Partner account connections by status',
    labels: ['partner', 'status'],
    read: kept(async () =>
      (await connectionSummaries(db)).map(({ partnerSource: partner, status, connections }) => ({
        labels: { partner, status },
        value: connections,
      })),
    ),
  })
  addStreamGauges(registry, db)
}

function addStreamGauges(registry: Registry, db: Database) {
  const summaries = kept(() => streamSummaries(db, Date.now()))
  addGauge(registry, {
    name: 'furrow_streams',
    help: 'Streams of connections that are read, by state',
    labels: ['partner', 'state'],
    read: async () =>
      (await summaries()).map(({ partnerSource: partner, state, streams }) => ({
        labels: { partner, state },
        value: streams,
      })),
  })
  addGauge(registry, {
    name: 'furrow_stream_lag_seconds',
    help: 'How far behind the stream is that is farthest behind',
    labels: ['partner', 'state'],
    read: async () =>
      (await summaries()).flatMap(({ partnerSource: partner, state, lag_ms_max }) =>
        lag_ms_max === null
          ? []
          : [{ labels: { partner, state }, value: Math.max(0, lag_ms_max) / 1000 }],
      ),
  })
}

/** Asks at most once in a while, however many ask at the same time. */
function kept<T>(read: () => Promise<T>): () => Promise<T> {
  let last: Promise<T> | null = null
  let until_ms = 0
  return () => {
    if (last && Date.now() < until_ms) return last
    until_ms = Date.now() + kept_ms
    last = read().catch((error) => {
      last = null
      throw error
    })
    return last
  }
}
