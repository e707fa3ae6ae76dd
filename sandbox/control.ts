// The control surface: what a test in another process does to the sandbox.
import type { FastifyInstance, FastifyReply } from 'fastify'
import { FAULTS, type FaultRequest } from './faults.ts'
import { notifyControl } from './notify.ts'
import type { Partner } from './partner.ts'
import { isPartnerName, type PartnerName } from './partners.ts'
import type { Sandbox } from './server.ts'
import { stripeControl } from './stripe/control.ts'
import type { Stripe } from './stripe/partner.ts'

const DAY = 86_400_000
// An advance is worked through in one go, so it has an end.
const ADVANCE_MAX_DAYS = 3650

export function controlRoutes(
  app: FastifyInstance,
  sandbox: Omit<Sandbox, 'url' | 'stripe' | 'partner'>,
  { stripe, partner }: { stripe: Stripe; partner: (name: PartnerName) => Partner },
): void {
  app.get('/_sandbox/ready', () => ({ ready: true, now: iso(sandbox) }))
  app.post<{ Body: { ms?: number; days?: number } }>(
    '/_sandbox/clock/advance',
    { schema: { body: ADVANCE } },
    ({ body }) => {
      sandbox.advance((body.ms ?? 0) + (body.days ?? 0) * DAY)
      return { now: iso(sandbox) }
    },
  )
  app.post<{ Body: FaultRequest }>(
    '/_sandbox/faults',
    { schema: { body: FAULT } },
    ({ body }, reply) => {
      sandbox.inject(body)
      return noContent(reply)
    },
  )
  app.delete('/_sandbox/faults', (_, reply) => {
    sandbox.clearFaults()
    return noContent(reply)
  })
  app.get('/_sandbox/requests', () => ({ requests: sandbox.requests() }))
  app.delete('/_sandbox/requests', (_, reply) => {
    sandbox.clearRequests()
    return noContent(reply)
  })
  // Stripe's own, which answers as Stripe does, goes before it.
  app.delete<{ Params: { partner: string; id: string } }>(
    '/_sandbox/:partner/customers/:id',
    ({ params: { partner: name, id } }, reply) => {
      const removed = isPartnerName(name) && partner(name).remove(id)
      return removed ? noContent(reply) : reply.code(404).send({ error: `no customer ${id}` })
    },
  )
  notifyControl(app, partner)
  // The seller takes back, at the partner, what they granted to applications.
  app.post<{ Params: { partner: string } }>(
    '/_sandbox/:partner/withdraw',
    ({ params: { partner: name } }, reply) => {
      const withdrawn = isPartnerName(name) && partner(name).consent?.withdraw()
      return withdrawn ? noContent(reply) : reply.code(404).send({ error: 'nothing was granted' })
    },
  )
  stripeControl(app, stripe)
}

const ADVANCE = {
  type: 'object',
  additionalProperties: false,
  properties: {
    ms: { type: 'integer', minimum: 0, maximum: ADVANCE_MAX_DAYS * DAY },
    days: { type: 'number', minimum: 0, maximum: ADVANCE_MAX_DAYS },
  },
}

const FAULT = {
  type: 'object',
  required: ['name'],
  additionalProperties: false,
  properties: {
    name: { enum: Object.keys(FAULTS) },
    path: { type: 'string' },
    partner: { type: 'string' },
    times: { type: ['integer', 'null'], minimum: 1 },
    probability: { type: 'number', minimum: 0, maximum: 1 },
    seed: { type: ['integer', 'string'] },
    after: { type: 'integer', minimum: 0 },
    with: { type: 'object', additionalProperties: { type: ['number', 'string'] } },
  },
}

function noContent(reply: FastifyReply): FastifyReply {
  return reply.code(204).send()
}

function iso({ now }: Pick<Sandbox, 'now'>): string {
  return new Date(now()).toISOString()
}
