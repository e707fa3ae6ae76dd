import type { FastifyInstance } from 'fastify'
import type { EventParts } from '../src/api/event_call.ts'
import { recordExample } from '../src/api/example.ts'
import { type ApiOptions, newApi } from '../src/api/server.ts'
import { newSender } from '../src/events/send.ts'
import { objectNamed } from '../src/model/index.ts'
import { listId, type ObjectType, recordId } from '../src/model/object.ts'
import { createInstitution, createKey, type KeyScope, type Mode } from '../src/store/api_key.ts'
import { saveConnection } from '../src/store/connection.ts'
import type { Database } from '../src/store/database.ts'
import type { Incoming } from '../src/store/decide.ts'
import { createLedgerAccount } from '../src/store/ledger_account.ts'
import { save } from '../src/store/save.ts'
import { masterKeysFrom, newMasterKey } from '../src/store/seal.ts'

export const all_scopes: readonly KeyScope[] = ['read', 'write', 'admin']

/** A business of a test, with a connection that records can be saved through. */
export interface Shop {
  readonly institutionId: string
  readonly mode: Mode
  readonly ledgerAccountId: string
  readonly connectionId: string
  readonly partnerAccountId: string
  /** Saves records; a part given replaces the example's. Gives their ids. */
  readonly put: (type: ObjectType, parts: readonly Parts[], now_ms?: number) => Promise<string[]>
  readonly idOf: (type: ObjectType, partnerRecordId: string) => string
}

export type Parts = { readonly partnerRecordId: string; readonly [attribute: string]: unknown }

export interface ShopOptions {
  readonly institutionId: string
  readonly mode?: Mode
  readonly institutionAccountId?: string
  readonly name?: string
}

let count = 0

export async function newShop(db: Database, options: ShopOptions): Promise<Shop> {
  const { institutionId, mode = 'test', institutionAccountId = null, name = 'Garden' } = options
  const now_ms = Date.now()
  const wanted = { institutionId, mode, institutionAccountId, name, country: 'SE', now_ms }
  const ledgerAccountId = JSON.parse(await createLedgerAccount(db, wanted)).id as string
  const partnerAccountId = `acct_${++count}`
  const connectionId = await db.transaction((tx) =>
    saveConnection(tx, {
      ledgerAccountId,
      partnerSource: 'stripe',
      partnerAccountId,
      accountName: name,
      baseUrl: null,
      account_created_ms: 0,
      streams: ['customers', 'charges'],
      now_ms,
    }),
  )
  const origin = { ledgerAccountId, partnerSource: 'stripe', partnerAccountId }
  let stamp = 0
  return {
    institutionId,
    mode,
    ledgerAccountId,
    connectionId,
    partnerAccountId,
    idOf: (type, partnerRecordId) => recordId(type, origin, partnerRecordId),
    async put(type, parts, at_ms = Date.now()) {
      const records = parts.map((one): Incoming => {
        const id = recordId(type, origin, one.partnerRecordId)
        const own = { id, ledgerAccountId, partnerAccountConnectionId: connectionId }
        const record = { ...blank(type, id), ...own, ...one, modifiedDate: null }
        return { type, id, record, payload: null, mappingVersion: 1, stamp: ++stamp }
      })
      await save(db, { ledgerAccountId, records, now_ms: at_ms })
      return records.map(({ id }) => id)
    },
  }
}

/** The example of a record, without the example's links. */
function blank(type: ObjectType, id: string): Record<string, unknown> {
  const record: Record<string, unknown> = { ...recordExample(type) }
  for (const [name, kind] of Object.entries(type.attributes)) {
    const target = kind.targets[0]
    if (target) record[name] = kind.back ? listId(type, objectNamed(target), id) : null
    if (kind.many) record[name] = []
  }
  return record
}

export interface Client {
  readonly key: string
  readonly keyId: string
  get(path: string, headers?: Record<string, string>): Promise<Reply>
  send(
    method: 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Reply>
}

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>
  readonly text: string
  readonly json: Json
  /** Of a list. */
  readonly data: readonly Json[]
}

export type Json = { readonly [name: string]: unknown }

export interface ClientOptions {
  readonly institutionId: string
  readonly mode?: Mode
  readonly scopes?: readonly KeyScope[]
  readonly ledgerAccountId?: string | null
  readonly expires_date?: string | null
}

/** Somebody with a key of their own. */
export async function newClient(
  api: FastifyInstance,
  db: Database,
  { institutionId, mode = 'test', scopes = all_scopes, ...rest }: ClientOptions,
): Promise<Client> {
  const made = await createKey(db, { institutionId, mode, scopes, ...rest, now_ms: Date.now() })
  return { ...clientWith(api, made.key), keyId: made.id }
}

export function clientWith(api: FastifyInstance, key: string | null): Client {
  const auth = key === null ? {} : { 'x-api-key': key }
  const ask = async (
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    url: string,
    rest: { body?: unknown; headers?: Record<string, string> },
  ): Promise<Reply> => {
    const { statusCode, headers, body } = await api.inject({
      method,
      url,
      headers: { ...auth, ...rest.headers },
      ...(rest.body === undefined ? {} : { payload: rest.body as object }),
    })
    const json = parsed(body)
    const data = Array.isArray(json.data) ? (json.data as Json[]) : []
    return { status: statusCode, headers, text: body, json, data }
  }
  return {
    key: key ?? '',
    keyId: '',
    get: (path, headers = {}) => ask('GET', path, { headers }),
    send: (method, path, body, headers = {}) => ask(method, path, { body, headers }),
  }
}

function parsed(body: string): Json {
  try {
    return JSON.parse(body) as Json
  } catch {
    return {}
  }
}

/** What events need, with a sender that finds no name and so reaches nobody. */
export function quietEvents(): EventParts {
  const nobody = Object.assign(new Error('no names in tests'), { code: 'ENOTFOUND' })
  const sender = newSender({ loopback: false, resolve: (_, __, callback) => callback(nobody, []) })
  return { keys: masterKeysFrom(newMasterKey()), sender }
}

export interface World {
  readonly db: Database
  readonly api: FastifyInstance
  readonly institutionId: string
  readonly shop: Shop
  readonly client: Client
  readonly close: () => Promise<void>
}

/** An institution with one shop, an API and a key that may do everything. */
export async function newWorld(db: Database, options: Partial<ApiOptions> = {}): Promise<World> {
  const institutionId = await createInstitution(db, { name: 'Bank', now_ms: Date.now() })
  const events = quietEvents()
  const api = newApi({ db, version: '0.0.0', eventLoopDelay_ms_max: 0, events, ...options })
  const shop = await newShop(db, { institutionId, institutionAccountId: 'merchant-1' })
  const client = await newClient(api, db, { institutionId })
  return { db, api, institutionId, shop, client, close: () => api.close() }
}
