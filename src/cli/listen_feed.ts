import type { Change } from '../store/changes.ts'
import type { Client } from './client.ts'

/** One entry of a feed as it is heard. */
export interface News {
  readonly ledgerAccountId: string
  readonly change: Change
  /** Where records are asked for. */
  readonly record: unknown
}

export interface Follower {
  /** What has changed since the last time, in the order of each feed. */
  readonly news: () => AsyncGenerator<News>
}

interface Head {
  readonly ledgerAccountId: string
  readonly seq: number
}

interface HeadsPage {
  readonly data: readonly Head[]
  readonly next_cursor: string | null
}

interface ChangesPage {
  readonly data: readonly (Omit<Change, 'date_ms'> & { date: string; record?: unknown })[]
  readonly has_more: boolean
  readonly next_after: number
}

const heads_limit = '100'
const changes_limit = '500'

/** Follows the feeds of all ledger accounts that the key may see, from where they are now. */
export async function newFollower(
  client: Client,
  { records }: { records: boolean },
): Promise<Follower> {
  const known = new Map<string, number>()
  for await (const page of headPages(client)) {
    for (const { ledgerAccountId, seq } of page) known.set(ledgerAccountId, seq)
  }
  return {
    async *news() {
      for (const { ledgerAccountId } of await moved(client, known)) {
        for (let more = true; more; ) {
          const after = known.get(ledgerAccountId) ?? 0
          const page = await changesAfter(client, { ledgerAccountId, after, records })
          for (const { date, record, ...change } of page.data) {
            known.set(ledgerAccountId, change.seq)
            yield { ledgerAccountId, change: { ...change, date_ms: Date.parse(date) }, record }
          }
          known.set(ledgerAccountId, page.next_after)
          more = page.has_more
        }
      }
    },
  }
}

/** The most recently changed come first: a page without news is followed by others without. */
async function moved(client: Client, known: ReadonlyMap<string, number>): Promise<Head[]> {
  const found: Head[] = []
  for await (const page of headPages(client)) {
    const news = page.filter(({ ledgerAccountId, seq }) => seq > (known.get(ledgerAccountId) ?? 0))
    if (news.length === 0) return found
    found.push(...news)
  }
  return found
}

async function* headPages(client: Client): AsyncGenerator<readonly Head[]> {
  let cursor: string | null = null
  do {
    const place: [string, string][] = cursor === null ? [] : [['cursor', cursor]]
    const query = [['limit', heads_limit] as const, ...place]
    const page: HeadsPage = await client.get('/v2/changes/heads', query)
    yield page.data
    cursor = page.next_cursor
  } while (cursor !== null)
}

function changesAfter(
  client: Client,
  { ledgerAccountId, after, records }: { ledgerAccountId: string; after: number; records: boolean },
): Promise<ChangesPage> {
  return client.get('/v2/changes', [
    ['ledgerAccountId', ledgerAccountId],
    ['after', String(after)],
    ['limit', changes_limit],
    ...(records ? [['include[]', 'record'] as const] : []),
  ])
}
