import { addressee, notificationSecrets } from '../connect/notification_secret.ts'
import { type Connection, findConnection } from '../store/connection.ts'
import type { Database } from '../store/database.ts'
import { waitingCount } from '../store/notification.ts'
import type { MasterKeys } from '../store/seal.ts'

/** A connection, as far as whoever receives its notifications has to know it. */
export interface Addressee {
  readonly connection: Connection
  /** What its notifications may be signed with. */
  readonly secrets: readonly string[]
  /** Notifications that waited when it was looked up. */
  readonly waiting: number
}

export interface AddresseesOptions {
  readonly db: Database
  readonly keys: MasterKeys
  readonly now: () => number
}

/** A revoked connection, or a secret that has ended, is believed no longer than this. */
export const addressee_kept_ms = 1_000
const kept_max = 2_000
/** More than may wait: how many more does not matter. */
const counted_max = 100_000

interface Named {
  readonly partnerSource: string
  readonly connectionId: string
}

/** Looks connections up by what a delivery names, each once a second. null: there is none. */
export function newAddressees(
  options: AddresseesOptions,
): (named: Named) => Promise<Addressee | null> {
  const kept = new Map<string, { readonly found: Promise<Addressee | null>; until_ms: number }>()
  return async ({ partnerSource, connectionId }) => {
    const known = kept.get(connectionId)
    if (known && performance.now() < known.until_ms) return ofPartner(known.found, partnerSource)
    const found = lookUp(options, connectionId)
    kept.delete(connectionId)
    kept.set(connectionId, { found, until_ms: performance.now() + addressee_kept_ms })
    if (kept.size > kept_max) kept.delete(String(kept.keys().next().value))
    // What went wrong is not kept: the next delivery asks again.
    found.catch(() => kept.delete(connectionId))
    return ofPartner(found, partnerSource)
  }
}

async function ofPartner(found: Promise<Addressee | null>, partnerSource: string) {
  const one = await found
  return one?.connection.partnerSource === partnerSource ? one : null
}

/** What a connection's id looks like; anything else is not looked up. */
const id_pattern = /^[\w-]{1,64}$/

async function lookUp(
  { db, keys, now }: AddresseesOptions,
  connectionId: string,
): Promise<Addressee | null> {
  if (!id_pattern.test(connectionId)) return null
  const ledgerAccountId = await addressee(db, connectionId)
  if (ledgerAccountId === null) return null
  const connection = await findConnection(db, ledgerAccountId, connectionId)
  if (!connection) return null
  const of = { ledgerAccountId, connectionId }
  const secrets = await notificationSecrets(db, keys, { ...of, now_ms: now() })
  return { connection, secrets, waiting: await waitingCount(db, of, counted_max) }
}
