import { partner_account_connection } from '../../model/partner_account_connection.ts'
import { type Connection, findConnection } from '../../store/connection.ts'
import { streamsOf } from '../../store/stream.ts'
import {
  answer,
  assertStatus,
  common,
  connectionAnswer,
  connectionOf,
  streams_schema,
} from '../connection_call.ts'
import { idExample } from '../example.ts'
import { type Context, type Operation, operation, type SyncWish } from '../operation.ts'
import { Problem, shown } from '../problem.ts'
import { onlyAccount } from '../scope.ts'
import { simulated_url_schema, simulatedUrl } from '../simulated_url.ts'
import { didYouMean } from '../suggest.ts'
import { switchOperations } from './connection_switches.ts'
import { idParameter } from './records.ts'

const id_schema = { type: 'string', minLength: 1, maxLength: 500 } as const

interface ConnectBody {
  readonly ledgerAccountId?: string
  readonly institutionAccountId?: string
  readonly partnerSource: string
  readonly credential: { readonly [field: string]: string }
  readonly baseUrl?: string
}

const connectOperation = operation({
  ...common,
  id: 'create_partner_account_connection',
  method: 'POST',
  path: '/partner_account_connections',
  summary: 'Connect with a key',
  description:
    'Without the consent page: for a business of your own, and in test mode. The partner is asked whose key it is; reading begins at once. A credential is stored sealed and never answered.',
  parameters: [],
  waits: true,
  body: {
    schema: {
      type: 'object',
      properties: {
        ledgerAccountId: id_schema,
        institutionAccountId: id_schema,
        partnerSource: { type: 'string', minLength: 1, maxLength: 80 },
        credential: {
          type: 'object',
          description: "The partner's own fields; see its page",
          propertyNames: { pattern: '^[A-Za-z][A-Za-z0-9_]{0,79}$' },
          additionalProperties: { type: 'string', maxLength: 8000 },
          maxProperties: 20,
        },
        baseUrl: simulated_url_schema,
      },
      required: ['partnerSource', 'credential'],
      additionalProperties: false,
    },
    example: {
      ledgerAccountId: idExample('ledger_account'),
      partnerSource: 'stripe',
      credential: { api_key: 'rk_test_51H…' },
    },
  },
  answer: { ...answer, status: 201 },
  errors: ['partner_refused', 'not_available', 'not_found', 'missing_parameter'],
  async handle(call) {
    const { context, key, version } = call
    const body = call.body as ConnectBody
    const named = namedBy(body)
    const ledgerAccountId = await onlyAccount(call, { ...named, version })
    const { connect, sync, partnerSources } = context.partners
    if (!connect) throw notAvailable('connecting')
    const { partnerSource, credential } = body
    const baseUrl = simulatedUrl(call, body.baseUrl)
    if (!partnerSources.includes(partnerSource)) throw unknownPartner(partnerSource, partnerSources)
    const id = await connect({
      ledgerAccountId,
      mode: key.mode,
      partnerSource,
      credential,
      baseUrl,
    })
    const connection = await findConnection(context.db, ledgerAccountId, id)
    if (connection && sync) await sync(connection, {})
    return { ...(await connectionAnswer(context, ledgerAccountId, id)), status: 201 }
  },
})

function namedBy(body: ConnectBody) {
  const { ledgerAccountId } = body
  const institutionAccountId = body.institutionAccountId ?? null
  if (!ledgerAccountId) return { ledgerAccountIds: null, institutionAccountId }
  if (institutionAccountId === null) {
    return { ledgerAccountIds: [ledgerAccountId], institutionAccountId }
  }
  const detail = 'institutionAccountId: expected either it or our own id, got both'
  throw new Problem({ code: 'invalid_body', detail, param: 'institutionAccountId' })
}

function unknownPartner(given: string, known: readonly string[]): Problem {
  const hint = didYouMean(given, known)
  const detail = `partnerSource: expected one of ${known.join(', ')}, got ${shown(given)}${hint}`
  return new Problem({ code: 'invalid_body', detail, param: 'partnerSource' })
}

function notAvailable(what: string): Problem {
  return new Problem({ code: 'not_available', detail: `this installation runs without ${what}` })
}

const syncOperation = operation({
  ...common,
  id: 'sync_partner_account_connection',
  method: 'POST',
  path: '/partner_account_connections/{id}/sync',
  summary: 'Read a connection now',
  description: 'Starts, and does not wait for the end: see `streams` of the connection.',
  parameters: [idParameter(partner_account_connection)],
  waits: true,
  body: {
    schema: {
      type: 'object',
      properties: {
        streams: streams_schema,
        full: {
          type: 'boolean',
          description: 'From the beginning, whatever was read before',
        },
      },
      additionalProperties: false,
    },
    example: {},
  },
  answer: { ...answer, status: 202 },
  errors: ['conflict', 'not_available'],
  async handle(call) {
    const { context } = call
    const connection = await connectionOf(call)
    if (!context.partners.sync) throw notAvailable('workers')
    assertStatus(connection, 'read', ['Active', 'Lost Connection'])
    const wish = call.body as SyncWish
    if (wish.streams) await assertStreams(context, connection, wish.streams)
    await context.partners.sync(connection, wish)
    const { ledgerAccountId, id } = connection
    return { ...(await connectionAnswer(context, ledgerAccountId, id)), status: 202 }
  },
})

async function assertStreams(context: Context, connection: Connection, wanted: readonly string[]) {
  const found = await streamsOf(context.db, [connection], context.now())
  const known = (found.get(connection.id) ?? []).map(({ stream }) => stream)
  const unknown = wanted.find((name) => !known.includes(name))
  if (unknown === undefined) return
  const hint = didYouMean(unknown, known)
  throw new Problem({
    code: 'invalid_body',
    detail: `streams: expected some of ${known.join(', ')}, got ${shown(unknown)}${hint}`,
    param: 'streams',
  })
}

export const connectionOperations: readonly Operation[] = [
  connectOperation,
  syncOperation,
  ...switchOperations,
]
