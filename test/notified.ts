import { setTimeout as sleep } from 'node:timers/promises'
import pino from 'pino'
import type { PartnerName } from '../sandbox/partners.ts'
import type { Sandbox } from '../sandbox/server.ts'
import { newApi } from '../src/api/server.ts'
import { notificationPart } from '../src/cli/notification_part.ts'
import { type Processed, processNotifications } from '../src/ingest/notified.ts'
import { type RunOptions, withRun } from '../src/ingest/open.ts'
import { partnerList, partners } from '../src/partners/index.ts'
import type { Database } from '../src/store/database.ts'
import type { MasterKeys } from '../src/store/seal.ts'
import type { Business } from './business.ts'
import { freePort } from './postgres.ts'
import { type Client, newClient } from './world.ts'

/** A server that partners deliver to, over loopback. */
export interface Receiving {
  readonly url: string
  /** Connections that were woken, in order. */
  readonly woken: string[]
  /** A client that sees a business. */
  readonly clientOf: (business: Pick<Business, 'ledgerAccountId'>) => Promise<Client>
  readonly metrics: () => Promise<string>
  readonly stop: () => Promise<void>
}

export interface ReceivingOptions {
  readonly db: Database
  readonly keys: MasterKeys
  readonly publicUrl?: string
}

export async function startReceiving({
  db,
  keys,
  publicUrl,
}: ReceivingOptions): Promise<Receiving> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const woken: string[] = []
  const api = newApi({
    db,
    version: '0.0.0',
    eventLoopDelay_ms_max: 0,
    requestsPerMinute: 0,
    partnerSources: partnerList.map(({ name }) => name),
    notifications: notificationPart({
      db,
      keys,
      log: pino({ level: 'silent' }),
      wake: ({ connectionId }) => void woken.push(connectionId),
      publicUrl: publicUrl ?? url,
    }),
  })
  await api.listen({ host: '127.0.0.1', port })
  return {
    url,
    woken,
    async clientOf({ ledgerAccountId }) {
      const [row] = await db.query<{ institution_id: string }>(
        'select institution_id from ledger_account where ledger_account_id = $1 and id = $1',
        [ledgerAccountId],
      )
      return newClient(api, db, { institutionId: row?.institution_id ?? '' })
    },
    metrics: async () => (await api.inject('/metrics')).body,
    stop: () => api.close(),
  }
}

/** Processes what is due at a connection, as a worker does. */
export async function process(
  db: Database,
  business: Pick<Business, 'connection' | 'keys'>,
  options: Partial<RunOptions> = {},
): Promise<Processed> {
  const connection = await business.connection()
  const partner = partners[connection.partnerSource as PartnerName] // of a connection, so it is one
  const { keys } = business
  return withRun({ db, keys, connection, partner, ...options }, processNotifications)
}

const tries = 10
const minute_ms = 60_000

/** The same again and again as time goes by, until nothing is tried any more. */
export async function processToTheEnd(db: Database, business: Business) {
  const began_ms = Date.now()
  for (let i = 0; i < tries; i++) {
    await process(db, business, { now: () => began_ms + i * minute_ms * 2 ** i })
  }
}

const settled_ms_max = 20_000

/** Waits until a simulated partner has delivered everything. */
export async function delivered(sandbox: Sandbox, partner: PartnerName) {
  const end_ms = Date.now() + settled_ms_max
  const { deliveries } = sandbox.partner(partner)
  await sleep(20)
  while ((deliveries?.busy() ?? 0) > 0) {
    if (Date.now() > end_ms) throw new Error(`${partner} still delivers`)
    await sleep(20)
  }
}

export interface Row {
  readonly event_id: string
  readonly payload: string | null
  readonly reason: string | null
  readonly waits: boolean
  readonly attempts: number
}

/** What the table holds for a business. */
export function notificationsOf(db: Database, { ledgerAccountId, connectionId }: Business) {
  return db.query<Row>(
    `select event_id, payload, reason, attempts, due_date is not null as waits from notification
     where ledger_account_id = $1 and partner_account_connection_id = $2 order by event_id`,
    [ledgerAccountId, connectionId],
  )
}
