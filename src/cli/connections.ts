import {
  type PartnerAccountConnection,
  partner_account_connection,
} from '../model/partner_account_connection.ts'
import type { Mode } from '../store/api_key.ts'
import type { Executor } from '../store/database.ts'
import { firstInstitution } from '../store/installation.ts'
import { visibleLedgerAccounts } from '../store/ledger_account.ts'
import { list, list_limit_max, type Place } from '../store/list.ts'
import { streamsOf } from '../store/stream.ts'
import { openClient } from './client.ts'

/** A connection's record; whose it is, and at which partner, is never unknown. */
export type KnownConnection = PartnerAccountConnection & {
  readonly ledgerAccountId: string
  readonly partnerSource: string
}

const modes: readonly Mode[] = ['test', 'live']

/** Every connection in the database with the state of its streams, a page at a time. */
export async function* connectionsIn(db: Executor): AsyncGenerator<KnownConnection> {
  const institutionId = await firstInstitution(db)
  if (institutionId === null) return
  for (const mode of modes) {
    yield* pagesIn(db, await visibleLedgerAccounts(db, { institutionId, mode }))
  }
}

async function* pagesIn(db: Executor, scope: readonly string[]): AsyncGenerator<KnownConnection> {
  const where = [{ column: 'recordState', operator: 'eq', value: 'ACTIVE' }] as const
  const query = { type: partner_account_connection, scope, where, limit: list_limit_max }
  let after: Place | null = null
  for (;;) {
    const page = await list(db, { ...query, sort: 'created_date', after })
    const found = page.records.map((text) => JSON.parse(text) as KnownConnection)
    const streams = await streamsOf(db, found, Date.now())
    for (const one of found) yield { ...one, streams: streams.get(one.id) ?? [] }
    if (!page.hasMore) return
    after = page.end
  }
}

interface Page {
  readonly data: readonly KnownConnection[]
  readonly next_cursor: string | null
}

/** The same from the running server. */
export async function* connectionsThrough(folder: string): AsyncGenerator<KnownConnection> {
  const client = await openClient(folder)
  let cursor: string | null = null
  do {
    const place: readonly (readonly [string, string])[] = cursor ? [['cursor', cursor]] : []
    const query = [['limit', String(list_limit_max)] as const, ...place]
    const page: Page = await client.get('/v2/partner_account_connections', query)
    yield* page.data
    cursor = page.next_cursor
  } while (cursor !== null)
}
