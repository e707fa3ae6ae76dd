import { eventTypes } from '../../model/event.ts'
import type { Version } from '../../model/versions.ts'
import { deliveryStates } from '../../store/event_delivery.ts'
import { findEndpoint } from '../../store/event_endpoint.ts'
import {
  findDelivery,
  type LoggedDelivery,
  listDeliveries,
  replayDelivery,
} from '../../store/event_log.ts'
import { listFingerprint, packCursor, unpackCursor } from '../cursor.ts'
import { assertEnabled, endpoint_example, ownerOf, visibleEndpoints } from '../event_call.ts'
import {
  delivery_example,
  delivery_schema,
  shownDelivery,
  shownWhole,
  whole_delivery_example,
  whole_delivery_schema,
} from '../event_delivery_shape.ts'
import { cursorParameter, limit_default, limitParameter } from '../list_request.ts'
import { type Call, nothing, type Operation, operation } from '../operation.ts'
import type { Parameter } from '../parameter.ts'
import { notFound } from '../problem.ts'
import type { Given } from '../query_string.ts'
import { listExample, listSchema } from '../schemas.ts'
import { type NamedScope, namedScope, scopeOf, scopeParameters } from '../scope.ts'

const tag = 'event_deliveries'
const types = eventTypes.map(({ type }) => type)

const idParameter: Parameter = {
  name: 'id',
  in: 'path',
  description: 'Id of the delivery',
  schema: { type: 'string', minLength: 1, maxLength: 80 },
  required: true,
  example: delivery_example.id,
}

const moment = { type: 'string', format: 'timestamp' } as const

const parameters: readonly Parameter[] = [
  ...scopeParameters,
  {
    name: 'event_endpoint_id',
    in: 'query',
    description: 'Only to this endpoint',
    schema: { type: 'string', minLength: 1, maxLength: 80 },
    example: endpoint_example.id,
  },
  {
    name: 'state',
    in: 'query',
    description: 'Only in these states',
    schema: { type: 'string', enum: deliveryStates },
    many: 'repeated',
    example: 'failed',
  },
  {
    name: 'type',
    in: 'query',
    description: 'Only events of these types',
    schema: { type: 'string', enum: types },
    many: 'repeated',
    example: 'customer.updated',
  },
  {
    name: 'created_date[gte]',
    in: 'query',
    description: 'Put on their way at this moment or later',
    schema: moment,
    example: '2026-03-14T00:00:00.000Z',
  },
  {
    name: 'created_date[lt]',
    in: 'query',
    description: 'Put on their way before this moment',
    schema: moment,
    example: '2026-03-15T00:00:00.000Z',
  },
  limitParameter,
  cursorParameter,
]

interface LogRequest {
  readonly scope: NamedScope
  readonly endpointId: string | null
  readonly states: readonly string[] | null
  readonly types: readonly string[] | null
  readonly from: string | null
  readonly to: string | null
  readonly limit: number
  readonly cursor: string | null
}

function requestOf(given: Given, version: Version): LogRequest {
  const value = <T>(name: string) => (given.get(name) as T | undefined) ?? null
  return {
    scope: namedScope(given, version),
    endpointId: value('event_endpoint_id'),
    states: value('state'),
    types: value('type'),
    from: value('created_date[gte]'),
    to: value('created_date[lt]'),
    limit: value('limit') ?? limit_default,
    cursor: value('cursor'),
  }
}

const listOperation = operation<LogRequest>({
  id: 'list_event_deliveries',
  method: 'GET',
  path: '/event_deliveries',
  tag,
  summary: 'List deliveries',
  description:
    'Events on their way to endpoints, and those of the last 30 days that have ended; newest first.',
  scope: 'read',
  parameters,
  answer: {
    status: 200,
    description: 'One page',
    schema: listSchema(delivery_schema),
    example: listExample('/v2/event_deliveries', delivery_example),
  },
  errors: ['not_found'],
  prepare: requestOf,
  async handle(call) {
    const { limit, cursor, scope: named, ...filters } = call.query
    const { institutionId, mode, ledgerAccountId } = call.key
    const scope = await scopeOf(call, named)
    const who = [institutionId, mode, ledgerAccountId]
    const { ledgerAccountIds, institutionAccountId } = named
    const what = [filters, ledgerAccountIds, institutionAccountId]
    const fingerprint = listFingerprint([tag, ...who, ...what])
    const after = cursor === null ? null : unpackCursor(cursor, fingerprint, []).place
    const visible = await visibleEndpoints(call)
    const { endpointId } = filters
    const endpointIds = visible.filter((id) => endpointId === null || id === endpointId)
    const query = { ...filters, scope, endpointIds, limit: limit + 1, after }
    const rows = await listDeliveries(call.context.db, query)
    return { body: JSON.stringify(pageOf(call, rows, { limit, fingerprint })) }
  },
})

function pageOf(
  { version, path }: Call<LogRequest>,
  rows: readonly LoggedDelivery[],
  { limit, fingerprint }: { limit: number; fingerprint: string },
) {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const has_more = rows.length > limit
  const place = last && { value: last.created_date, id: last.id }
  const next_cursor =
    has_more && place
      ? packCursor(fingerprint, { place, backwards: false, heads: new Map() })
      : null
  const url = `/${version}${path}`
  return { object: 'list', url, data: page.map(shownDelivery), has_more, next_cursor }
}

const retrieveOperation = operation({
  id: 'retrieve_event_delivery',
  method: 'GET',
  path: '/event_deliveries/{id}',
  tag,
  summary: 'Retrieve a delivery',
  description: 'With its attempts, and what the receiver answered to each.',
  scope: 'read',
  parameters: [idParameter],
  answer: {
    status: 200,
    description: 'The delivery',
    schema: whole_delivery_schema,
    example: whole_delivery_example,
  },
  prepare: nothing,
  async handle(call) {
    return { body: JSON.stringify(shownWhole(await deliveryOf(call))) }
  },
})

const replayOperation = operation({
  id: 'replay_event_delivery',
  method: 'POST',
  path: '/event_deliveries/{id}/replay',
  tag,
  summary: 'Send a delivery again',
  description:
    'In a new round of attempts, with the same `webhook-id`. One that waits for its next attempt is tried at once.',
  scope: 'write',
  parameters: [idParameter],
  answer: {
    status: 202,
    description: 'The delivery',
    schema: whole_delivery_schema,
    example: whole_delivery_example,
  },
  errors: ['conflict'],
  prepare: nothing,
  async handle(call) {
    const { context, key } = call
    const { delivery } = await deliveryOf(call)
    const endpoint = await findEndpoint(context.db, ownerOf(key), delivery.endpointId)
    if (!endpoint) throw notFound('event_endpoint', delivery.endpointId)
    assertEnabled(endpoint)
    await replayDelivery(context.db, delivery, context.now())
    return { status: 202, body: JSON.stringify(shownWhole(await deliveryOf(call))) }
  },
})

/** The delivery that the path names. Throws 404. */
async function deliveryOf(call: Call<null>) {
  const { context, key, params } = call
  const id = params.id ?? ''
  const scope = await context.callers.accounts(key)
  const endpointIds = await visibleEndpoints(call)
  const found = await findDelivery(context.db, { scope, endpointIds }, id)
  if (!found) throw notFound('event_delivery', id)
  return found
}

export const eventDeliveryOperations: readonly Operation[] = [
  listOperation,
  retrieveOperation,
  replayOperation,
]
