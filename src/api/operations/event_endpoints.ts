import { newSecret } from '../../events/sign.ts'
import {
  deleteEndpoint,
  endpoints_max,
  listEndpoints,
  lockEndpoint,
  type SealedEndpoint,
  updateEndpoint,
} from '../../store/event_endpoint.ts'
import { beginLanes } from '../../store/event_lane.ts'
import {
  accountsOf,
  checkSettings,
  endpoint_example,
  endpoint_schema,
  endpoint_tag,
  endpointIdParameter,
  endpointOf,
  endpointProperties,
  eventParts,
  ownerOf,
  settable,
  shownEndpoint,
} from '../event_call.ts'
import {
  assertRoom,
  beginNew,
  boundTo,
  insertNew,
  type Settings,
  statusOf,
} from '../event_settings.ts'
import { nothing, type Operation, operation } from '../operation.ts'
import { notFound } from '../problem.ts'
import { listExample, listSchema, objectSchema, text, textOrNull } from '../schemas.ts'

const common = { tag: endpoint_tag, prepare: nothing } as const
const answer = {
  status: 200,
  description: 'The endpoint, without its secret',
  schema: endpoint_schema,
  example: endpoint_example,
}

const listOperation = operation({
  ...common,
  id: 'list_event_endpoints',
  method: 'GET',
  path: '/event_endpoints',
  summary: 'List endpoints',
  description: `Where events are posted to, in this key's mode, newest first; there can be ${endpoints_max}. A key of one ledger account sees those of this account alone.`,
  scope: 'read',
  parameters: [],
  answer: {
    status: 200,
    description: 'All of them',
    schema: listSchema(endpoint_schema),
    example: listExample('/v2/event_endpoints', endpoint_example),
  },
  async handle({ context, key, version, path }) {
    const data = (await listEndpoints(context.db, ownerOf(key))).map(shownEndpoint)
    const body = { object: 'list', url: `/${version}${path}`, data }
    return { body: JSON.stringify({ ...body, has_more: false, next_cursor: null }) }
  },
})

const createOperation = operation({
  ...common,
  id: 'create_event_endpoint',
  method: 'POST',
  path: '/event_endpoints',
  summary: 'Create an endpoint',
  description:
    "It is told what happens from now on, in this key's mode and in the names of this API version. Events are signed by the Standard Webhooks specification; the secret is in this answer only.",
  scope: 'admin',
  parameters: [],
  body: {
    schema: {
      type: 'object',
      properties: {
        ...settable,
        from: {
          type: ['integer', 'null'],
          minimum: 0,
          maximum: Number.MAX_SAFE_INTEGER,
          description: 'Begin after this number of each feed: 0 tells everything that ever changed',
        },
      },
      required: ['url', 'types'],
      additionalProperties: false,
    },
    example: { url: endpoint_example.url, types: endpoint_example.types, payload: 'thin' },
  },
  answer: {
    status: 201,
    description: 'The endpoint, with its secret',
    schema: objectSchema({ ...endpointProperties, secret: textOrNull }),
    example: { ...endpoint_example, secret: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD' },
  },
  secrets: ['secret'],
  errors: ['conflict', 'not_available'],
  async handle(call) {
    const { context, version } = call
    const given = call.body as Settings & { readonly from?: number | null }
    eventParts(context)
    await checkSettings(call, given)
    const secret = newSecret()
    const { from = null } = given
    const made = await context.db.transaction(async (tx) => {
      await assertRoom(tx, call)
      const endpoint = await insertNew(tx, call, { given, version, secret })
      const accounts = await accountsOf(tx, endpoint)
      await beginLanes(tx, { endpointId: endpoint.id, accounts, from })
      return endpoint
    })
    return { status: 201, body: JSON.stringify({ ...shownEndpoint(made), secret }) }
  },
})

const retrieveOperation = operation({
  ...common,
  id: 'retrieve_event_endpoint',
  method: 'GET',
  path: '/event_endpoints/{id}',
  summary: 'Retrieve an endpoint',
  description: 'With its state, and why it is disabled if it is.',
  scope: 'read',
  parameters: [endpointIdParameter],
  answer,
  async handle(call) {
    return { body: JSON.stringify(shownEndpoint(await endpointOf(call))) }
  },
})

const updateOperation = operation({
  ...common,
  id: 'update_event_endpoint',
  method: 'PATCH',
  path: '/event_endpoints/{id}',
  summary: 'Update an endpoint',
  description:
    'What is left out stays. Enabled again, it goes on where it stopped; of ledger accounts that come in, it is told what happens from now on.',
  scope: 'admin',
  parameters: [endpointIdParameter],
  body: {
    schema: {
      type: 'object',
      properties: { ...settable, status: { type: 'string', enum: ['enabled', 'disabled'] } },
      additionalProperties: false,
    },
    example: { types: ['*'], status: 'enabled' },
  },
  answer,
  errors: ['not_available'],
  async handle(call) {
    const { context, key, params } = call
    const given = call.body as Partial<Settings> & { readonly status?: SealedEndpoint['status'] }
    await checkSettings(call, given)
    const id = params.id ?? ''
    const now_ms = context.now()
    const changed = await context.db.transaction(async (tx) => {
      const before = await lockEndpoint(tx, ownerOf(key), id)
      if (!before) throw notFound('event_endpoint', id)
      const scope =
        given.ledgerAccountIds === undefined
          ? {}
          : { ledgerAccountIds: boundTo(key, given.ledgerAccountIds) }
      const after = { ...before, ...given, ...scope, ...statusOf(before, given.status) }
      await updateEndpoint(tx, after, now_ms)
      await beginNew(tx, before, after)
      return { ...after, modified_date: new Date(now_ms).toISOString() }
    })
    return { body: JSON.stringify(shownEndpoint(changed)) }
  },
})

const deleteOperation = operation({
  ...common,
  id: 'delete_event_endpoint',
  method: 'DELETE',
  path: '/event_endpoints/{id}',
  summary: 'Delete an endpoint',
  description: 'Nothing is sent to it any more, and its deliveries leave the log.',
  scope: 'admin',
  parameters: [endpointIdParameter],
  answer: {
    status: 200,
    description: 'It is gone',
    schema: objectSchema({
      object: { const: 'event_endpoint' },
      id: text,
      deleted: { const: true },
    }),
    example: { object: 'event_endpoint', id: endpoint_example.id, deleted: true },
  },
  async handle({ context, key, params }) {
    const id = params.id ?? ''
    await context.db.transaction(async (tx) => {
      if (!(await lockEndpoint(tx, ownerOf(key), id))) throw notFound('event_endpoint', id)
      await deleteEndpoint(tx, id)
    })
    return { body: JSON.stringify({ object: 'event_endpoint', id, deleted: true }) }
  },
})

export const eventEndpointOperations: readonly Operation[] = [
  listOperation,
  createOperation,
  retrieveOperation,
  updateOperation,
  deleteOperation,
]
