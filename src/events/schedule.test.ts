import { describe, expect, it } from 'vitest'
import { lease_default_ms, poll_ms } from './deliveries.ts'
import { attempts_max, jitter, nextAttempt, retryAfter, waits_ms } from './schedule.ts'

const failed = (tries: number, more: object = {}) =>
  nextAttempt({ tries, now_ms: 1000, retry_after_ms: null, random: () => 0.5, ...more })

describe('the schedule', () => {
  it('has ten attempts in about 75 hours', () => {
    expect(attempts_max).toBe(10)
    const hours = waits_ms.reduce((sum, wait) => sum + wait, 0) / 3_600_000
    expect(hours).toBeCloseTo(75.6, 1)
    expect(failed(9)).not.toBe(null)
    expect(failed(10)).toBe(null)
  })

  it.each([
    [0, 1 - jitter],
    [0.5, 1],
    [0.999999, 1 + jitter],
  ])('strays by no more than its jitter: %s', (draw, share) => {
    const wait_ms = (failed(4, { random: () => draw }) ?? 0) - 1000
    expect(wait_ms / (waits_ms[3] ?? 1)).toBeCloseTo(share, 4)
  })

  it('waits longer where it is asked to, and never shorter', () => {
    expect(failed(1, { retry_after_ms: 60_000 })).toBe(61_000)
    expect(failed(9, { retry_after_ms: 60_000 })).toBe(1000 + (waits_ms[8] ?? 0))
  })
})

describe('Retry-After', () => {
  const now_ms = Date.parse('2026-05-01T12:00:00.000Z')
  it.each([
    ['120', 120_000],
    ['Fri, 01 May 2026 12:05:00 GMT', 300_000],
    ['999999999', 86_400_000],
    ['Fri, 01 May 2020 12:05:00 GMT', null],
    ['0', null],
    ['-5', null],
    ['soon', null],
    [undefined, null],
    [['1', '2'], null],
  ])('%s is %s', (header, wait_ms) => {
    expect(retryAfter(header, now_ms)).toBe(wait_ms)
  })
})

it('a dead process is replaced within a minute', () => {
  expect(lease_default_ms + poll_ms).toBeLessThan(60_000)
})
