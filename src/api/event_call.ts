import type { Sender } from '../events/send.ts'
import { eventUrl, url_length_max } from '../events/url.ts'
import { asksFor, eventPatterns, eventTypes } from '../model/event.ts'
import type { ApiKey } from '../store/api_key.ts'
import type { Executor } from '../store/database.ts'
import {
  type EndpointOwner,
  type EventEndpoint,
  findEndpoint,
  listEndpoints,
  payloads,
  type SealedEndpoint,
} from '../store/event_endpoint.ts'
import { visibleLedgerAccounts } from '../store/ledger_account.ts'
import type { MasterKeys } from '../store/seal.ts'
import { idExample } from './example.ts'
import type { Call, Context } from './operation.ts'
import type { Parameter } from './parameter.ts'
import { notFound, Problem, shown } from './problem.ts'
import { objectSchema, text, textOrNull, time, timeOrNull } from './schemas.ts'
import { didYouMean } from './suggest.ts'

/** What the operations on events need beside the database. */
export interface EventParts {
  /** Seal the secrets that events are signed with. */
  readonly keys: MasterKeys
  readonly sender: Sender
}

export const endpoint_tag = 'event_endpoints'

export const endpointProperties = {
  object: { const: 'event_endpoint' },
  id: text,
  url: text,
  types: { type: 'array', items: text },
  ledgerAccountIds: {
    type: ['array', 'null'],
    items: text,
    description: 'Null for all ledger accounts that the institution has in this mode',
  },
  payload: { type: 'string', enum: payloads },
  version: { type: 'string', enum: ['v1', 'v2'], description: 'In whose names it is told' },
  mode: { type: 'string', enum: ['test', 'live'] },
  description: textOrNull,
  status: { type: 'string', enum: ['enabled', 'disabled'] },
  status_reason: { ...textOrNull, description: 'Why it is disabled' },
  failing_since: { ...timeOrNull, description: 'Since when no attempt has succeeded' },
  previous_secret_until: { ...timeOrNull, description: 'Until when the secret before signs too' },
  created_date: time,
  modified_date: time,
} as const

export const endpoint_schema = objectSchema(endpointProperties)

export const endpoint_example = {
  object: 'event_endpoint',
  id: 'evp_5f0c3b9a5f6e4a578a552b7f',
  url: 'https://hooks.example.com/furrow',
  types: ['customer.*', 'authorisation.revoked'],
  ledgerAccountIds: null,
  payload: 'thin',
  version: 'v2',
  mode: 'test',
  description: 'Customer service',
  status: 'enabled',
  status_reason: null,
  failing_since: null,
  previous_secret_until: null,
  created_date: '2026-03-14T09:26:53.000Z',
  modified_date: '2026-03-14T09:26:53.000Z',
}

export const endpointIdParameter: Parameter = {
  name: 'id',
  in: 'path',
  description: 'Id of the endpoint',
  schema: { type: 'string', minLength: 1, maxLength: 80 },
  required: true,
  example: endpoint_example.id,
}

const types_max = 100
const accounts_max = 100

/** What can be set of an endpoint, when it is made and later. */
export const settable = {
  url: {
    type: 'string',
    minLength: 1,
    maxLength: url_length_max,
    description: 'Where events are posted to: https, on a public host',
  },
  types: {
    type: 'array',
    items: { type: 'string', minLength: 1, maxLength: 80, examples: eventPatterns },
    minItems: 1,
    maxItems: types_max,
    uniqueItems: true,
    description: 'Types of events, families of them such as `customer.*`, or `*`',
  },
  ledgerAccountIds: {
    type: ['array', 'null'],
    items: { type: 'string', minLength: 1, maxLength: 80 },
    minItems: 1,
    maxItems: accounts_max,
    uniqueItems: true,
    description: 'Only of these ledger accounts; all that the key may see by default',
    examples: [idExample('ledger_account')],
  },
  payload: {
    type: 'string',
    enum: payloads,
    description:
      '`thin` tells which record changed; `full` brings it along as it is when it is sent',
  },
  description: { type: ['string', 'null'], minLength: 1, maxLength: 500 },
} as const

