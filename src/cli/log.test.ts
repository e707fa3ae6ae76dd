import { describe, expect, it } from 'vitest'
import { newLog } from './log.ts'

function logging() {
  const lines: string[] = []
  const log = newLog('trace', { write: (line) => void lines.push(line) })
  return { log, last: () => JSON.parse(lines.at(-1) ?? '') as Record<string, unknown> }
}

describe('a line of the log', () => {
  it('shows of an error of the database its place, and nothing of the row', () => {
    const { log, last } = logging()
    const error = Object.assign(new Error('invalid input syntax: "Jane Canary"'), {
      code: '22P02',
      table: 'customer',
      detail: 'Failing row contains (Jane Canary, jane@canary.example).',
      where: 'unnamed portal parameter $1 = Jane Canary',
      parameters: ['Jane Canary'],
    })
    log.error({ err: error }, 'sync failed')
    expect(last().err).toEqual({
      name: 'Error',
      message: 'invalid input syntax: "…"',
      code: '22P02',
      table: 'customer',
      stack: expect.stringMatching(/^\s+at /),
    })
  })

  it('keeps of what a partner says all but what it quotes', () => {
    const { log, last } = logging()
    const reason = `No such customer: 'Jane Canary' (403)`
    log.warn({ failed: [{ stream: 'customers', reason }], reason }, 'sync ended with failures')
    const kept = 'No such customer: "…" (403)'
    expect([last().failed, last().reason]).toEqual([[{ stream: 'customers', reason: kept }], kept])
  })

  it.each([
    ['mailto jane@canary.example now', 'mailto [e-mail] now'],
    ['jane+x@mail.canary.example,', '[e-mail],'],
    ['Bearer abc.def-123=', '[secret]'],
    ['with sk_test_canary0123456789', 'with [secret]'],
    ['postgres://furrow:canary@db/furrow', 'postgres://furrow:…@db/furrow'],
    ['12:00 at pac_0123456789ab', '12:00 at pac_0123456789ab'],
  ])('masks %j', (text, shown) => {
    const { log, last } = logging()
    log.info({ text }, text)
    expect([last().text, last().msg]).toEqual([shown, shown])
  })
})
