import type { Logged } from '../../sandbox/server.ts'
import { events_stream } from '../../src/connect/connect.ts'
import { parents_a_page } from '../../src/ingest/children.ts'
import type { Facts, Partner } from '../../src/partners/partner.ts'
import type { Database } from '../../src/store/database.ts'
import { newPageOf, type PageOf } from './pages.ts'

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
export function newRefetchCount(partner: Partner, facts: Facts) {
  const pageOf = newPageOf(partner, facts)
  const fetched = new Map<string, Set<string>>()

  return function count(log: readonly Logged[], before: Standings, after: Standings): Refetched[] {
    const found: Refetched[] = []
    for (const [stream, pages] of pagesAsked(pageOf, log, before)) {
      const goesOn = before.get(stream)?.run_started_ms === after.get(stream)?.run_started_ms
      // A new pass reads what it reads for the first time.
      const known = (goesOn && fetched.get(stream)) || new Set<string>()
      const open = before.get(stream)?.open ?? 0
      const again = pages.filter((page) => known.has(page))
      const apart = open > 1 || unit(partner, stream) > 1
      const asked = apart ? again : withoutStepsBack(again, [...known])
      fetched.set(stream, new Set([...known, ...pages]))
      if (asked.length > 0) {
        found.push({ stream, pages: asked.length / unit(partner, stream), open })
      }
    }
    return found
  }
}

/**
 * Where rows are counted and one of them is gone, the page before is read again: that is the
 * dialect's way, killed or not. In a list read in one go, such a page lies before one just asked for.
 */
function withoutStepsBack(again: readonly string[], known: readonly string[]): string[] {
  const place = new Map(known.map((page, i) => [page, i]))
  const placeOf = (page: string) => place.get(page) ?? 0
  return again.filter((page, i) => again.slice(0, i).every((one) => placeOf(one) < placeOf(page)))
}

/** A page of a stream of children holds the lists of several parents. */
function unit({ streams }: Partner, stream: string): number {
  const { strategy } = streams.find(({ name }) => name === stream) ?? {}
  return strategy === 'children' ? parents_a_page : 1
}

/** The pages of each stream in the order they were asked for, each once. */
function pagesAsked(
  pageOf: PageOf,
  log: readonly Logged[],
  before: Standings,
): Map<string, string[]> {
  const asked = new Map<string, Set<string>>()
  let ofEvents = false
  for (const one of log) {
    const found = pageOf(one)
    if (!found) continue
    // The event log is read last, and has children read again for its own reasons.
    ofEvents ||= found.stream === events_stream
    if (found.ofParent && (ofEvents || !isUnread(before.get(found.stream)))) continue
    const pages = asked.get(found.stream) ?? new Set()
    asked.set(found.stream, pages.add(found.page))
  }
  return new Map([...asked].map(([stream, pages]) => [stream, [...pages]]))
}

function isUnread(standing: Standing | undefined): boolean {
  return (standing?.watermark_ms ?? null) === null
}
