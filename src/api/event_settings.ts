import { sealSecret } from '../events/secret.ts'
import type { Version } from '../model/versions.ts'
import type { Executor } from '../store/database.ts'
import {
  type EventEndpoint,
  endpoints_max,
  insertEndpoint,
  listEndpoints,
  newEndpointId,
  type Payload,
  type SealedEndpoint,
} from '../store/event_endpoint.ts'
import { beginLanes } from '../store/event_lane.ts'
import { accountsOf, eventParts, ownerOf } from './event_call.ts'
import type { Call } from './operation.ts'
import { Problem } from './problem.ts'

/** What can be set of an endpoint, as a body gives it. */
export interface Settings {
  readonly url: string
  readonly types: readonly string[]
  readonly ledgerAccountIds?: readonly string[] | null
  readonly payload?: Payload
  readonly description?: string | null
}

/** Throws a conflict where an institution has as many endpoints as it can. */
export async function assertRoom(tx: Executor, { key }: Call<null>) {
  const owner = { ...ownerOf(key), ledgerAccountId: null }
  if ((await listEndpoints(tx, owner)).length < endpoints_max) return
  const detail = `url: expected at most ${endpoints_max} endpoints in a mode; delete one first`
  throw new Problem({ code: 'conflict', detail, param: 'url' })
}

/** Stores a new endpoint in the mode of the key, its secret sealed. */
export async function insertNew(
  tx: Executor,
  { context, key }: Call<null>,
  { given, version, secret }: { given: Settings; version: Version; secret: string },
): Promise<EventEndpoint> {
  const { institutionId, mode } = key
  const id = newEndpointId()
  const { keys } = eventParts(context)
  return insertEndpoint(tx, {
    id,
    institutionId,
    mode,
    url: given.url,
    types: given.types,
    ledgerAccountIds: boundTo(key, given.ledgerAccountIds ?? null),
    payload: given.payload ?? 'thin',
    version,
    description: given.description ?? null,
    secret: await sealSecret(tx, keys, { of: { id, institutionId }, secret }),
    now_ms: context.now(),
  })
}

/** A key of one ledger account makes endpoints of no other. */
export function boundTo({ ledgerAccountId }: Call['key'], wanted: readonly string[] | null) {
  return ledgerAccountId === null ? wanted : [ledgerAccountId]
}

/** What switching an endpoint on or off changes beside its status. */
export function statusOf(before: SealedEndpoint, status: SealedEndpoint['status'] | undefined) {
  if (status === undefined || status === before.status) return {}
  const status_reason = status === 'enabled' ? null : 'switched off by the institution'
  return { status, status_reason, failing_since: null }
}

/** Ledger accounts that were not in scope before begin at their present head. */
export async function beginNew(tx: Executor, before: EventEndpoint, after: EventEndpoint) {
  const [old, now] = [await accountsOf(tx, before), await accountsOf(tx, after)]
  const known = new Set(old)
  const accounts = now.filter((account) => !known.has(account))
  if (accounts.length > 0) await beginLanes(tx, { endpointId: after.id, accounts, from: null })
}
