import { randomBytes } from 'node:crypto'
import { Gone, Refused } from '../partners/errors.ts'
import type { Registered, Registration } from '../partners/notifications.ts'
import type { Partner } from '../partners/partner.ts'
import type { ApiRequest } from '../partners/request.ts'
import type { Connection } from '../store/connection.ts'
import type { Database } from '../store/database.ts'
import {
  forgetRegistration,
  registrationOf,
  type StoredRegistration,
  saveRegistration,
} from '../store/notification_registration.ts'
import type { MasterKeys } from '../store/seal.ts'
import { openConnection } from './credential.ts'
import { notificationSecrets, setNotificationSecret } from './notification_secret.ts'
import { credentialOf } from './stored_credential.ts'

/** The partner's API cannot be asked for it, or not yet; the message says what to do instead. */
export class CannotRegister extends Error {
  override readonly name = 'CannotRegister'
}

export interface RegistrationOf {
  readonly db: Database
  readonly keys: MasterKeys
  readonly connection: Connection
  readonly partner: Partner
  /** Where the partner is to deliver. */
  readonly url: string
  readonly now_ms: number
}

/** What the partner is asked, by whom, and in which way. */
interface Asking extends RegistrationOf {
  readonly registration: Registration
  readonly ask: (request: ApiRequest) => Promise<unknown>
}

const patience_ms = 10_000
const secret_bytes = 32

/**
 * Asks a partner to deliver to an address, unless it does so already. Gives what it registered.
 * Throws CannotRegister, Refused, Rejected, Unavailable, BadAnswer, NoCredential.
 */
export async function registerNotifications(of: RegistrationOf): Promise<StoredRegistration> {
  return asking(of, async (to) => {
    const { db, registration, url } = to
    const there = registration.listed(await to.ask(registration.list))
    const ours = there.filter((one) => one.url === url)
    const before = await registrationOf(db, keyOf(to))
    const secrets = await notificationSecrets(db, to.keys, { ...keyOf(to), now_ms: to.now_ms })
    if (before && secrets.length > 0 && isWhole(before, url, ours)) {
      for (const { id } of ours) if (!before.partnerIds.includes(id)) await remove(to, id)
      return before
    }
    if (registration.secret === 'known' && secrets.length === 0) throw secretFirst(to.partner)
    // A partner tells a secret once: what stands there with a secret that nobody knows is replaced.
    const former = there.filter(({ id }) => before?.partnerIds.includes(id))
    const made = await create(to, secrets[0])
    for (const { id } of new Set([...ours, ...former])) await remove(to, id)
    return made
  })
}

function isWhole(before: StoredRegistration, url: string, ours: readonly Registered[]): boolean {
  const ids = new Set(ours.map(({ id }) => id))
  return (
    before.url === url &&
    before.partnerIds.length > 0 &&
    before.partnerIds.every((id) => ids.has(id))
  )
}

/** Asks for everything; what was made goes again where one of it fails. */
async function create(to: Asking, known: string | undefined): Promise<StoredRegistration> {
  const { db, keys, registration, url, now_ms } = to
  let secret = known ?? randomBytes(secret_bytes).toString('base64url')
  // Deliveries may come before the last answer does.
  if (registration.secret === 'chosen' && known === undefined) await believe(to, secret)
  const ids: string[] = []
  try {
    for (const request of registration.create({ url, secret })) {
      const made = registration.created(await to.ask(request))
      ids.push(made.id)
      if (registration.secret === 'told') secret = made.secret ?? secret
    }
    const stored = { url, partnerIds: ids, registered_ms: now_ms }
    await db.transaction(async (tx) => {
      if (registration.secret === 'told') {
        await setNotificationSecret(tx, keys, { ...keyOf(to), secret, now_ms })
      }
      await saveRegistration(tx, keyOf(to), stored)
    })
    return stored
  } catch (error) {
    for (const id of ids) await remove(to, id)
    throw error
  }
}

async function believe({ db, keys, now_ms, ...to }: Asking, secret: string) {
  await db.transaction((tx) => setNotificationSecret(tx, keys, { ...keyOf(to), secret, now_ms }))
}

async function remove({ registration, ask }: Asking, id: string) {
  try {
    await ask(registration.remove(id))
  } catch (error) {
    // Gone is what was wanted.
    if (!(error instanceof Gone)) throw error
  }
}

/**
 * Asks a partner to deliver no more, where it was asked to before. Throws as registering does; a
 * connection that has registered nothing is none of its business.
 */
export async function unregisterNotifications(of: Omit<RegistrationOf, 'url'>): Promise<void> {
  await silenceNotifications(of)
  await forgetRegistration(of.db, keyOf(of))
}

/** The same for a while: where it was to deliver is remembered. Throws as registering does. */
export async function silenceNotifications(of: Omit<RegistrationOf, 'url'>): Promise<void> {
  const before = await registrationOf(of.db, keyOf(of))
  if (!before || before.partnerIds.length === 0) return
  await asking({ ...of, url: before.url }, async (to) => {
    for (const id of before.partnerIds) await remove(to, id)
  })
  await saveRegistration(of.db, keyOf(of), { ...before, partnerIds: [] })
}

async function asking<T>(of: RegistrationOf, work: (to: Asking) => Promise<T>): Promise<T> {
  const { db, keys, connection, partner } = of
  const how = partner.notifications
  if (!how) throw new CannotRegister(`${partner.title} sends no notifications that are read`)
  const { registration, byHand } = how
  if (!registration) throw new CannotRegister(`set it up by hand at ${partner.title}: ${byHand}`)
  const credential = await credentialOf(db, keys, keyOf(of))
  const reason = registration.unable?.(credential) ?? null
  if (reason !== null) throw new CannotRegister(`${reason}: set it up by hand: ${byHand}`)
  const http = await openConnection(db, keys, { connection, partner, patience_ms })
  const ask = async (request: ApiRequest) =>
    (await http.send(request, { priority: 'interactive' })).body
  try {
    return await work({ ...of, registration, ask })
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    throw new CannotRegister(
      `${partner.title} refuses (${error.message}): it takes ${registration.needs}; or set it up ` +
        `by hand: ${byHand}`,
    )
  } finally {
    await http.close()
  }
}

function secretFirst({ title, notifications }: Partner): CannotRegister {
  return new CannotRegister(
    `${title} tells its secret nowhere: set it first. ${notifications?.byHand ?? ''}`,
  )
}

function keyOf({ connection }: Pick<RegistrationOf, 'connection'>) {
  return { ledgerAccountId: connection.ledgerAccountId, connectionId: connection.id }
}
