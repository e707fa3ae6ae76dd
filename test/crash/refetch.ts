import type { Logged } from '../../sandbox/server.ts'
import { parents_a_page } from '../../src/ingest/children.ts'
import { listOf } from '../../src/partners/partner.ts'
import { stripe } from '../../src/partners/stripe/index.ts'
import type { Database } from '../../src/store/database.ts'

const events_path = '/v1/events'

/** Where a stream stands between two lives. */
interface Standing {
  readonly run_started_ms: number | null
  readonly watermark_ms: number | null
  readonly open: number
}

export type Standings = ReadonlyMap<string, Standing>

export async function standings(db: Database, connectionId: string): Promise<Standings> {
  const rows = await db.query<Standing & { stream: string }>(
    `select s.stream, s.run_started_ms, s.watermark_ms,
       (select count(*) from segment g where g.ledger_account_id = s.ledger_account_id
         and g.partner_account_connection_id = s.partner_account_connection_id
         and g.stream = s.stream and not g.closed) as open
     from stream s where s.partner_account_connection_id = $1`,
    [connectionId],
  )
  return new Map(rows.map(({ stream, ...row }) => [stream, row]))
}

/** Pages of one stream that were fetched again because a worker had been killed. */
export interface Refetched {
  readonly stream: string
  readonly pages: number
  /** Segments that were open when it was killed: each may have had one page on its way. */
  readonly open: number
}

/** Follows the sandbox's log from life to life, and counts the pages that were asked for twice. */
export function newRefetchCount() {
  const fetched = new Map<string, Set<string>>()

  return function count(log: readonly Logged[], before: Standings, after: Standings): Refetched[] {
    const asked = pagesAsked(log, before)
    const found: Refetched[] = []
    for (const [stream, pages] of asked) {
      const goesOn = before.get(stream)?.run_started_ms === after.get(stream)?.run_started_ms
      // A new pass reads what it reads for the first time.
      const known = (goesOn && fetched.get(stream)) || new Set<string>()
      const again = [...pages].filter((page) => known.has(page)).length
      fetched.set(stream, new Set([...known, ...pages]))
      const open = before.get(stream)?.open ?? 0
      if (again > 0) found.push({ stream, pages: again / unit(stream), open })
    }
    return found
  }
}

/** A page of a stream of children holds the lists of several parents. */
function unit(stream: string): number {
  const { strategy } = stripe.streams.find(({ name }) => name === stream) ?? {}
  return strategy === 'children' ? parents_a_page : 1
}

function pagesAsked(log: readonly Logged[], before: Standings): Map<string, Set<string>> {
  const asked = new Map<string, Set<string>>()
  // The event log is read last, and has children read again for its own reasons.
  const events = log.findIndex(({ path }) => path === events_path)
  for (const [i, { path, query }] of log.entries()) {
    const found = pageOf(path, query)
    const ofEvent =
      found?.ofParent && ((events >= 0 && i > events) || !isUnread(before.get(found.stream)))
    if (!found || ofEvent) continue
    const pages = asked.get(found.stream) ?? new Set()
    asked.set(found.stream, pages.add(found.page))
  }
  return asked
}

function isUnread(standing: Standing | undefined): boolean {
  return (standing?.watermark_ms ?? null) === null
}

/** The stream whose page a request asks for; null for objects and for what is put into pages. */
function pageOf(path: string, query: string) {
  const payout = new URLSearchParams(query).get('payout')
  if (payout) return { stream: 'settlement_transactions', page: payout, ofParent: true }
  const owner = /^\/v1\/customers\/([^/]+)\/(payment_methods|sources)$/.exec(path)
  if (owner) return { stream: 'external_accounts', page: owner[1] ?? '', ofParent: true }
  if (path === events_path) return { stream: 'events', page: query, ofParent: false }
  const listed = stripe.streams.find(
    (stream) => stream.strategy !== 'children' && listOf(stream).path === path,
  )
  return listed ? { stream: listed.name, page: query, ofParent: false } : null
}
