import { describe, expect, it } from 'vitest'
import type { KnownConnection } from './connections.ts'
import { linesOf, rowOf, summaryOf, troubles } from './status_lines.ts'

const now_ms = Date.UTC(2026, 2, 14, 12)
const ago = (minutes: number) => new Date(now_ms - minutes * 60_000).toISOString()
const staleness = { now_ms, stale_after_ms: 3_600_000 }

function connection(id: string, status: string, streams: readonly object[]): KnownConnection {
  const about = { account_name: 'Garden', status_reason: null, partnerSource: 'stripe' }
  return { id, ledgerAccountId: 'la_1', status, streams, ...about } as unknown as KnownConnection
}

const well = { stream: 'customers', state: 'complete', last_success: ago(4), seen: 7 }
const failed = { ...well, stream: 'charges', state: 'failed', reason: 'the key may not read this' }
const waiting = {
  ...well,
  stream: 'payouts',
  state: 'waiting-for-retry',
  retry_date: new Date(now_ms + 90_000).toISOString(),
}
const stale = { ...well, stream: 'refunds', last_success: ago(70) }
const reading = {
  ...well,
  stream: 'orders',
  state: 'fetching',
  segments_open: 3,
  segments_closed: 1,
}
const streamsIn = (connections: readonly KnownConnection[]) =>
  linesOf(connections, staleness).map(({ connection: { id }, stream }) => [id, stream?.stream])

describe('the lines', () => {
  it('begin with what failed, then what is lost, stale, waiting and being read', () => {
    const connections = [
      connection('pac_1', 'Active', [well, reading, waiting, stale, failed]),
      connection('pac_2', 'Lost Connection', [well]),
    ]
    expect(streamsIn(connections)).toEqual([
      ['pac_1', 'charges'],
      ['pac_2', 'customers'],
      ['pac_1', 'refunds'],
      ['pac_1', 'payouts'],
      ['pac_1', 'orders'],
      ['pac_1', 'customers'],
    ])
  })

  it('call wrong what failed, is lost or stale, and nothing that was switched off', () => {
    const connections = [
      connection('pac_1', 'Active', [well, waiting, stale, failed]),
      connection('pac_2', 'Inactive', [stale, failed]),
      connection('pac_3', 'Not Authorised', []),
    ]
    const lines = linesOf(connections, staleness)
    expect(troubles(lines).map(({ why }) => why)).toEqual([
      'the key may not read this',
      'Not Authorised',
      `read last at ${ago(70)}`,
    ])
    expect(summaryOf(connections, lines)).toBe(
      '3 connections, 6 streams: 2 failed, 3 complete, 1 waiting-for-retry; 3 failed or stale',
    )
  })

  it('tell how far a reading has come and when one goes on', () => {
    const lines = linesOf([connection('pac_1', 'Active', [waiting, reading])], staleness)
    const [next, progress] = [lines[0], lines[1]].map((line) => line && rowOf(line))
    expect([next?.[7], progress?.[8]]).toEqual(['in 1 min', '7 read, 25 % of ranges'])
  })
})
