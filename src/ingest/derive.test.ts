import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { testDatabase } from '../../test/database.ts'
import { incomingOf } from '../../test/records.ts'
import { type TestStream, testStream } from '../../test/stream.ts'
import { external_account } from '../model/external_account.ts'
import type { Database } from '../store/database.ts'
import type { Incoming } from '../store/decide.ts'

let db: Database
let stream: TestStream

beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  stream = await testStream(db)
})

function save(...records: Incoming[]) {
  const page = { key: stream.key, records, rejects: [], seen: records.length }
  return stream.writer.save({ ...page, checkpoint: async () => undefined })
}

/** A buyer of whom the partner names no instrument. */
function silent(values: object = {}, stamp = 1) {
  return { ...stream.buyer(1, { external_account_id: undefined, ...values }), stamp }
}

function card(number: number, values: object = {}, stamp = 1) {
  return incomingOf({
    type: external_account,
    ledgerAccountId: stream.key.ledgerAccountId,
    partnerRecordId: `pm_${number}`,
    values: {
      customer_id: stream.buyer(1).id,
      status: 'active',
      created_date: new Date(number * 1000).toISOString(),
      ...values,
    },
    stamp,
  })
}

async function instrument(): Promise<unknown> {
  const [row] = await db.query<{ record: string }>(
    'select record from customer where ledger_account_id = $1',
    [stream.key.ledgerAccountId],
  )
  return JSON.parse(row?.record ?? '{}').external_account_id
}

describe('a customer whose partner names no default instrument', () => {
  it.each<[string, () => Promise<void>]>([
    ['the customer first', () => save(silent()).then(() => save(card(1), card(2)))],
    ['the instruments first', () => save(card(2), card(1)).then(() => save(silent()))],
    ['all in one page', () => save(card(1), silent(), card(2))],
  ])('gets the newest active one, whatever comes first: %s', async (_, arrive) => {
    await arrive()
    expect(await instrument()).toBe(card(2).id)
  })

  it('gets the next one when it is removed, and none when there is none left', async () => {
    await save(silent(), card(1), card(2))
    await save(card(2, { recordState: 'DELETED' }, 2))
    expect(await instrument()).toBe(card(1).id)
    await save(card(1, { status: 'disabled' }, 2))
    expect(await instrument()).toBeNull()
  })

  it('loses one that is another customer’s by now', async () => {
    await save(silent(), card(1))
    await save(card(1, { customer_id: 'cus_other' }, 2))
    expect(await instrument()).toBeNull()
  })

  it('keeps it when the customer is read again, without a change', async () => {
    await save(silent(), card(1))
    const changes = () =>
      db.query('select seq from change where ledger_account_id = $1', [stream.key.ledgerAccountId])
    const before = await changes()
    await save(silent({}, 2))
    expect(await instrument()).toBe(card(1).id)
    expect(await changes()).toEqual(before)
  })

  it('is told of as a change of the customer', async () => {
    await save(silent())
    await save(card(1))
    const [last] = await db.query(
      `select id, kind, changed from change where ledger_account_id = $1 order by seq desc limit 1`,
      [stream.key.ledgerAccountId],
    )
    expect(last).toEqual({
      id: silent().id,
      kind: 'updated',
      changed: ['external_account_id'],
    })
  })
})

describe('a customer whose partner names the default', () => {
  it('keeps what the partner names', async () => {
    const named = {
      ...stream.buyer(1, { external_account_id: 'ext_named' }),
      payload: '{"names":1}',
    }
    await save(named, card(1))
    await save(card(2))
    expect(await instrument()).toBe('ext_named')
  })
})
