import { describe, expect, test } from 'vitest'
import type { Stream } from '../partners/stream.ts'
import { fullPlan, isKeptByLog, isVerificationDue, recentPlan } from './plan.ts'

const day_ms = 86_400_000
const now_ms = Date.UTC(2026, 10, 24, 12)
const account = { account_created_ms: now_ms - 100 * day_ms, horizon_ms: now_ms }

function streamOf(parts: Partial<Stream>): Stream {
  const list = { path: '/things', timeFilter: 'updated_at' }
  const plain = { name: 'things', title: 'Things', list, maps: [], retrieve: null }
  return { ...plain, strategy: 'updated', ...parts }
}

/** Whether spans, newest first, hold every moment between two, each once. */
function expectWhole(plan: ReturnType<typeof fullPlan>, from_ms: number) {
  expect(Number(plan[0]?.to)).toBeGreaterThan(now_ms)
  for (const [at, span] of plan.slice(1).entries()) expect(span.to).toBe(plan[at]?.from)
  expect(Number(plan.at(-1)?.from)).toBe(from_ms)
}

describe('windows of time', () => {
  const windows = streamOf({ strategy: 'windows', window_ms: 31 * day_ms, overlap_ms: day_ms })

  test('are closed, next to each other, and hold everything since the account was made', () => {
    const plan = fullPlan(windows, account)
    expect(plan).toHaveLength(4)
    expectWhole(plan, account.account_created_ms)
    for (const { from, to } of plan) {
      expect(Number(to) - Number(from)).toBeLessThanOrEqual(31 * day_ms)
    }
  })

  test('begin no earlier than the partner tells', () => {
    const plan = fullPlan({ ...windows, reach_ms: 40 * day_ms }, account)
    expectWhole(plan, now_ms - 40 * day_ms)
  })

  test('of a later run read the last day again', () => {
    const plan = recentPlan(windows, { watermark_ms: now_ms - day_ms / 24, horizon_ms: now_ms })
    expect(plan).toHaveLength(1)
    expectWhole(plan, now_ms - day_ms / 24 - day_ms)
  })
})

test('a watermark that the partner no longer reaches back to is not asked for', () => {
  const stream = streamOf({ reach_ms: 180 * day_ms, overlap_ms: day_ms })
  const plan = recentPlan(stream, { watermark_ms: now_ms - 200 * day_ms, horizon_ms: now_ms })
  expect(plan).toEqual([{ kind: 'recent', from: String(now_ms - 180 * day_ms), to: null }])
})

test('what is ordered by change is read whole without a filter, and then from the last change', () => {
  expect(fullPlan(streamOf({}), account)).toEqual([{ kind: 'backfill', from: null, to: null }])
  const recent = { watermark_ms: now_ms, horizon_ms: now_ms }
  expect(recentPlan(streamOf({ overlap_ms: 1000 }), recent)).toEqual([
    { kind: 'recent', from: String(now_ms - 1000), to: null },
  ])
})

test.each([
  [undefined, null, false],
  [day_ms, null, true],
  [day_ms, now_ms - day_ms, true],
  [day_ms, now_ms - day_ms + 1, false],
])('verification every %s ms, last at %s, is due: %s', (verify_ms, verified_ms, due) => {
  const stream = streamOf(verify_ms === undefined ? {} : { verify_ms })
  expect(isVerificationDue(stream, verified_ms, now_ms)).toBe(due)
})

test('a log keeps only what is not read by change', () => {
  const partner = { events: {} } as Parameters<typeof isKeptByLog>[0] // only that it has a log
  const kept = (strategy: Stream['strategy']) => isKeptByLog(partner, streamOf({ strategy }))
  expect(['created+events', 'children', 'updated', 'sweep', 'created'].map(kept as never)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ])
})

test('on a log that may be off nothing rests', () => {
  const partner = { events: { mayBeOff: true } } as Parameters<typeof isKeptByLog>[0] // only a log
  for (const strategy of ['created+events', 'children'] as const) {
    expect(isKeptByLog(partner, streamOf({ strategy }))).toBe(false)
  }
})
