// Webhooks of the app, the events that go to them, and the certificate they are signed with.
import { createSign, randomUUID } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { type MadeCertificate, madeCertificate } from '../certificate.ts'
import { createDeliveries, type Deliveries, type Endpoint } from '../deliveries.ts'
import type { Answer, Asked } from '../partner.ts'
import type { Thing } from '../world/entities.ts'
import { token } from '../world/random.ts'
import type { Account } from './account.ts'
import { renderDispute } from './dispute.ts'
import { NOT_FOUND } from './errors.ts'
import { type Json, stamp } from './format.ts'
import { isInvoice, renderInvoice } from './invoice.ts'
import { ok } from './lists.ts'
import { renderPlan, renderProduct, renderSubscription } from './subscription.ts'
import { renderToken } from './vault.ts'

export const WEBHOOKS = '/v1/notifications/webhooks'
const CERTIFICATES = '/v1/notifications/certs/'
const CERTIFICATE = 'CERT-360caa42-fca2a594-5a5e5e5c'
// Where the real one says that its certificate lies: who hears it believes no other host.
const HOST = 'https://api.sandbox.paypal.com'
const DAY = 86_400_000

// Making a key takes a moment, so it is made when the first thing is signed.
let made: MadeCertificate | undefined

function certificate(): MadeCertificate {
  made ??= madeCertificate({
    commonName: 'messageverificationcerts.sandbox.paypal.com',
    until_ms: Date.now() + 365 * DAY,
  })
  return made
}

export function certificateAnswer(path: string): Answer | null {
  if (path !== CERTIFICATES + CERTIFICATE) return null
  return { status: 200, headers: { 'content-type': 'text/plain' }, body: certificate().pem }
}

// What is signed names the webhook: its id is the secret of the scheme.
export function paypalDeliveries(): Deliveries {
  return createDeliveries({
    sign: ({ message: { body }, secret: webhook, now }) => {
      const id = randomUUID()
      const time = stamp(now)
      const signed = `${id}|${time}|${webhook}|${crc32(body)}`
      return {
        'paypal-transmission-id': id,
        'paypal-transmission-time': time,
        'paypal-transmission-sig': createSign('sha256')
          .update(signed)
          .sign(certificate().key, 'base64'),
        'paypal-cert-url': `${HOST}${CERTIFICATES}${CERTIFICATE}`,
        'paypal-auth-algo': 'SHA256withRSA',
      }
    },
  })
}

type Wanted = { url?: string; event_types?: { name: string }[] }

export function webhookAnswer(account: Account, deliveries: Deliveries, asked: Asked): Answer {
  const { method, path, body } = asked
  const id = decodeURIComponent(path.slice(WEBHOOKS.length + 1))
  const all = deliveries.endpoints()
  if (method === 'POST' && id === '') {
    const { url = '', event_types = [] } = JSON.parse(body) as Wanted
    const name = token(17, 'paypal webhook', account.merchant, all.length, Date.now()).toUpperCase()
    const topics = event_types.map((type) => type.name)
    const endpoint = deliveries.add({ id: name, url, secret: name, topics })
    return { ...ok(shown(endpoint)), status: 201 }
  }
  if (method === 'GET' && id === '') return ok({ webhooks: all.map((one) => shown(one)) })
  const found = all.find((one) => one.id === id)
  if (!found) return NOT_FOUND
  if (method !== 'DELETE') return ok(shown(found))
  deliveries.remove(id)
  return { status: 204, headers: {}, body: '' }
}

function shown({ id, url, topics }: Endpoint): Json {
  return { id, url, event_types: (topics ?? ['*']).map((name) => ({ name })), links: [] }
}

// What happened, as events tell it; things that PayPal has no event for are left out.
export function tellHappening(
  account: Account,
  deliveries: Deliveries,
  { verb, subject }: { verb: string; subject: Thing },
): void {
  if (deliveries.endpoints().length === 0) return
  const told = TOLD[verb]
  const resource = told && resourceOf(account, subject)
  if (told && resource) tellEvent(account, deliveries, { type: told, resource })
}

const TOLD: Record<string, string> = {
  'dispute.created': 'CUSTOMER.DISPUTE.CREATED',
  'dispute.changed': 'CUSTOMER.DISPUTE.UPDATED',
  'dispute.closed': 'CUSTOMER.DISPUTE.RESOLVED',
  'invoice.created': 'INVOICING.INVOICE.CREATED',
  'invoice.finalised': 'INVOICING.INVOICE.UPDATED',
  'invoice.paid': 'INVOICING.INVOICE.PAID',
  'invoice.voided': 'INVOICING.INVOICE.CANCELLED',
  'subscription.created': 'BILLING.SUBSCRIPTION.CREATED',
  'subscription.changed': 'BILLING.SUBSCRIPTION.UPDATED',
  'subscription.paused': 'BILLING.SUBSCRIPTION.SUSPENDED',
  'subscription.ended': 'BILLING.SUBSCRIPTION.CANCELLED',
  'product.created': 'CATALOG.PRODUCT.CREATED',
  'product.changed': 'CATALOG.PRODUCT.UPDATED',
  'price.created': 'BILLING.PLAN.CREATED',
  'price.changed': 'BILLING.PLAN.UPDATED',
  'instrument.added': 'VAULT.PAYMENT-TOKEN.CREATED',
  'instrument.removed': 'VAULT.PAYMENT-TOKEN.DELETED',
}

function resourceOf(account: Account, subject: Thing): Json | null {
  if (subject.kind === 'dispute') return renderDispute(account, subject)
  if (subject.kind === 'subscription') return renderSubscription(account, subject, false)
  if (subject.kind === 'product') return renderProduct(account, subject)
  if (subject.kind === 'price') return subject.interval ? renderPlan(account, subject) : null
  if (subject.kind === 'instrument') return subject.saved ? renderToken(account, subject) : null
  if (subject.kind !== 'invoice' || !isInvoice(account, subject)) return null
  return { invoice: renderInvoice(account, subject) }
}

let count = 0

export function tellEvent(
  { world }: Account,
  deliveries: Deliveries,
  { type, resource }: { type: string; resource: Json },
): void {
  const id = `WH-${token(17, 'paypal event', type, world.now(), count++).toUpperCase()}`
  const event = {
    id,
    event_version: '1.0',
    create_time: stamp(world.now()),
    event_type: type,
    summary: type,
    resource,
    links: [{ href: `${HOST}/v1/notifications/webhooks-events/${id}`, rel: 'self', method: 'GET' }],
  }
  deliveries.tell({ id, topic: type, body: JSON.stringify(event) })
}
