import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newLedgerAccount } from '../../test/business.ts'
import { testDatabase } from '../../test/database.ts'
import { incomingOf } from '../../test/records.ts'
import { customer } from '../model/customer.ts'
import type { Condition } from './condition.ts'
import type { Database } from './database.ts'
import { count, type ListQuery, list, placeOf, retrieve } from './list.ts'
import { save } from './save.ts'

let db: Database
let ledgerAccountId: string

beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  ledgerAccountId = await newLedgerAccount(db)
})

let clock_ms = Date.UTC(2026, 0, 1)

function buyer(partnerRecordId: string, values: object = {}, stamp = 1) {
  return incomingOf({
    type: customer,
    ledgerAccountId,
    partnerRecordId,
    values: { ...values },
    stamp,
  })
}

function put(...records: ReturnType<typeof buyer>[]) {
  clock_ms += 1000
  return save(db, { ledgerAccountId, records, now_ms: clock_ms })
}

/** `count` buyers, the higher the number the newer. */
function many(count: number) {
  const day = (i: number) => new Date(Date.UTC(2026, 0, 1 + i)).toISOString()
  return Array.from({ length: count }, (_, i) =>
    buyer(`cus_${i}`, { created_date: day(i), name: `${i}` }),
  )
}

function ask(query: Partial<ListQuery> = {}) {
  const scope = [ledgerAccountId]
  return list(db, { type: customer, scope, where: [], sort: 'created_date', limit: 100, ...query })
}

const names = (texts: readonly string[]) => texts.map((text) => JSON.parse(text).name)

describe('a list', () => {
  it('is newest first, and pages forth and back without a gap', async () => {
    await put(...many(7))
    const first = await ask({ limit: 3 })
    expect([names(first.records), first.hasMore]).toEqual([['6', '5', '4'], true])
    const second = await ask({ limit: 3, after: first.end })
    expect(names(second.records)).toEqual(['3', '2', '1'])
    const last = await ask({ limit: 3, after: second.end })
    expect([names(last.records), last.hasMore]).toEqual([['0'], false])
    const place = await placeOf(
      db,
      { type: customer, scope: [ledgerAccountId], sort: 'created_date' },
      buyer('cus_0').id,
    )
    const back = await ask({ limit: 3, before: place })
    expect([names(back.records), back.hasMore]).toEqual([['3', '2', '1'], true])
  })

  it('puts what has no date last, and shares of one date in a steady order', async () => {
    const undated = buyer('cus_x', { created_date: null, name: 'x' })
    await put(...many(1), undated, buyer('cus_a', { name: 'a' }), buyer('cus_b', { name: 'b' }))
    const whole = names((await ask()).records)
    expect(whole.at(-1)).toBe('x')
    const paged: string[] = []
    let after: ListQuery['after'] = null
    for (;;) {
      const page = await ask({ limit: 1, after })
      paged.push(...names(page.records))
      after = page.end
      if (!page.hasMore) break
    }
    expect(paged).toEqual(whole)
  })

  it('holds nothing of a ledger account out of scope', async () => {
    await put(buyer('cus_mine', { name: 'mine' }))
    const mine = ledgerAccountId
    ledgerAccountId = await newLedgerAccount(db)
    await put(buyer('cus_theirs', { name: 'theirs' }))
    expect(names((await ask({ scope: [mine] })).records)).toEqual(['mine'])
    expect(names((await ask({ scope: [mine, ledgerAccountId] })).records).sort()).toEqual([
      'mine',
      'theirs',
    ])
    expect((await ask({ scope: [] })).records).toEqual([])
    const { id } = buyer('cus_theirs')
    expect(await retrieve(db, customer, { scope: [mine], id })).toBeNull()
    expect(await retrieve(db, customer, { scope: [mine, ledgerAccountId], id })).toContain('theirs')
  })

  it.each<[string, Condition, string[]]>([
    ['a name whatever its case', { column: 'name', operator: 'eq', value: 'ZOË' }, ['Zoë']],
    ['the beginning of a name', { column: 'name', operator: 'prefix', value: 'zo' }, ['Zoë']],
    ['one of several', { column: 'name', operator: 'in', value: ['ada', 'bob'] }, ['Ada']],
    [
      'a date',
      { column: 'created_date', operator: 'gte', value: '2026-02-01T00:00:00.000Z' },
      ['Zoë'],
    ],
    ['a part of a hash', { column: 'address_country', operator: 'eq', value: 'SE' }, ['Ada']],
    ['text that is no SQL', { column: 'name', operator: 'eq', value: `' or 1=1 --` }, []],
  ])('is filtered by %s', async (_, condition, expected) => {
    const address = { city: null, postal_code: null, country: 'SE', line1: null }
    await put(
      buyer('cus_1', { name: 'Ada', address }),
      buyer('cus_2', { name: 'Zoë', created_date: '2026-03-01T00:00:00.000Z' }),
    )
    expect(names((await ask({ where: [condition] })).records)).toEqual(expected)
    const query = { type: customer, scope: [ledgerAccountId], where: [condition] } as const
    expect(await count(db, { ...query, sort: 'created_date', limit: 1 })).toBe(expected.length)
  })

  it('meets what exists throughout exactly once, whatever moves meanwhile', async () => {
    await put(...many(12))
    const met: string[] = []
    let page = await ask({ sort: 'modifiedDate', limit: 4 })
    const since = page.heads
    for (let round = 2; ; round++) {
      met.push(...names(page.records))
      if (!page.hasMore) break
      // One that is still to come moves to the front, where a plain list would not see it again.
      const coming = many(12).find(({ record }) => !met.includes(record.name as string))
      await put({ ...coming!, record: { ...coming!.record, phone: `${round}` }, stamp: round })
      await put(buyer(`cus_new${round}`, { name: `new ${round}` }))
      page = await ask({ sort: 'modifiedDate', limit: 4, after: page.end, since })
    }
    const throughout = met.filter((name) => !name.startsWith('new'))
    expect(throughout.sort()).toEqual(
      many(12)
        .map(({ record }) => record.name)
        .sort(),
    )
  })
})
