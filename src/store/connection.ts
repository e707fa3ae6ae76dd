import type { LedgerAccount } from '../model/ledger_account.ts'
import { ledger_account } from '../model/ledger_account.ts'
import { shortHash } from '../model/object.ts'
import {
  type ConnectionStatus,
  type PartnerAccountConnection,
  partner_account_connection,
} from '../model/partner_account_connection.ts'
import type { Mode } from './api_key.ts'
import type { Database, Executor } from './database.ts'
import { updateLedgerAccountIn } from './ledger_account.ts'
import { writePlatformRecord } from './platform.ts'

/** A connection with what ingest needs beside its record. */
export interface Connection {
  readonly id: string
  readonly ledgerAccountId: string
  readonly partnerSource: string
  readonly partnerAccountId: string
  readonly status: ConnectionStatus
  readonly mode: Mode
  /** Overrides the partner's own host: the sandbox, or a shop's. */
  readonly baseUrl: string | null
  /** No record at the partner is older. */
  readonly account_created_ms: number
  /** What its payloads do not repeat: currency, locations. */
  readonly facts: { readonly [name: string]: string }
  /** Requests a second that the partner is asked at most; null is the partner's own limit. */
  readonly per_second: number | null
  /** When the partner last answered; null where it was not asked yet. */
  readonly answered_ms: number | null
}

/** A connection whose reading is asked for. */
export type ConnectionToRead = Pick<Connection, 'id' | 'ledgerAccountId' | 'partnerSource'>

export interface NewConnection {
  readonly ledgerAccountId: string
  readonly partnerSource: string
  readonly partnerAccountId: string
  readonly accountName: string | null
  readonly baseUrl: string | null
  readonly account_created_ms: number
  readonly facts?: { readonly [name: string]: string }
  readonly streams: readonly string[]
  readonly now_ms: number
}

/** The id of a connection: reconnecting the same partner account gives the same one. */
export function connectionId(of: {
  ledgerAccountId: string
  partnerSource: string
  partnerAccountId: string
}): string {
  const { ledgerAccountId, partnerSource, partnerAccountId } = of
  const key = `${ledgerAccountId} ${partnerSource} ${partnerAccountId}`
  return `${partner_account_connection.prefix}_${shortHash(key)}`
}

/** Makes a connection, or brings back the one this partner account had. Gives its id. */
export async function saveConnection(tx: Executor, wanted: NewConnection): Promise<string> {
  const id = connectionId(wanted)
  const now = new Date(wanted.now_ms).toISOString()
  const before = await connectionRecord(tx, wanted.ledgerAccountId, id)
  const record = newRecord({ ...wanted, id, now, before, status: 'Active', reason: null })
  await writePlatformRecord(tx, {
    type: partner_account_connection,
    ledgerAccountId: wanted.ledgerAccountId,
    record,
    extra: {
      base_url: wanted.baseUrl,
      account_created_ms: wanted.account_created_ms,
      account_facts: JSON.stringify(wanted.facts ?? {}),
      answered_ms: wanted.now_ms,
      // Authorised anew, it is told anew when everything has been read.
      ...(before?.status === 'Active' ? {} : { aggregated_date: null, insights_date: null }),
    },
    kind: before ? 'updated' : 'created',
    changed: before ? ['status'] : [],
    now_ms: wanted.now_ms,
  })
  await dropUnauthorised(tx, wanted)
  await nameAtPartner(tx, wanted)
  await tx.query(
    `insert into stream (ledger_account_id, partner_account_connection_id, stream)
     select $1, $2, s.name from unnest($3::text[]) as s(name)
     on conflict (ledger_account_id, partner_account_connection_id, stream)
     do update set next_run = null, failures = 0`,
    [wanted.ledgerAccountId, id, [...wanted.streams]],
  )
  return id
}

/** What is known of a consent before the partner has said whose account it is. */
export interface Unauthorised {
  readonly ledgerAccountId: string
  readonly partnerSource: string
  readonly status?: 'Not Authorised' | 'Denied'
  readonly reason: string
  readonly now_ms: number
}

/**
 * Notes that a consent is not there yet, was refused by the partner or denied by the business. Gives
 * the id of the connection that says so.
 */
