// The control surface's Stripe part: changes by hand, in the test account.
import type { FastifyInstance, FastifyReply } from 'fastify'
import { FATES } from '../world/fates.ts'
import { PURCHASES } from '../world/purchases.ts'
import type { Account } from './account.ts'
import { answerOf, StripeRefusal } from './errors.ts'
import type { WrittenCharge, WrittenCustomer } from './hand.ts'
import {
  createCharge,
  createCustomer,
  deleteCustomer,
  refundCharge,
  updateCharge,
  updateCustomer,
} from './hand.ts'
import type { Stripe } from './partner.ts'
import type { StripeObject } from './types.ts'

type ById = { Params: { id: string } }

const AT = '/_sandbox/stripe'

export function stripeControl(app: FastifyInstance, stripe: Stripe): void {
  const { account } = stripe
  app.post<{ Body: WrittenCustomer }>(
    `${AT}/customers`,
    { schema: { body: CUSTOMER } },
    ({ body }, reply) => answer(reply, () => createCustomer(account, body)),
  )
  app.post<ById & { Body: WrittenCustomer }>(
    `${AT}/customers/:id`,
    { schema: { body: CUSTOMER } },
    ({ body, params }, reply) => answer(reply, () => updateCustomer(account, params.id, body)),
  )
  app.delete<ById>(`${AT}/customers/:id`, ({ params }, reply) =>
    answer(reply, () => deleteCustomer(account, params.id)),
  )
  chargeControl(app, account)
  app.post<{ Body: { key?: string } }>(
    `${AT}/revoke`,
    { schema: { body: { type: 'object', properties: { key: { type: 'string' } } } } },
    ({ body }, reply) => {
      if (body.key === undefined) stripe.deauthorise()
      else stripe.revokeKey(body.key)
      return reply.code(204).send()
    },
  )
}

function chargeControl(app: FastifyInstance, account: Account): void {
  app.post<{ Body: WrittenCharge }>(
    `${AT}/charges`,
    { schema: { body: CHARGE } },
    ({ body }, reply) => answer(reply, () => createCharge(account, body)),
  )
  app.post<ById & { Body: { description: string } }>(
    `${AT}/charges/:id`,
    { schema: { body: strict({ description: { type: 'string' } }, ['description']) } },
    ({ body, params }, reply) => answer(reply, () => updateCharge(account, params.id, body)),
  )
  app.post<ById & { Body: { amount?: number } }>(
    `${AT}/charges/:id/refund`,
    { schema: { body: strict({ amount: { type: 'integer', minimum: 1 } }) } },
    ({ body, params }, reply) => answer(reply, () => refundCharge(account, params.id, body)),
  )
}

function answer(reply: FastifyReply, change: () => StripeObject): FastifyReply {
  try {
    return reply.send(change())
  } catch (refused) {
    if (!(refused instanceof StripeRefusal)) throw refused
    const { status, body } = answerOf(refused)
    return reply.code(status).send(body)
  }
}

const MAYBE = { type: ['string', 'null'] }

const ADDRESS = strict({
  line1: MAYBE,
  line2: MAYBE,
  city: MAYBE,
  postal_code: MAYBE,
  state: MAYBE,
  country: MAYBE,
})

const CUSTOMER = strict({
  name: MAYBE,
  email: MAYBE,
  phone: MAYBE,
  description: MAYBE,
  address: { anyOf: [ADDRESS, { type: 'null' }] },
  shipping: {
    anyOf: [
      strict({ name: { type: 'string' }, phone: MAYBE, address: ADDRESS }, ['name', 'address']),
      { type: 'null' },
    ],
  },
  metadata: { type: 'object', additionalProperties: { type: 'string' } },
  preferred_locales: { type: 'array', items: { type: 'string' } },
  with_card: { type: 'boolean' },
})

const CHARGE = strict(
  {
    amount: { type: 'integer', minimum: 1 },
    currency: { enum: ['usd', 'eur', 'jpy', 'kwd', 'gbp'] },
    customer: { type: 'string' },
    description: { type: 'string' },
    billing_details: strict({
      name: { type: 'string' },
      email: { type: 'string' },
      phone: { type: 'string' },
    }),
    way: { enum: Object.keys(PURCHASES) },
    fate: { enum: Object.keys(FATES) },
    bare: { type: 'boolean' },
  },
  ['amount', 'currency'],
)

function strict(properties: Record<string, unknown>, required: string[] = []) {
  return { type: 'object', additionalProperties: false, required, properties }
}
