import { randomBytes } from 'node:crypto'
import { sealSecret, secretsOf } from '../../events/secret.ts'
import { newSecret, signatureHeaders } from '../../events/sign.ts'
import { eventTypes } from '../../model/event.ts'
import { lockEndpoint, type SealedEndpoint, updateEndpoint } from '../../store/event_endpoint.ts'
import {
  endpoint_example,
  endpoint_tag,
  endpointIdParameter,
  endpointOf,
  endpointProperties,
  eventParts,
  firstTypeOf,
  ownerOf,
  shownEndpoint,
  unknownType,
} from '../event_call.ts'
import { exampleEvent } from '../event_example.ts'
import { type Call, nothing, type Operation, operation } from '../operation.ts'
import { notFound } from '../problem.ts'
import { integer, integerOrNull, objectSchema, text, textOrNull, time } from '../schemas.ts'

const common = {
  tag: endpoint_tag,
  prepare: nothing,
  method: 'POST',
  parameters: [endpointIdParameter],
} as const

const overlap_default_s = 24 * 3_600
const overlap_max_s = 7 * 24 * 3_600

const rotateOperation = operation({
  ...common,
  id: 'rotate_event_endpoint_secret',
  path: '/event_endpoints/{id}/rotate_secret',
  summary: 'Replace the secret of an endpoint',
  description:
    'The new secret is in this answer only. Until the overlap is over, each event carries signatures of both.',
  scope: 'admin',
  body: {
    schema: {
      type: 'object',
      properties: {
        overlap_seconds: {
          type: 'integer',
          minimum: 0,
          maximum: overlap_max_s,
          default: overlap_default_s,
          description: 'How long the secret before signs too; 0 where it has leaked',
        },
      },
      additionalProperties: false,
    },
    example: { overlap_seconds: overlap_default_s },
  },
  answer: {
    status: 200,
    description: 'The endpoint, with its new secret',
    schema: objectSchema({ ...endpointProperties, secret: textOrNull }),
    example: {
      ...endpoint_example,
      previous_secret_until: '2026-03-15T09:26:53.000Z',
      secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    },
  },
  secrets: ['secret'],
  errors: ['not_available'],
  async handle({ context, key, params, body }) {
    const { keys } = eventParts(context)
    const id = params.id ?? ''
    const { overlap_seconds = overlap_default_s } = body as { overlap_seconds?: number }
    const now_ms = context.now()
    const secret = newSecret()
    const changed = await context.db.transaction(async (tx) => {
      const before = await lockEndpoint(tx, ownerOf(key), id)
      if (!before) throw notFound('event_endpoint', id)
      const sealed = await sealSecret(tx, keys, { of: before, secret })
      const previous =
        overlap_seconds === 0
          ? { previous_secret: null, previous_until: null }
          : {
              previous_secret: before.secret,
              previous_until: new Date(now_ms + overlap_seconds * 1000).toISOString(),
            }
      const after = { ...before, ...previous, secret: sealed }
      await updateEndpoint(tx, after, now_ms)
      return { ...after, modified_date: new Date(now_ms).toISOString() }
    })
    return { body: JSON.stringify({ ...shownEndpoint(changed), secret }) }
  },
})

const testOperation = operation({
  ...common,
  id: 'test_event_endpoint',
  path: '/event_endpoints/{id}/test',
  summary: 'Send an example to an endpoint',
  description:
    'Sends an event that never happened, signed as others are, and tells what the receiver answered. It is tried once, also where the endpoint is disabled, and leaves no trace in the log.',
  scope: 'write',
  waits: true,
  body: {
    schema: {
      type: 'object',
      properties: {
        type: {
          type: 'string',
          minLength: 1,
          maxLength: 80,
          description: 'Of the event; the first that the endpoint asks for by default',
        },
      },
      additionalProperties: false,
    },
    example: { type: 'customer.created' },
  },
  answer: {
    status: 200,
    description: 'What came of it',
    schema: objectSchema({
      object: { const: 'event_test' },
      event_endpoint_id: text,
      event_id: text,
      type: text,
      delivered: { type: 'boolean' },
      status_code: integerOrNull,
      error: textOrNull,
      answer: textOrNull,
      duration_ms: integer,
      date: time,
    }),
    example: {
      object: 'event_test',
      event_endpoint_id: endpoint_example.id,
      event_id: 'evt_5f0c3b9a5f6e4a578a552b7f4d21',
      type: 'customer.created',
      delivered: true,
      status_code: 204,
      error: null,
      answer: '',
      duration_ms: 84,
      date: '2026-03-14T09:26:53.000Z',
    },
  },
  errors: ['not_available'],
  async handle(call) {
    const endpoint = await endpointOf(call)
    const { type = firstTypeOf(endpoint) } = call.body as { type?: string }
    if (!eventTypes.some((one) => one.type === type)) throw unknownType('type', type)
    return { body: JSON.stringify(await tested(call, endpoint, type)) }
  },
})

async function tested({ context }: Call<null>, endpoint: SealedEndpoint, type: string) {
  const { keys, sender } = eventParts(context)
  const now_ms = context.now()
  const { version, mode, payload, url } = endpoint
  const example = exampleEvent({ type, version, mode, payload, date_ms: now_ms })
  // A receiver that has seen the example before would take it for a repetition.
  const id = `evt_test_${randomBytes(12).toString('hex')}`
  const body = example.replace(/"id":"[^"]*"/, `"id":"${id}"`)
  const secrets = await secretsOf(context.db, keys, { endpoint, now_ms })
  const headers = signatureHeaders({ secrets, id, now_ms, body })
  const sent = await sender.send({ url, headers, body })
  const { status_code, error, answer, duration_ms, date_ms } = sent
  const what = { object: 'event_test', event_endpoint_id: endpoint.id, event_id: id, type }
  const came = { delivered: error === null, status_code, error, answer, duration_ms }
  return { ...what, ...came, date: new Date(date_ms).toISOString() }
}

export const eventActionOperations: readonly Operation[] = [rotateOperation, testOperation]