export async function saveUnauthorised(tx: Executor, unsaved: Unauthorised): Promise<string> {
  const { ledgerAccountId, partnerSource, now_ms, status = 'Not Authorised' } = unsaved
  // Which account it would be is not known; the next attempt replaces this one.
  const id = connectionId({ ledgerAccountId, partnerSource, partnerAccountId: '' })
  const now = new Date(now_ms).toISOString()
  const before = await connectionRecord(tx, ledgerAccountId, id)
  const record = newRecord({ ...unsaved, id, now, before, status })
  const names = ['status', 'status_reason', 'recordState'] as const
  const changed = before ? names.filter((name) => before[name] !== record[name]) : []
  if (before && changed.length === 0) return id
  const kind = before ? 'updated' : 'created'
  const write = { type: partner_account_connection, ledgerAccountId, record, extra: {}, now_ms }
  await writePlatformRecord(tx, { ...write, kind, changed })
  return id
}

interface NewRecord {
  readonly id: string
  readonly ledgerAccountId: string
  readonly partnerSource: string
  readonly partnerAccountId?: string
  readonly accountName?: string | null
  readonly status: ConnectionStatus
  readonly reason: string | null
  readonly before: PartnerAccountConnection | null
  readonly now: string
}

function newRecord(wanted: NewRecord): PartnerAccountConnection {
  return {
    object: 'partner_account_connection',
    id: wanted.id,
    ledgerAccountId: wanted.ledgerAccountId,
    partnerSource: wanted.partnerSource,
    partner_account_id: wanted.partnerAccountId ?? null,
    account_name: wanted.accountName ?? null,
    status: wanted.status,
    status_reason: wanted.reason,
    stale: wanted.before?.stale ?? false,
    streams: [],
    created_date: wanted.before?.created_date ?? wanted.now,
    modifiedDate: wanted.now,
    recordState: 'ACTIVE',
  }
}

/** What was noted before the partner said whose account it is, is over. */
export async function dropUnauthorised(
  tx: Executor,
  unsaved: Omit<Unauthorised, 'status' | 'reason'> & { readonly reason?: string },
) {
  const { ledgerAccountId, partnerSource, now_ms, reason } = unsaved
  const id = connectionId({ ledgerAccountId, partnerSource, partnerAccountId: '' })
  const before = await connectionRecord(tx, ledgerAccountId, id)
  if (!before || before.recordState === 'DELETED') return
  // Where a reason is named, what was noted for another one stays.
  if (reason !== undefined && before.status_reason !== reason) return
  const modifiedDate = new Date(now_ms).toISOString()
  const record = { ...before, recordState: 'DELETED', modifiedDate }
  const write = { type: partner_account_connection, ledgerAccountId, record, extra: {}, now_ms }
  await writePlatformRecord(tx, { ...write, kind: 'deleted', changed: ['recordState'] })
}

/** Notes in the business profile what the partner calls the business. */
async function nameAtPartner(tx: Executor, wanted: NewConnection) {
  const [row] = await tx.query<{ record: string }>(
    `select record from ${ledger_account.name} where ledger_account_id = $1 and id = $1`,
    [wanted.ledgerAccountId],
  )
  if (!row || wanted.accountName === null) return
  const profile = (JSON.parse(row.record) as LedgerAccount).business_profile
  const named = { partnerSource: wanted.partnerSource, name: wanted.accountName }
  const others = (profile?.account_name_partner ?? []).filter(
    (one) => one.partnerSource !== named.partnerSource || one.name !== named.name,
  )
  const business_profile = {
    name: profile?.name ?? null,
    country: profile?.country ?? null,
    account_name_partner: [...others, named],
  }
  const change = { business_profile }
  await updateLedgerAccountIn(tx, { id: wanted.ledgerAccountId, change, now_ms: wanted.now_ms })
}

export interface StatusChange {
  readonly ledgerAccountId: string
  readonly id: string
  readonly status: ConnectionStatus
  readonly reason: string | null
  readonly now_ms: number
}

