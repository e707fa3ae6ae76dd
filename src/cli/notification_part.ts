import type { Logger } from 'pino'
import type { NotificationPart } from '../api/notification_part.ts'
import { setNotificationSecret } from '../connect/notification_secret.ts'
import {
  CannotRegister,
  registerNotifications,
  silenceNotifications,
  unregisterNotifications,
} from '../connect/registration.ts'
import type { Wake } from '../ingest/notification_job.ts'
import { newReceiver } from '../ingest/receive.ts'
import { partnerList, partnerNamed } from '../partners/index.ts'
import type { Connection } from '../store/connection.ts'
import type { Database } from '../store/database.ts'
import { registrationOf } from '../store/notification_registration.ts'
import type { MasterKeys } from '../store/seal.ts'

export interface PartOptions {
  readonly db: Database
  readonly keys: MasterKeys
  readonly log: Logger
  readonly wake: Wake
  /** Where this server is reached from outside. */
  readonly publicUrl: string
}

/** Receives notifications, and arranges for them at partners. */
export function notificationPart(options: PartOptions): NotificationPart {
  const { db, keys, log, publicUrl } = options
  const receive = newReceiver({ ...options, partners: partnerList })
  const of = (connection: Connection) => ({ db, keys, connection, ...at(connection) })
  const quietly = async (connection: Connection, work: () => Promise<unknown>) => {
    try {
      await work()
    } catch (err) {
      // The connection is switched all the same; deliveries to one that is not read are refused.
      log.warn({ connection: connection.id, err }, 'notifications not arranged at the partner')
    }
  }
  return {
    publicUrl,
    receive,
    async register(connection, url) {
      assertReachable(connection, url)
      await registerNotifications({ ...of(connection), url })
    },
    unregister: (connection) => unregisterNotifications(of(connection)),
    setSecret: ({ ledgerAccountId, id: connectionId }, given) =>
      db.transaction((tx) =>
        setNotificationSecret(tx, keys, {
          ...given,
          ledgerAccountId,
          connectionId,
          now_ms: Date.now(),
        }),
      ),
    silence: (connection) => quietly(connection, () => silenceNotifications(of(connection))),
    resume: (connection) =>
      quietly(connection, async () => {
        const { ledgerAccountId, id: connectionId } = connection
        const before = await registrationOf(db, { ledgerAccountId, connectionId })
        if (before) await registerNotifications({ ...of(connection), url: before.url })
      }),
  }
}

function at({ partnerSource }: Connection) {
  const partner = partnerNamed(partnerSource)
  if (!partner) throw new Error(`a connection of an unknown partner: ${partnerSource}`)
  return { partner, now_ms: Date.now() }
}

/** Only a simulated partner is on this machine; the others come from outside, and want TLS. */
function assertReachable({ baseUrl }: Connection, url: string) {
  if (baseUrl !== null || url.startsWith('https://')) return
  throw new CannotRegister(
    `FURROW_PUBLIC_URL: expected an https address that the partner reaches, got ${url}`,
  )
}
