import {
  former_secret_ms,
  former_secret_ms_max,
  secret_length_max,
  secretDates,
} from '../../connect/notification_secret.ts'
import type { JsonSchema } from '../../model/field.ts'
import { partner_account_connection } from '../../model/partner_account_connection.ts'
import type { Connection } from '../../store/connection.ts'
import { notificationFacts } from '../../store/notification.ts'
import { registrationOf } from '../../store/notification_registration.ts'
import { assertStatus, connectionOf } from '../connection_call.ts'
import { idExample } from '../example.ts'
import { deliveryUrl, type NotificationPart } from '../notification_part.ts'
import { type Answer, type Call, nothing, type Operation, operation } from '../operation.ts'
import { Problem } from '../problem.ts'
import { idParameter } from './records.ts'

const date = { type: ['string', 'null'], format: 'timestamp' } as const
const hour_ms = 60 * 60 * 1000

const schema: JsonSchema = {
  type: 'object',
  properties: {
    object: { type: 'string', const: 'notification_settings' },
    connection: { type: 'string', description: 'Id of the partner account connection' },
    url: {
      type: ['string', 'null'],
      description: 'Where the partner is to deliver; null where this installation takes none',
    },
    registered_url: {
      type: ['string', 'null'],
      description: 'Where the partner was asked to deliver; null where it was not asked',
    },
    registered_date: date,
    secrets: {
      type: 'array',
      description:
        'What deliveries may be signed with, the current one first; never the secret itself',
      items: {
        type: 'object',
        properties: {
          created_date: { type: 'string', format: 'timestamp' },
          until_date: { ...date, description: 'Of a former one: until when it is believed' },
        },
        required: ['created_date', 'until_date'],
      },
    },
    waiting: { type: 'integer', description: 'Notifications that are not processed yet' },
    oldest_waiting_date: date,
    last_received_date: date,
    reason: { type: ['string', 'null'], description: 'Why something waits' },
  },
  required: [
    'object',
    'connection',
    'url',
    'registered_url',
    'registered_date',
    'secrets',
    'waiting',
    'oldest_waiting_date',
    'last_received_date',
    'reason',
  ],
}

const id = idExample('partner_account_connection')
const example_url = `https://furrow.example/v2/notifications/stripe/${id}`

const common = {
  tag: 'notifications',
  prepare: nothing,
  parameters: [idParameter(partner_account_connection)],
  answer: {
    status: 200,
    description: 'How notifications of the connection stand',
    schema,
    example: {
      object: 'notification_settings',
      connection: id,
      url: example_url,
      registered_url: example_url,
      registered_date: '2026-03-14T09:26:53.000Z',
      secrets: [{ created_date: '2026-03-14T09:26:53.000Z', until_date: null }],
      waiting: 0,
      oldest_waiting_date: null,
      last_received_date: '2026-03-14T10:02:11.000Z',
      reason: null,
    },
  },
} as const

const at = '/partner_account_connections/{id}/notifications'

async function answerOf(call: Call, connection: Connection): Promise<Answer> {
  const { db, now, partners } = call.context
  const of = { ledgerAccountId: connection.ledgerAccountId, connectionId: connection.id }
  const [facts, registered, secrets] = await Promise.all([
    notificationFacts(db, of),
    registrationOf(db, of),
    secretDates(db, { ...of, now_ms: now() }),
  ])
  const part = partners.notifications
  // What is silenced is remembered, and registered again once it is read again.
  const isThere = registered !== null && registered.partnerIds.length > 0
  const { last_reason, ...waiting } = facts
  const body = {
    object: 'notification_settings',
    connection: connection.id,
    url: part ? deliveryUrl(part.publicUrl, connection) : null,
    registered_url: isThere ? registered.url : null,
    registered_date: textOf(isThere ? registered.registered_ms : null),
    secrets: secrets.map(({ created_ms, until_ms }) => ({
      created_date: textOf(created_ms),
      until_date: textOf(until_ms),
    })),
    ...waiting,
    reason: last_reason,
  }
  return { body: JSON.stringify(body) }
}

function textOf(time_ms: number | null): string | null {
  return time_ms === null ? null : new Date(time_ms).toISOString()
}

function partOf(call: Call): NotificationPart {
  const { notifications } = call.context.partners
  if (notifications) return notifications
  const detail = 'this installation runs without receiving notifications'
  throw new Problem({ code: 'not_available', detail })
}

const readOperation = operation({
  ...common,
  id: 'notification_settings',
  method: 'GET',
  path: at,
  scope: 'read',
  summary: 'Show how notifications of a connection stand',
  description: 'Where the partner delivers, with what it signs, and what waits to be processed.',
  async handle(call) {
    return answerOf(call, await connectionOf(call))
  },
})

const registerOperation = operation({
  ...common,
  id: 'register_notifications',
  method: 'POST',
  path: at,
  scope: 'write',
  summary: 'Ask the partner to deliver notifications',
  description:
    'Where its API can be asked; the others are set up by hand, and the refusal says how. Asking again changes nothing. Needs FURROW_PUBLIC_URL, an https address that the partner reaches.',
  waits: true,
  errors: ['conflict', 'partner_refused', 'not_available'],
  async handle(call) {
    const connection = await connectionOf(call)
    const part = partOf(call)
    assertStatus(connection, 'registered for notifications', ['Active'])
    await part.register(connection, deliveryUrl(part.publicUrl, connection))
    return answerOf(call, connection)
  },
})

const unregisterOperation = operation({
  ...common,
  id: 'unregister_notifications',
  method: 'DELETE',
  path: at,
  scope: 'write',
  summary: 'Ask the partner to deliver no more notifications',
  description: 'What was registered by hand stays as it is.',
  waits: true,
  errors: ['conflict', 'partner_refused', 'not_available'],
  async handle(call) {
    const connection = await connectionOf(call)
    await partOf(call).unregister(connection)
    return answerOf(call, connection)
  },
})

interface SecretBody {
  readonly secret: string
  readonly former_hours?: number
}

const secretOperation = operation({
  ...common,
  id: 'set_notification_secret',
  method: 'POST',
  path: '/partner_account_connections/{id}/notification_secret',
  scope: 'write',
  summary: 'Set what notifications are signed with',
  description:
    'As the partner shows it. It is stored sealed and never answered. The secret before it is believed a while longer, so that nothing is lost while it is replaced.',
  waits: true,
  body: {
    schema: {
      type: 'object',
      properties: {
        secret: { type: 'string', minLength: 1, maxLength: secret_length_max },
        former_hours: {
          type: 'integer',
          minimum: 0,
          maximum: former_secret_ms_max / hour_ms,
          description: `How long secrets before it are still believed; ${former_secret_ms / hour_ms} by default`,
        },
      },
      required: ['secret'],
      additionalProperties: false,
    },
    example: { secret: 'whsec_…', former_hours: 24 },
  },
  errors: ['conflict', 'not_available'],
  async handle(call) {
    const connection = await connectionOf(call)
    const part = partOf(call)
    assertStatus(connection, 'given a secret', ['Active', 'Lost Connection', 'Inactive'])
    const { secret, former_hours } = call.body as SecretBody
    const former = former_hours === undefined ? {} : { former_ms: former_hours * hour_ms }
    await part.setSecret(connection, { secret, ...former })
    return answerOf(call, connection)
  },
})

export const notificationOperations: readonly Operation[] = [
  readOperation,
  registerOperation,
  unregisterOperation,
  secretOperation,
]
