import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { EventParts } from '../api/event_call.ts'
import type { Partners } from '../api/operation.ts'
import { newApi } from '../api/server.ts'
import { environmentApps } from '../connect/app.ts'
import { connectAccount } from '../connect/connect.ts'
import type { Desk } from '../connect/consent.ts'
import { revokeConnection } from '../connect/revoke.ts'
import type { Wake } from '../ingest/notification_job.ts'
import type { RequestSync } from '../ingest/worker.ts'
import { newRegistry, type Registry } from '../metrics/registry.ts'
import { partnerList, partnerNamed } from '../partners/index.ts'
import type { Database } from '../store/database.ts'
import type { MasterKeys } from '../store/seal.ts'
import { builtConsole } from './console.ts'
import { Fault } from './fault.ts'
import type { Life } from './life.ts'
import { notificationPart } from './notification_part.ts'
import { packageVersion } from './version.ts'

export interface Place {
  readonly host: string
  readonly port: number
}

export interface Serving {
  readonly db: Database
  readonly keys: MasterKeys
  readonly log: Logger
  readonly requestSync: RequestSync
  readonly wake: Wake
  readonly events: EventParts
  /** Whether test keys may connect the sandbox; see `Partners`. */
  readonly simulated?: boolean
  /** The simulated partner of that name, for consent in test mode. */
  readonly simulatedPartner?: Desk['simulated']
  readonly registry?: Registry
  /** How long it goes on answering after a signal, while it says that it is not ready. */
  readonly drain_ms?: number
}

/** Opens the API and listens. */
export async function serve(serving: Serving, place: Place, life: Life): Promise<{ url: string }> {
  const { db, log, events } = serving
  // The embedded database works in this very thread: a busy one delays answers, and serves them.
  const pressure = db.engine === 'pglite' ? { eventLoopDelay_ms_max: 0 } : {}
  const url = urlOf(place.host, place.port)
  const notifications = notificationPart({ ...serving, publicUrl: publicUrlOr(url) })
  const partners = { ...partnersFor(serving), notifications }
  const desk = deskFor(serving, publicUrlOr(url))
  const { registry = newRegistry(), drain_ms = 0 } = serving
  const about = { version: packageVersion(), registry, stopping: life.stopping }
  const parts = { desk, events, console: builtConsole() }
  const api = newApi({ db, log, ...parts, ...about, ...partners, ...pressure })
  life.onStop(async () => {
    if (drain_ms > 0) await sleep(drain_ms)
    await api.close()
  })
  await api.ready()
  const { host, port } = place
  await api.listen({ host, port })
  return { url }
}

const everywhere: { readonly [host: string]: string } = { '0.0.0.0': '127.0.0.1', '::': '::1' }

/** Where this machine reaches it; an address that means "all of mine" is not one to call. */
function urlOf(host: string, port: number): string {
  const called = everywhere[host] ?? host
  return `http://${called.includes(':') ? `[${called}]` : called}:${port}`
}

/** What the consent page works with. */
function deskFor(
  { keys, requestSync, simulatedPartner = () => null }: Serving,
  url: string,
): Omit<Desk, 'db' | 'now'> {
  return {
    keys,
    partners: partnerList,
    apps: environmentApps,
    publicUrl: url,
    simulated: simulatedPartner,
    sync: (connection) => requestSync(connection),
  }
}

/** Where browsers and partners reach the API: FURROW_PUBLIC_URL, or else this machine. Throws Fault. */
function publicUrlOr(listening: string): string {
  const given = process.env.FURROW_PUBLIC_URL
  if (!given) return listening
  const url = URL.canParse(given) ? new URL(given) : null
  if (url && /^https?:$/.test(url.protocol) && [url.origin, `${url.origin}/`].includes(given)) {
    return url.origin
  }
  throw new Fault(
    `FURROW_PUBLIC_URL: expected an origin such as https://furrow.example.com, got "${given}"`,
  )
}

/** What the API asks of the parts that know partners. */
function partnersFor({ db, keys, requestSync, simulated = false }: Serving): Partners {
  return {
    partnerSources: partnerList.map(({ name }) => name),
    described: partnerList,
    simulated,
    async connect({ partnerSource, ...request }) {
      const partner = partnerNamed(partnerSource)
      if (!partner) throw new Error(`the API let an unknown partner pass: ${partnerSource}`)
      return connectAccount(db, keys, { ...request, partner, now_ms: Date.now() })
    },
    sync: (connection, wish) => requestSync(connection, wish),
    async revoke(connection, reason) {
      const partner = partnerNamed(connection.partnerSource)
      if (!partner) throw new Error(`no partner named ${connection.partnerSource} in this version`)
      await revokeConnection(db, keys, { connection, partner, reason, now_ms: Date.now() })
    },
  }
}
