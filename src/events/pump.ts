import { asksFor } from '../model/event.ts'
import { type Change, changesBetween } from '../store/changes.ts'
import type { Database, Executor } from '../store/database.ts'
import { putOnWay } from '../store/event_delivery.ts'
import type { SealedEndpoint } from '../store/event_endpoint.ts'
import { hurryLane, type LaneKey, lanesWithNews, moveLane, takeLane } from '../store/event_lane.ts'
import {
  type EventReplay,
  moveReplay,
  openReplays,
  seqBefore,
  takeReplay,
} from '../store/event_replay.ts'
import { deliveryId, eventsOf } from './event.ts'

export interface Pumping {
  readonly db: Database
  readonly now: () => number
  readonly endpoints: ReadonlyMap<string, SealedEndpoint>
  /** Feeds that changed since; null looks at all of them. */
  readonly since_ms: number | null
}

const lanes_at_once = 200
const replays_at_once = 50
const changes_at_once = 500
/** Clocks of several writers differ by no more than this. */
const clock_slack_ms = 5 * 60_000

/** Turns what is new in the feeds into deliveries. Gives whether there is more to do. */
export async function pump(on: Pumping, signal: AbortSignal): Promise<boolean> {
  const { db, since_ms } = on
  const lanes = await lanesWithNews(db, { since_ms, limit: lanes_at_once })
  const outcomes: Pumped[] = []
  for (const lane of lanes) {
    if (!signal.aborted) outcomes.push(await pumpLane(on, lane))
  }
  const replays = await openReplays(db, replays_at_once)
  for (const replay of replays) {
    if (!signal.aborted) outcomes.push(await pumpReplay(on, replay))
  }
  const isFull = lanes.length === lanes_at_once || replays.length === replays_at_once
  return outcomes.includes('more') || (isFull && outcomes.includes('done'))
}

/** `held` where another process works on it at this moment. */
type Pumped = 'done' | 'more' | 'held'

/** One page of a feed: its deliveries and how far the lane has come are saved together. */
function pumpLane({ db, now, endpoints }: Pumping, lane: LaneKey): Promise<Pumped> {
  return db.transaction(async (tx) => {
    const endpoint = endpoints.get(lane.endpointId)
    const seq = endpoint ? await takeLane(tx, lane) : null
    if (!endpoint || seq === null) return 'held'
    const span = { after: seq, to: Number.MAX_SAFE_INTEGER, limit: changes_at_once }
    const changes = await changesBetween(tx, { ...lane, ...span })
    const last = changes.at(-1)
    if (!last) return 'done'
    await tell(tx, { lane, endpoint, changes, now_ms: now() })
    await moveLane(tx, lane, last.seq)
    return changes.length === changes_at_once ? 'more' : 'done'
  })
}

interface Telling {
  readonly lane: LaneKey
  readonly endpoint: SealedEndpoint
  readonly changes: readonly Change[]
  readonly now_ms: number
}

async function tell(tx: Executor, { lane, endpoint, changes, now_ms }: Telling) {
  const events = changes
    .flatMap((change) => eventsOf(lane.ledgerAccountId, change))
    .filter(({ type }) => asksFor(endpoint.types, type))
    .map((event) => ({ ...event, id: deliveryId(endpoint.id, event.eventId) }))
  if (events.length === 0) return
  await putOnWay(tx, lane, { events, now_ms })
  await hurryLane(tx, lane, now_ms)
}

/** One page of a span that is told again. What the lane has not come to yet is not told before. */
function pumpReplay({ db, now, endpoints }: Pumping, asked: EventReplay): Promise<Pumped> {
  return db.transaction(async (tx) => {
    const endpoint = endpoints.get(asked.endpointId)
    const seq = endpoint ? await takeLane(tx, asked) : null
    const replay = seq === null ? null : await takeReplay(tx, asked)
    if (!endpoint || seq === null || !replay) return 'held'
    const after = await startOf(tx, replay)
    const to = Math.min(replay.seq_to, seq)
    const span = { after, to, limit: changes_at_once }
    const page = await changesBetween(tx, { ...replay, ...span })
    const changes = page.filter(isWithin(replay))
    await tell(tx, { lane: asked, endpoint, changes, now_ms: now() })
    const last = page.at(-1)
    const isOver = page.length < changes_at_once || (last && isBeyond(replay, last))
    await moveReplay(tx, replay, isOver ? replay.seq_to : (last?.seq ?? to))
    return isOver ? 'done' : 'more'
  })
}

async function startOf(tx: Executor, replay: EventReplay): Promise<number> {
  const { seq, from_ms: date_ms, seq_to: head, ledgerAccountId } = replay
  if (seq > 0 || date_ms === null) return seq
  return seqBefore(tx, ledgerAccountId, { date_ms, head, slack_ms: clock_slack_ms })
}

function isWithin({ from_ms, to_ms }: EventReplay) {
  return ({ date_ms }: Change) =>
    (from_ms === null || date_ms >= from_ms) && (to_ms === null || date_ms < to_ms)
}

function isBeyond({ to_ms }: EventReplay, { date_ms }: Change): boolean {
  return to_ms !== null && date_ms >= to_ms + clock_slack_ms
}