/** Sets the status of a connection, with the reason. Gives false where there is none. */
export async function setStatus(db: Database, change: StatusChange): Promise<boolean> {
  return db.transaction(async (tx) => {
    const before = await connectionRecord(tx, change.ledgerAccountId, change.id)
    if (!before) return false
    if (before.status === change.status && before.status_reason === change.reason) return true
    const record = {
      ...before,
      status: change.status,
      status_reason: change.reason,
      modifiedDate: new Date(change.now_ms).toISOString(),
    }
    await writePlatformRecord(tx, {
      type: partner_account_connection,
      ledgerAccountId: change.ledgerAccountId,
      record,
      extra: {},
      kind: 'updated',
      changed: ['status', 'status_reason'],
      now_ms: change.now_ms,
    })
    return true
  })
}

/** More of one business are not shown at once. */
const connections_shown_max = 500

/** Connections of a ledger account that can be read or were, for the business to look at. */
export async function connectionsOf(
  db: Executor,
  ledgerAccountId: string,
): Promise<PartnerAccountConnection[]> {
  const rows = await db.query<{ record: string }>(
    `select record from partner_account_connection
     where ledger_account_id = $1 and "recordState" = 'ACTIVE'
       and status in ('Active', 'Lost Connection', 'Inactive')
     order by id limit ${connections_shown_max}`,
    [ledgerAccountId],
  )
  return rows.map(({ record }) => JSON.parse(record) as PartnerAccountConnection)
}

/** Keeps what the partner now says of the account. */
export async function setFacts(
  db: Executor,
  { ledgerAccountId, id, facts }: Pick<Connection, 'ledgerAccountId' | 'id' | 'facts'>,
) {
  await db.query(
    `update partner_account_connection set account_facts = $3
     where ledger_account_id = $1 and id = $2`,
    [ledgerAccountId, id, JSON.stringify(facts)],
  )
}

/** Notes that the partner answered. */
export async function setAnswered(
  db: Executor,
  { ledgerAccountId, id }: Pick<Connection, 'ledgerAccountId' | 'id'>,
  now_ms: number,
) {
  await db.query(
    `update partner_account_connection set answered_ms = $3
     where ledger_account_id = $1 and id = $2`,
    [ledgerAccountId, id, now_ms],
  )
}

async function connectionRecord(tx: Executor, ledgerAccountId: string, id: string) {
  const [row] = await tx.query<{ record: string }>(
    `select record from partner_account_connection
     where ledger_account_id = $1 and id = $2 for update`,
    [ledgerAccountId, id],
  )
  return row ? (JSON.parse(row.record) as PartnerAccountConnection) : null
}

/** A connection as ingest needs it; null where the ledger account has none of that id. */
export async function findConnection(
  db: Executor,
  ledgerAccountId: string,
  id: string,
): Promise<Connection | null> {
  const [row] = await db.query<ConnectionRow>(
    `${select} where c.ledger_account_id = $1 and c.id = $2`,
    [ledgerAccountId, id],
  )
  return row ? fromRow(row) : null
}

const select = `select c.id, c.ledger_account_id, c."partnerSource", c.partner_account_id,
    c.status, c.base_url, c.account_created_ms, c.account_facts, c.per_second, c.answered_ms, a.mode
  from partner_account_connection as c
  join ledger_account as a on a.ledger_account_id = c.ledger_account_id and a.id = c.ledger_account_id`

interface ConnectionRow {
  id: string
  ledger_account_id: string
  partnerSource: string
  partner_account_id: string
  status: ConnectionStatus
  base_url: string | null
  account_created_ms: number | null
  account_facts: string | null
  per_second: number | null
  answered_ms: number | null
  mode: Mode
}

function fromRow(row: ConnectionRow): Connection {
  return {
    id: row.id,
    ledgerAccountId: row.ledger_account_id,
    partnerSource: row.partnerSource,
    partnerAccountId: row.partner_account_id,
    status: row.status,
    mode: row.mode,
    baseUrl: row.base_url,
    account_created_ms: row.account_created_ms ?? 0,
    facts: JSON.parse(row.account_facts ?? '{}') as Connection['facts'],
    per_second: row.per_second,
    answered_ms: row.answered_ms,
  }
}
