import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Ledger, newLeasedBudget } from './lease.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

/** What several processes share, with the time that it takes to ask it. */
function shared(latency_ms = 5) {
  let granted_ms = 0
  let held_until_ms = 0
  let grants = 0
  const ledger: Ledger = {
    async grant(span_ms) {
      await new Promise((resolve) => setTimeout(resolve, latency_ms))
      grants++
      const from_ms = Math.max(granted_ms, held_until_ms, Date.now())
      granted_ms = from_ms + span_ms
      return from_ms
    },
    async hold(until_ms) {
      held_until_ms = Math.max(held_until_ms, until_ms)
    },
  }
  return { ledger, grants: () => grants }
}

function mostInASecond(times: readonly number[]): number {
  return Math.max(...times.map((from) => times.filter((t) => t >= from && t < from + 1000).length))
}

test('no second sees more requests of all processes together than the rate', async () => {
  const { ledger, grants } = shared()
  const budgets = Array.from({ length: 4 }, () => newLeasedBudget({ ledger, per_second: 50 }))
  const times: number[] = []
  const callers = budgets.flatMap((budget) =>
    Array.from({ length: 100 }, async () => {
      await budget.take('incremental')
      times.push(Date.now())
    }),
  )
  const began_ms = Date.now()
  await vi.runAllTimersAsync()
  await Promise.all(callers)
  expect(mostInASecond(times)).toBeLessThanOrEqual(50)
  // And of the rate nothing much is wasted, nor is it asked for at each request.
  expect(Date.now() - began_ms).toBeLessThan((400 / 50) * 1000 * 1.1)
  expect(grants()).toBeLessThan(400 / 10)
})

test('one caller after the other does not ask the ledger each time', async () => {
  const { ledger, grants } = shared()
  const budget = newLeasedBudget({ ledger, per_second: 100 })
  const asking = (async () => {
    for (let i = 0; i < 200; i++) await budget.take('backfill')
  })()
  await vi.runAllTimersAsync()
  await asking
  expect(grants()).toBeLessThan(60)
})

test('a hold that one process was told stops the others', async () => {
  const { ledger } = shared()
  const [one, other] = [1, 2].map(() => newLeasedBudget({ ledger, per_second: 20 }))
  one?.hold(Date.now() + 3000)
  const began_ms = Date.now()
  const asking = other?.take('interactive')
  await vi.runAllTimersAsync()
  await asking
  expect(Date.now() - began_ms).toBeGreaterThanOrEqual(3000)
})

test('who is more urgent goes first, in the order of the priorities', async () => {
  const { ledger } = shared()
  const budget = newLeasedBudget({ ledger, per_second: 10 })
  const order: string[] = []
  const callers = (['backfill', 'incremental', 'notification', 'interactive'] as const).map(
    async (priority) => {
      await budget.take(priority)
      order.push(priority)
    },
  )
  await vi.runAllTimersAsync()
  await Promise.all(callers)
  expect(order).toEqual(['interactive', 'notification', 'incremental', 'backfill'])
})

test('a moment that was missed is not made up for', async () => {
  const { ledger } = shared(0)
  const budget = newLeasedBudget({ ledger, per_second: 20 })
  const times: number[] = []
  const callers = Array.from({ length: 60 }, async () => {
    await budget.take('backfill')
    times.push(Date.now())
  })
  await vi.advanceTimersByTimeAsync(1000)
  // The process stands still for a while, as when it is busy.
  vi.setSystemTime(Date.now() + 700)
  await vi.runAllTimersAsync()
  await Promise.all(callers)
  expect(mostInASecond(times)).toBeLessThanOrEqual(20)
})

test('callers are told of a ledger that cannot be reached', async () => {
  const gone = async () => {
    throw new Error('the database is gone')
  }
  const budget = newLeasedBudget({ ledger: { grant: gone, hold: gone }, per_second: 20 })
  await expect(budget.take('incremental')).rejects.toThrow('gone')
})
