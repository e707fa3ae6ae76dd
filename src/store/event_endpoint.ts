import { randomBytes } from 'node:crypto'
import type { Version } from '../model/versions.ts'
import type { Mode } from './api_key.ts'
import type { Executor } from './database.ts'
import { moment, momentOrNull, ms } from './moment.ts'

export const payloads = ['thin', 'full'] as const
export type Payload = (typeof payloads)[number]
export type EndpointStatus = 'enabled' | 'disabled'

/** Where an institution is told of what changes, and of what. */
export interface EventEndpoint {
  readonly id: string
  readonly institutionId: string
  readonly mode: Mode
  readonly url: string
  /** Types, families such as `customer.*`, or `*`. */
  readonly types: readonly string[]
  /** Null for all that the institution has in that mode. */
  readonly ledgerAccountIds: readonly string[] | null
  readonly payload: Payload
  /** In whose names it is told. */
  readonly version: Version
  readonly description: string | null
  readonly status: EndpointStatus
  readonly status_reason: string | null
  /** RFC 3339; null while attempts succeed. */
  readonly failing_since: string | null
  /** Until when the secret before signs too. */
  readonly previous_until: string | null
  readonly created_date: string
  readonly modified_date: string
}

/** An endpoint with its secrets as they are stored. */
export interface SealedEndpoint extends EventEndpoint {
  readonly secret: string
  readonly previous_secret: string | null
}

/** Whose endpoints: those of a mode, and for a key of one ledger account only its own. */
export interface EndpointOwner {
  readonly institutionId: string
  readonly mode: Mode
  readonly ledgerAccountId: string | null
}

export type NewEndpoint = Pick<
  EventEndpoint,
  | 'id'
  | 'institutionId'
  | 'mode'
  | 'url'
  | 'types'
  | 'ledgerAccountIds'
  | 'payload'
  | 'version'
  | 'description'
> & { readonly secret: string; readonly now_ms: number }

export function newEndpointId(): string {
  return `evp_${randomBytes(12).toString('hex')}`
}

/** Stores a new endpoint with its sealed secret. */
export async function insertEndpoint(tx: Executor, wanted: NewEndpoint): Promise<EventEndpoint> {
  const [row] = await tx.query<Row>(
    `insert into event_endpoint (id, institution_id, mode, url, types, ledger_account_ids, payload,
       api_version, description, status, secret, created_date, modified_date)
     values ($1, $2, $3, $4, $5::text[], $6::text[], $7, $8, $9, 'enabled', $10, $11, $11)
     returning ${columns}`,
    [
      wanted.id,
      wanted.institutionId,
      wanted.mode,
      wanted.url,
      [...wanted.types],
      wanted.ledgerAccountIds && [...wanted.ledgerAccountIds],
      wanted.payload,
      wanted.version,
      wanted.description,
      wanted.secret,
      moment(wanted.now_ms),
    ],
  )
  if (!row) throw new Error('the endpoint was not stored')
  return fromRow(row)
}

/** Most endpoints that an institution can have in a mode. */
export const endpoints_max = 100

const owned = `institution_id = $1 and mode = $2
  and ($3::text is null or ledger_account_ids = array[$3::text])`

function ownerOf({ institutionId, mode, ledgerAccountId }: EndpointOwner): unknown[] {
  return [institutionId, mode, ledgerAccountId]
}

/** All endpoints of an owner, newest first. */
export async function listEndpoints(db: Executor, owner: EndpointOwner): Promise<EventEndpoint[]> {
  const rows = await db.query<Row>(
    `select ${columns} from event_endpoint where ${owned}
     order by created_date desc, id desc limit ${endpoints_max}`,
    ownerOf(owner),
  )
  return rows.map(fromRow)
}

/** One endpoint of an owner, locked; null where there is none. */
export async function lockEndpoint(
  tx: Executor,
  owner: EndpointOwner,
  id: string,
): Promise<SealedEndpoint | null> {
  const [row] = await tx.query<SealedRow>(
    `select ${sealed} from event_endpoint where ${owned} and id = $4 for update`,
    [...ownerOf(owner), id],
  )
  return row ? sealedFromRow(row) : null
}

/** One endpoint of an owner; null where there is none. */
export async function findEndpoint(
  db: Executor,
  owner: EndpointOwner,
  id: string,
): Promise<SealedEndpoint | null> {
  const [row] = await db.query<SealedRow>(
    `select ${sealed} from event_endpoint where ${owned} and id = $4`,
    [...ownerOf(owner), id],
  )
  return row ? sealedFromRow(row) : null
}

/** Every enabled endpoint of the installation, for whoever delivers. */
export async function enabledEndpoints(db: Executor): Promise<SealedEndpoint[]> {
  const rows = await db.query<SealedRow>(
    `select ${sealed} from event_endpoint where status = 'enabled' order by id`,
  )
  return rows.map(sealedFromRow)
}

/** Replaces what can be changed of an endpoint; its secrets too. */
export async function updateEndpoint(tx: Executor, changed: SealedEndpoint, now_ms: number) {
  await tx.query(
    `update event_endpoint set url = $2, types = $3::text[], ledger_account_ids = $4::text[],
       payload = $5, description = $6, status = $7, status_reason = $8, failing_since = $9,
       secret = $10, previous_secret = $11, previous_until = $12, modified_date = $13
     where id = $1`,
    [
      changed.id,
      changed.url,
      [...changed.types],
      changed.ledgerAccountIds && [...changed.ledgerAccountIds],
      changed.payload,
      changed.description,
      changed.status,
      changed.status_reason,
      changed.failing_since,
      changed.secret,
      changed.previous_secret,
      changed.previous_until,
      moment(now_ms),
    ],
  )
}

/** Removes an endpoint; what was on its way to it is cleared away later. */
export async function deleteEndpoint(tx: Executor, id: string) {
  await tx.query('delete from event_replay where event_endpoint_id = $1', [id])
  await tx.query('delete from event_endpoint where id = $1', [id])
}

const columns = `id, institution_id, mode, url, types, ledger_account_ids, payload, api_version,
  description, status, status_reason, ${ms('failing_since')} as failing_ms,
  ${ms('previous_until')} as previous_until_ms, ${ms('created_date')} as created_ms,
  ${ms('modified_date')} as modified_ms`
const sealed = `${columns}, secret, previous_secret`

interface Row {
  id: string
  institution_id: string
  mode: Mode
  url: string
  types: string[]
  ledger_account_ids: string[] | null
  payload: Payload
  api_version: Version
  description: string | null
  status: EndpointStatus
  status_reason: string | null
  failing_ms: number | null
  previous_until_ms: number | null
  created_ms: number
  modified_ms: number
}

interface SealedRow extends Row {
  secret: string
  previous_secret: string | null
}

function fromRow(row: Row): EventEndpoint {
  return {
    id: row.id,
    institutionId: row.institution_id,
    mode: row.mode,
    url: row.url,
    types: row.types,
    ledgerAccountIds: row.ledger_account_ids,
    payload: row.payload,
    version: row.api_version,
    description: row.description,
    status: row.status,
    status_reason: row.status_reason,
    failing_since: momentOrNull(row.failing_ms),
    previous_until: momentOrNull(row.previous_until_ms),
    created_date: moment(row.created_ms),
    modified_date: moment(row.modified_ms),
  }
}

function sealedFromRow(row: SealedRow): SealedEndpoint {
  return { ...fromRow(row), secret: row.secret, previous_secret: row.previous_secret }
}
