import { hash } from 'node:crypto'
import { newCertificates } from '../partners/certificate.ts'
import { BadAnswer, BadSignature } from '../partners/errors.ts'
import { jsonOf } from '../partners/http_body.ts'
import type { Notifications, SignedRequest, VerifyTools } from '../partners/notifications.ts'
import type { Partner } from '../partners/partner.ts'
import type { Payload } from '../partners/rule.ts'
import type { Database } from '../store/database.ts'
import type { Arrived } from '../store/notification.ts'
import type { MasterKeys } from '../store/seal.ts'
import { type Addressee, newAddressees } from './addressee.ts'
import { isBroken } from './normalise.ts'
import { NotReceived } from './not_received.ts'
import { newInbox } from './notification_inbox.ts'
import type { Wake } from './notification_job.ts'
import type { Log } from './worker.ts'

/** A request as a partner sent it. */
export interface Delivery extends SignedRequest {
  readonly partnerSource: string
  readonly connectionId: string
}

/** What became of a delivery that was taken. */
export interface Receipt {
  /** `nothing`: it holds no event that is read. */
  readonly outcome: 'stored' | 'duplicate' | 'ping' | 'nothing'
  /** Events that were not known yet. */
  readonly events: number
}

export interface ReceiverOptions {
  readonly db: Database
  readonly keys: MasterKeys
  readonly partners: readonly Partner[]
  /** Told after a delivery is stored for good. */
  readonly wake: Wake
  readonly log: Pick<Log, 'warn'>
  readonly now?: () => number
  /** Fetches what real partners sign with; over https unless a test says otherwise. */
  readonly certificates?: VerifyTools
}

/** Takes a delivery. Throws NotReceived where it is not taken; nothing is stored then. */
export type Receive = (delivery: Delivery) => Promise<Receipt>

/** Deliveries that are worked on at once; more are asked to come again. */
export const at_once_max = 2_000
/** Notifications of one connection that may wait; more are asked to come again. */
export const waiting_max = 50_000

/** Verifies what partners deliver, and stores it before anybody is told that it was taken. */
export function newReceiver(options: ReceiverOptions): Receive {
  const { db, partners, wake, log, now = Date.now } = options
  const addressees = newAddressees({ ...options, now })
  const certificates = certificatesFor(options)
  const inbox = newInbox(db, now)
  let atOnce = 0

  async function receive(delivery: Delivery): Promise<Receipt> {
    const partner = partners.find(({ name }) => name === delivery.partnerSource)
    const to = partner ? await addressees(delivery) : null
    if (!partner?.notifications || !to) throw unknown(delivery)
    assertTakes(to)
    if (partner.notifications.isPing?.(delivery)) return { outcome: 'ping', events: 0 }
    const arrived = await verified(delivery, { how: partner.notifications, to })
    if (arrived.length === 0) return { outcome: 'nothing', events: 0 }
    if (to.waiting >= waiting_max) throw busy('too many notifications wait to be processed')
    const { ledgerAccountId, id: connectionId } = to.connection
    const events = await inbox.add(ledgerAccountId, arrived)
    wake({ ledgerAccountId, connectionId })
    return { outcome: events > 0 ? 'stored' : 'duplicate', events }
  }

  async function verified(delivery: Delivery, { how, to }: Told): Promise<Arrived[]> {
    try {
      const tools = certificates(to.connection.baseUrl)
      await how.verify(delivery, to.secrets, now(), tools)
      return eventsIn(delivery, { how, to })
    } catch (error) {
      if (error instanceof BadSignature) throw unsigned(error.message, how)
      if (error instanceof BadAnswer) throw new NotReceived('unreadable', error.message)
      throw error
    }
  }

  return async (delivery) => {
    if (atOnce >= at_once_max) throw busy('too many notifications arrive at once')
    atOnce += 1
    try {
      return await receive(delivery)
    } catch (error) {
      if (error instanceof NotReceived) throw error
      log.warn({ err: error, partnerSource: delivery.partnerSource }, 'notification not stored')
      // Whatever it is, the partner is to come again: nothing was stored.
      throw busy('the notification cannot be stored at the moment')
    } finally {
      atOnce -= 1
    }
  }
}

interface Told {
  readonly how: Notifications
  readonly to: Addressee
}

/** Certificates of real partners are shared; a simulated one has its own, at its own address. */
function certificatesFor(options: ReceiverOptions): (baseUrl: string | null) => VerifyTools {
  const real = options.certificates ?? newCertificates()
  const simulated = new Map<string, VerifyTools>()
  return (baseUrl) => {
    if (baseUrl === null) return real
    const tools = simulated.get(baseUrl) ?? newCertificates({ baseUrl })
    simulated.set(baseUrl, tools)
    if (simulated.size > simulated_max) simulated.delete(String(simulated.keys().next().value))
    return tools
  }
}

const simulated_max = 32

/** The events of a delivery that are about this account. Throws NotReceived, BadAnswer. */
function eventsIn(delivery: Delivery, { how, to }: Told): Arrived[] {
  const name = `notification of ${delivery.partnerSource}`
  const body = jsonOf(Buffer.from(delivery.body), 'application/json', name)
  const { partnerAccountId, mode, id: connectionId } = to.connection
  const events = how.read(body, delivery.headers)
  const own = events.filter((event) => how.isFor?.(event, { partnerAccountId, mode }) ?? true)
  if (events.length > 0 && own.length === 0) {
    throw new NotReceived('foreign', 'notification: it is about another account, or another mode')
  }
  return own.map((event, i) => ({
    connectionId,
    eventId: eventIdOf(delivery, how.eventId?.(event) ?? null, i),
    payload: JSON.stringify(event satisfies Payload),
  }))
}

const event_id_length_max = 200
/** Headers of the scheme's; those of proxies differ from one delivery to the next. */
const scheme_header = /^x-(?!forwarded|real-ip|request-id|amzn|cloud|envoy|b3)/

/** The partner's own id of an event, else what tells the delivery from others: all that came. */
function eventIdOf(delivery: Delivery, own: string | null, place: number): string {
  if (own !== null && own.length <= event_id_length_max && !isBroken(own)) return own
  const headers = Object.entries(delivery.headers).filter(([name]) => scheme_header.test(name))
  const told = JSON.stringify([headers.sort(), place, own])
  const body = Buffer.from(delivery.body)
  return `sha256 ${hash('sha256', Buffer.concat([Buffer.from(told), body]), 'base64url')}`
}

function assertTakes({ connection: { status, id } }: Addressee) {
  if (status === 'Active' || status === 'Lost Connection') return
  if (status === 'Revoked') throw new NotReceived('revoked', `connection: ${id} was revoked`)
  throw new NotReceived('inactive', `connection: ${id} is ${status} and is not read`)
}

function unknown({ connectionId, partnerSource }: Delivery): NotReceived {
  const shown = JSON.stringify(connectionId.slice(0, 60)).toWellFormed()
  const name = JSON.stringify(partnerSource.slice(0, 60)).toWellFormed()
  return new NotReceived('unknown', `connection: no connection ${shown} of ${name} takes any`)
}

function unsigned(message: string, { refusedWith }: Notifications): NotReceived {
  return new NotReceived(refusedWith === 498 ? 'token invalid' : 'unsigned', message)
}

function busy(message: string): NotReceived {
  return new NotReceived('busy', message)
}
