import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { NotReceived } from '../ingest/not_received.ts'
import { type Version, versions } from '../model/versions.ts'
import type { Metrics } from './metrics.ts'
import type { Context, Operation } from './operation.ts'
import type { Parameter } from './parameter.ts'
import { Problem } from './problem.ts'

/** Largest delivery that is read. */
export const delivery_bytes_max = 5 * 1024 * 1024
/** Of deliveries that are being read or worked on, together. */
export const deliveries_bytes_max = 256 * 1024 * 1024

/** An operation without a key, whose body is a partner's to shape. */
export interface DeliveryOperation
  extends Pick<
    Operation,
    'id' | 'method' | 'path' | 'tag' | 'summary' | 'description' | 'answer' | 'errors'
  > {
  readonly parameters: readonly Parameter[]
  readonly body: { readonly description: string }
}

const name = { type: 'string', minLength: 1, maxLength: 80 } as const

export const delivery: DeliveryOperation = {
  id: 'receive_notification',
  method: 'POST',
  path: '/notifications/{partnerSource}/{connection}',
  tag: 'notifications',
  summary: 'Receive a notification',
  description:
    'Where partners deliver. The signature is checked on the bytes as they come, and what holds is stored before it is answered; reading what it names begins at once. An event that was delivered before changes nothing.',
  parameters: [
    {
      name: 'partnerSource',
      in: 'path',
      required: true,
      description: 'Whose notification it is',
      schema: name,
      example: 'stripe',
    },
    {
      name: 'connection',
      in: 'path',
      required: true,
      description: 'Id of the partner account connection it is for',
      schema: name,
      example: 'pac_5f0c1a9e8b7d6c5f4a3b2c1d0e9f',
    },
  ],
  body: { description: 'As the partner sends it, with its own headers' },
  answer: {
    status: 200,
    description: 'It is taken: stored, known already, or holding nothing that is read',
    schema: {
      type: 'object',
      properties: {
        object: { type: 'string', const: 'notification_receipt' },
        outcome: { type: 'string', enum: ['stored', 'duplicate', 'ping', 'nothing'] },
        events: { type: 'integer', minimum: 0, description: 'Events that were not known yet' },
      },
      required: ['object', 'outcome', 'events'],
    },
    example: { object: 'notification_receipt', outcome: 'stored', events: 1 },
  },
  errors: [
    'bad_notification',
    'not_found',
    'conflict',
    'gone',
    'body_too_large',
    'token_invalid',
    'internal',
    'unavailable',
  ],
}

interface Params {
  readonly partnerSource: string
  readonly connection: string
}

/** Routes of deliveries: bodies are left as they come, and nobody needs a key. */
export function addDeliveryRoutes(app: FastifyInstance, context: Context, metrics: Metrics) {
  app.removeAllContentTypeParsers()
  const parsing = { parseAs: 'buffer', bodyLimit: delivery_bytes_max } as const
  app.addContentTypeParser('*', parsing, (_, body, done) => done(null, body))
  boundMemory(app)
  for (const version of Object.keys(versions) as Version[]) {
    const path = delivery.path.replaceAll(/\{(\w+)\}/g, ':$1')
    app.post<{ Params: Params }>(
      `/${version}${path}`,
      { bodyLimit: delivery_bytes_max },
      (request, reply) => received({ context, metrics }, request, reply),
    )
  }
}

/** Who fills the memory with bodies is asked to come again before they are read. */
function boundMemory(app: FastifyInstance) {
  const held = new WeakMap<object, number>()
  let bytes = 0
  app.addHook('onRequest', (request, reply, done) => {
    const told = Number(request.headers['content-length'] ?? delivery_bytes_max)
    const own = Math.min(Number.isFinite(told) ? told : delivery_bytes_max, delivery_bytes_max)
    if (bytes + own > deliveries_bytes_max) {
      return done(
        new Problem({ code: 'unavailable', detail: 'too much is being delivered at once' }),
      )
    }
    bytes += own
    held.set(request, own)
    reply.raw.once('close', () => {
      bytes -= held.get(request) ?? 0
      held.delete(request)
    })
    done()
  })
}

interface Receiving {
  readonly context: Context
  readonly metrics: Metrics
}

async function received(
  { context, metrics }: Receiving,
  { params, headers, url, body }: FastifyRequest<{ Params: Params }>,
  reply: FastifyReply,
) {
  const { partnerSource, connection: connectionId } = params
  const { notifications: part, partnerSources } = context.partners
  if (!part)
    throw new NotReceived('unknown', 'connection: this installation takes no notifications')
  // A name that nobody has is the caller's, and would fill the labels.
  const known = partnerSources.includes(partnerSource) ? partnerSource : 'unknown'
  try {
    const receipt = await part.receive({
      partnerSource,
      connectionId,
      headers: single(headers),
      url: part.publicUrl + (url.split('?', 1)[0] ?? ''),
      body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
    })
    metrics.notified(known, receipt.outcome)
    return reply.send({ object: 'notification_receipt', ...receipt })
  } catch (error) {
    metrics.notified(known, error instanceof NotReceived ? error.refusal : 'failed')
    throw error
  }
}

function single(headers: FastifyRequest['headers']): { [name: string]: string | undefined } {
  return Object.fromEntries(
    Object.entries(headers).map(([key, value]) => [key, [value].flat().join(',')]),
  )
}