/** The endpoints that a key has to do with: of its mode, and of its ledger account if it is bound. */
export function ownerOf({ institutionId, mode, ledgerAccountId }: ApiKey): EndpointOwner {
  return { institutionId, mode, ledgerAccountId }
}

/** The endpoint that the path names. Throws 404. */
export async function endpointOf({ context, key, params }: Call<null>): Promise<SealedEndpoint> {
  const id = params.id ?? ''
  const found = await findEndpoint(context.db, ownerOf(key), id)
  if (!found) throw notFound('event_endpoint', id)
  return found
}

/** Throws a conflict where nothing can be sent. */
export function assertEnabled({ id, status }: Pick<SealedEndpoint, 'id' | 'status'>) {
  if (status === 'enabled') return
  const detail = `id: expected an enabled endpoint; ${id} is disabled, enable it first`
  throw new Problem({ code: 'conflict', detail, param: 'id' })
}

/** Ids of the endpoints whose deliveries a key may see. */
export async function visibleEndpoints({ context, key }: Pick<Call, 'context' | 'key'>) {
  return (await listEndpoints(context.db, ownerOf(key))).map(({ id }) => id)
}

/** The ledger accounts that an endpoint is told of at this moment. */
export async function accountsOf(db: Executor, endpoint: EventEndpoint): Promise<string[]> {
  const { institutionId, mode, ledgerAccountIds } = endpoint
  if (ledgerAccountIds !== null) return [...ledgerAccountIds]
  return visibleLedgerAccounts(db, { institutionId, mode })
}

export function eventParts({ events }: Context): EventParts {
  if (events) return events
  throw new Problem({ code: 'not_available', detail: 'this installation runs without events' })
}

export function shownEndpoint(endpoint: EventEndpoint) {
  const { id, url, types, ledgerAccountIds, payload, version, mode, description } = endpoint
  const { status, status_reason, failing_since, previous_until } = endpoint
  const { created_date, modified_date } = endpoint
  const what = {
    object: 'event_endpoint',
    id,
    url,
    types,
    ledgerAccountIds,
    payload,
    version,
    mode,
  }
  const state = { description, status, status_reason, failing_since }
  return { ...what, ...state, previous_secret_until: previous_until, created_date, modified_date }
}

/** Checks what no schema can say. Throws a Problem that names the part. */
export async function checkSettings(
  call: Pick<Call, 'context' | 'key'>,
  given: {
    readonly url?: string
    readonly types?: readonly string[]
    readonly ledgerAccountIds?: readonly string[] | null
  },
) {
  const { context, key } = call
  if (given.url !== undefined) checkUrl(given.url, eventParts(context).sender)
  const unknown = given.types?.find((pattern) => !eventPatterns.includes(pattern))
  if (unknown !== undefined) throw unknownType('types', unknown)
  for (const id of given.ledgerAccountIds ?? []) {
    if (await context.callers.maySee(key, id)) continue
    throw invalid('ledgerAccountIds', 'ledger accounts that this key may see', id)
  }
}

function checkUrl(given: string, { rules }: Sender) {
  try {
    eventUrl(given, rules)
  } catch (error) {
    if ((error as Error).name !== 'BadAddress') throw error
    const detail = `${(error as Error).message}, got ${shown(given)}`
    throw new Problem({ code: 'invalid_body', detail, param: 'url' })
  }
}

export function unknownType(param: string, given: string): Problem {
  const hint = didYouMean(given, eventPatterns)
  const detail = `${param}: expected types such as customer.created, customer.* or *, got ${shown(given)}${hint}`
  return new Problem({ code: 'invalid_body', detail, param })
}

export function invalid(param: string, expected: string, got: unknown): Problem {
  const detail = `${param}: expected ${expected}, got ${shown(got)}`
  return new Problem({ code: 'invalid_body', detail, param })
}

/** The first type of the catalogue that an endpoint asks for. */
export function firstTypeOf({ types }: EventEndpoint): string {
  return eventTypes.find(({ type }) => asksFor(types, type))?.type ?? ''
}
