import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Unavailable } from './errors.ts'
import { newBudget, type Priority, pause } from './rate.ts'
import { waiting_max } from './turns.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

test('no second sees more requests than the rate', async () => {
  const budget = newBudget({ per_second: 50 })
  const times: number[] = []
  const callers = Array.from({ length: 200 }, async () => {
    await budget.take('backfill')
    times.push(Date.now())
  })
  await vi.runAllTimersAsync()
  await Promise.all(callers)
  const most = times.map((from) => times.filter((at) => at >= from && at < from + 1000).length)
  expect(Math.max(...most)).toBeLessThanOrEqual(50)
  expect((times.at(-1) as number) - (times[0] as number)).toBeLessThan(200 * 24)
})

test('interactive callers go before all others, however late they come', async () => {
  const budget = newBudget({ per_second: 10 })
  const order: string[] = []
  const ask = async (name: string, priority: Priority) => {
    await budget.take(priority)
    order.push(name)
  }
  const callers = [ask('first', 'backfill'), ask('second', 'backfill'), ask('third', 'backfill')]
  callers.push(ask('person', 'interactive'))
  await vi.runAllTimersAsync()
  await Promise.all(callers)
  expect(order).toEqual(['first', 'person', 'second', 'third'])
})

test('a hold stops everybody until it ends', async () => {
  const budget = newBudget()
  budget.hold(Date.now() + 500)
  const began_ms = Date.now()
  const callers = [budget.take('backfill'), budget.take('interactive')]
  await vi.runAllTimersAsync()
  await Promise.all(callers)
  expect(Date.now() - began_ms).toBeGreaterThanOrEqual(500)
})

test('who gives up leaves the queue', async () => {
  const budget = newBudget({ per_second: 1 })
  await budget.take('backfill')
  const controller = new AbortController()
  const given = budget.take('backfill', controller.signal)
  const next = budget.take('backfill')
  controller.abort(new Error('stop'))
  await expect(given).rejects.toThrow('stop')
  const began_ms = Date.now()
  await vi.runAllTimersAsync()
  await next
  expect(Date.now() - began_ms).toBeLessThan(1200)
})

test('the queue has an end', async () => {
  const budget = newBudget()
  budget.hold(Date.now() + 1000)
  const callers = Array.from({ length: waiting_max }, () => budget.take('backfill'))
  await expect(budget.take('backfill')).rejects.toBeInstanceOf(Unavailable)
  await vi.runAllTimersAsync()
  await Promise.all(callers)
})

test('a pause ends with its signal', async () => {
  await expect(pause(1000, AbortSignal.abort(new Error('stop')))).rejects.toThrow('stop')
})
