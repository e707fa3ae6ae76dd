// The control surface's part about notifications: who is told, and when, and how wrongly.
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Deliveries, DeliverOptions } from './deliveries.ts'
import type { Partner } from './partner.ts'
import { isPartnerName, type PartnerName } from './partners.ts'

type ByPartner = { Params: { partner: string } }
type Dashboard = { id?: string; url: string; secret: string }

export function notifyControl(app: FastifyInstance, partner: (name: PartnerName) => Partner): void {
  const deliveriesOf = (name: string): Deliveries | undefined =>
    isPartnerName(name) ? partner(name).deliveries : undefined
  // As the partner's dashboard does it, where its API cannot.
  app.post<ByPartner & { Body: Dashboard }>(
    '/_sandbox/:partner/endpoints',
    { schema: { body: ENDPOINT } },
    ({ params, body }, reply) => {
      const deliveries = deliveriesOf(params.partner)
      if (!deliveries) return silent(reply, params.partner)
      const { id = 'by-hand', url, secret } = body
      deliveries.add({ id, url, secret, topics: null })
      return reply.code(201).send({ id, url })
    },
  )
  app.post<ByPartner & { Body: DeliverOptions & { hold?: boolean } }>(
    '/_sandbox/:partner/notify',
    { schema: { body: DELIVER } },
    async ({ params, body }, reply) => {
      const deliveries = deliveriesOf(params.partner)
      if (!deliveries) return silent(reply, params.partner)
      const { hold, ...options } = body
      if (hold !== undefined) deliveries.hold(hold)
      const delivered = hold ? [] : await deliveries.deliver(options)
      return reply.send({ delivered, waiting: deliveries.waiting() })
    },
  )
  app.post<ByPartner>('/_sandbox/:partner/tell-of-unknown', ({ params }, reply) => {
    if (isPartnerName(params.partner)) partner(params.partner).tellOfUnknown()
    return reply.code(204).send()
  })
}

function silent(reply: FastifyReply, name: string): FastifyReply {
  return reply.code(404).send({ error: `${name} tells nobody anything` })
}

const ENDPOINT = {
  type: 'object',
  required: ['url', 'secret'],
  additionalProperties: false,
  properties: {
    id: { type: 'string' },
    url: { type: 'string', pattern: '^http://127\\.0\\.0\\.1(:|/)' },
    secret: { type: 'string', minLength: 1 },
  },
}

const DELIVER = {
  type: 'object',
  additionalProperties: false,
  properties: {
    hold: { type: 'boolean' },
    order: { enum: ['told', 'newest', 'shuffled'] },
    times: { type: 'integer', minimum: 1, maximum: 100 },
    secret: { enum: ['current', 'former', 'wrong'] },
    again: { type: 'boolean' },
    seed: { type: ['integer', 'string'] },
  },
}
