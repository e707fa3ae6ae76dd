import type { Apps } from '../connect/app.ts'
import { currentToken } from '../connect/token.ts'
import { Refused, Unavailable } from '../partners/errors.ts'
import type { Partner } from '../partners/partner.ts'
import { type Connection, findConnection, setStatus } from '../store/connection.ts'
import type { Database } from '../store/database.ts'
import { dueTokens, type TokenKey } from '../store/oauth_token.ts'
import type { MasterKeys } from '../store/seal.ts'
import { plainText } from './fetch.ts'
import type { Jobs } from './jobs.ts'

/** How often it is looked which tokens are to be refreshed. */
export const refresh_every_ms = 60_000

export interface Refreshing {
  readonly db: Database
  readonly keys: MasterKeys
  readonly partners: readonly Partner[]
  readonly log: { readonly warn: (facts: object, message: string) => void }
  readonly apps?: Apps
  readonly now?: () => number
}

/** Refreshes granted tokens before they end, whether their connections are read or not. */
export async function keepTokens(jobs: Pick<Jobs, 'every'>, options: Refreshing) {
  await jobs.every('refresh_token', refresh_every_ms, async () => {
    await refreshDue(options)
  })
}

/** Refreshes each token that is due, one after the other. Gives how many it looked at. */
export async function refreshDue(options: Refreshing): Promise<number> {
  const { db, now = Date.now } = options
  let after = ''
  let total = 0
  for (;;) {
    const page = await dueTokens(db, { now_ms: now(), after })
    const last = page.at(-1)
    if (!last) return total
    for (const key of page) await refreshOne(options, key)
    total += page.length
    after = last.connectionId
  }
}

async function refreshOne(options: Refreshing, { ledgerAccountId, connectionId }: TokenKey) {
  const { db, keys, partners, log, apps, now = Date.now } = options
  const connection = await findConnection(db, ledgerAccountId, connectionId)
  const partner = partners.find(({ name }) => name === connection?.partnerSource)
  if (!connection || !partner) return
  try {
    await currentToken({ db, keys, connection, partner, apps, now })
  } catch (error) {
    const reason = plainText((error as Error).message)
    log.warn(
      { connection: connectionId, partnerSource: partner.name, reason },
      'token not refreshed',
    )
    if (error instanceof Refused) return lose(options, connection, reason)
    if (!(error instanceof Unavailable)) throw error
  }
}

/** What is switched off stays so: it is found out when it is switched on again. */
async function lose({ db, now = Date.now }: Refreshing, connection: Connection, reason: string) {
  if (connection.status !== 'Active') return
  const { ledgerAccountId, id } = connection
  const status = 'Lost Connection'
  await setStatus(db, { ledgerAccountId, id, status, reason, now_ms: now() })
}
