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
  const fetched = new Map<string, readonly string[]>()

  return function count(log: readonly Logged[], before: Standings, after: Standings): Refetched[] {
    const found: Refetched[] = []
    for (const [stream, asked] of pagesAsked(pageOf, log, before)) {
      const goesOn = before.get(stream)?.run_started_ms === after.get(stream)?.run_started_ms
      // A new pass reads what it reads for the first time.
      const known = (goesOn && fetched.get(stream)) || []
      const open = before.get(stream)?.open ?? 0
      const apart = open > 1 || unit(partner, stream) > 1
      const walk = apart ? sideBySide(known, asked) : oneByOne(known, asked)
      fetched.set(stream, walk.known)
      if (walk.again > 0) found.push({ stream, pages: walk.again / unit(partner, stream), open })
    }
    return found
  }
}

interface Walk {
  readonly known: readonly string[]
  readonly again: number
}

function sideBySide(known: readonly string[], asked: readonly string[]): Walk {
  const before = new Set(known)
  const again = [...new Set(asked)].filter((page) => before.has(page)).length
  return { known: [...new Set([...known, ...asked])], again }
}

/**
 * Where rows are counted and one of them is gone, the page before is read again, and those behind it
 * anew: that is the dialect's way, killed or not.
 */
function oneByOne(known: readonly string[], asked: readonly string[]): Walk {
  let pages = [...known]
  let again = 0
  for (const [i, page] of asked.entries()) {
    const place = pages.indexOf(page)
    const last = i === 0 ? -1 : pages.indexOf(asked[i - 1] ?? '')
    if (place < 0) pages.push(page)
    else if (last > place) pages = pages.slice(0, place + 1)
    else if (last < place) again += 1
  }
  return { known: pages, again }
}

/** A page of a stream of children holds the lists of several parents. */
function unit({ streams }: Partner, stream: string): number {
  const { strategy } = streams.find(({ name }) => name === stream) ?? {}
  return strategy === 'children' ? parents_a_page : 1
}

/** The pages of each stream in the order they were asked for. */
function pagesAsked(
  pageOf: PageOf,
  log: readonly Logged[],
  before: Standings,
): Map<string, string[]> {
  const asked = new Map<string, string[]>()
  let ofEvents = false
  for (const one of log) {
    const found = pageOf(one)
    if (!found) continue
    // The event log is read last, and has children read again for its own reasons.
    ofEvents ||= found.stream === events_stream
    if (found.ofParent && (ofEvents || !isUnread(before.get(found.stream)))) continue
    const pages = asked.get(found.stream) ?? []
    pages.push(found.page)
    asked.set(found.stream, pages)
  }
  return asked
}

function isUnread(standing: Standing | undefined): boolean {
  return (standing?.watermark_ms ?? null) === null
}
