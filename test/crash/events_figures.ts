import { eventsOf } from '../../src/events/event.ts'
import { changesBetween } from '../../src/store/changes.ts'
import type { Database } from '../../src/store/database.ts'
import type { Receiver } from '../receiver.ts'

export interface EventFigures {
  readonly kills: number
  readonly by_moment: { readonly [moment: string]: number }
  /** Events that the feed holds. */
  readonly events: number
  /** Of them, those that never arrived. */
  readonly lost: number
  /** Arrivals beyond the first of an event: a process died before it could note the answer. */
  readonly repeated: number
  /** Events that arrived for the first time after a later one of the same object. */
  readonly out_of_order: number
  readonly broken: readonly string[]
  readonly took_ms: number
}

export interface Ended {
  readonly db: Database
  readonly receiver: Receiver
  readonly killed: readonly string[]
  readonly broken: readonly string[]
  readonly began_ms: number
}

/** Compares what the receiver got with what the feeds hold. */
export async function figuresOf(ended: Ended): Promise<EventFigures> {
  const { db, receiver, killed, broken, began_ms } = ended
  const expected = await expectedIds(db)
  const first = [...new Map(receiver.received.map((one) => [one.id, one])).keys()]
  const arrived = new Set(first)
  return {
    kills: killed.length,
    by_moment: Object.fromEntries(
      [...new Set(killed)].map((name) => [name, killed.filter((one) => one === name).length]),
    ),
    events: expected.length,
    lost: expected.filter((id) => !arrived.has(id)).length,
    repeated: receiver.received.length - first.length,
    out_of_order: outOfOrder(receiver),
    broken: [...broken, ...strangers(first, expected)],
    took_ms: Date.now() - began_ms,
  }
}

async function expectedIds(db: Database): Promise<string[]> {
  const feeds = await db.query<{ id: string; seq: number }>(
    'select ledger_account_id as id, seq from feed',
  )
  const ids: string[] = []
  for (const { id, seq } of feeds) {
    const span = { ledgerAccountId: id, after: 0, to: seq, limit: seq }
    const changes = await changesBetween(db, span)
    ids.push(...changes.flatMap((change) => eventsOf(id, change)).map(({ eventId }) => eventId))
  }
  return ids
}

function outOfOrder({ received }: Receiver): number {
  const newest = new Map<string, number>()
  const seen = new Set<string>()
  let wrong = 0
  for (const { id, event } of received) {
    if (seen.has(id)) continue
    seen.add(id)
    const { data } = event
    const object = `${data.ledgerAccountId} ${data.id}`
    if (data.seq < (newest.get(object) ?? 0)) wrong++
    newest.set(object, Math.max(data.seq, newest.get(object) ?? 0))
  }
  return wrong
}

function strangers(arrived: readonly string[], expected: readonly string[]): string[] {
  const known = new Set(expected)
  return arrived.filter((id) => !known.has(id)).map((id) => `${id} is no event of any feed`)
}

/** Whether a trial shows what it must. */
export function isWell({ lost, out_of_order, broken }: EventFigures): boolean {
  return lost === 0 && out_of_order === 0 && broken.length === 0
}

export function eventSentence(figures: EventFigures): string {
  const { kills, events, lost, repeated, out_of_order, took_ms, broken } = figures
  const moments = Object.entries(figures.by_moment).map(([name, n]) => `${name} ${n}`)
  return [
    `events: ${kills} kills (${moments.join(', ')}): ${events} events, ${lost} lost,`,
    `${out_of_order} out of order, ${repeated} sent again, in ${Math.round(took_ms / 1000)} s`,
    ...broken.map((line) => `\n  ${line}`),
  ].join(' ')
}
