import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../../sandbox/server.ts'
import { type Business, connected } from '../../test/business.ts'
import { testDatabase } from '../../test/database.ts'
import { objectTypes, recordTypes } from '../model/index.ts'
import { impersonal } from '../model/object.ts'
import type { Database } from './database.ts'
import { quoted } from './table.ts'
import { makeViews, views } from './views.ts'

let db: Database
let sandbox: Sandbox
let businesses: Business[]

beforeAll(async () => {
  db = await testDatabase()
  sandbox = await startSandbox({ seed: 4, buyers: 12 })
  businesses = []
  for (const partner of ['stripe', 'shopify', 'paypal', 'woocommerce'] as const) {
    const business = await connected(db, sandbox, { partner })
    expect((await business.sync()).failed).toEqual([])
    businesses.push(business)
  }
})
afterAll(async () => {
  await sandbox.stop()
  await db.close()
})

type Row = { readonly [name: string]: unknown }

const rowsOf = (view: string) => db.query<Row>(`select * from ${quoted(view)} order by id`)

/** The values of a record's attributes that describe a person, however deep. */
function personalIn(fields: (typeof objectTypes)[number]['attributes'], record: Row): string[] {
  return Object.entries(fields).flatMap(([name, kind]) => {
    const value = record[name]
    if (value === null || value === undefined) return []
    if (kind.pii) return textsIn(value)
    const parts = kind.parts
    return parts ? [value].flat().flatMap((one) => personalIn(parts, one as Row)) : []
  })
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(textsIn)
  // A country or last four digits say little by themselves, and occur anywhere.
  return typeof value === 'string' && value.length > 5 ? [value] : []
}

describe.each(recordTypes.map((type) => [type.plural, type] as const))(
  'the view %s',
  (plural, type) => {
    it('says what the records say', async () => {
      const stored = await db.query<{ record: string }>(
        `select record from ${quoted(type.name)} order by id`,
      )
      const records = stored.map(({ record }) => JSON.parse(record) as Row)
      const seen = (await rowsOf(plural)).map((row) => JSON.stringify(inWords(row)))
      const wanted = records.map((record) =>
        JSON.stringify(
          Object.fromEntries(
            Object.keys(type.attributes).map((name) => [name, record[name] ?? null]),
          ),
        ),
      )
      expect(seen.map((text) => JSON.parse(text))).toEqual(wanted.map((text) => JSON.parse(text)))
    })

    it('has another beside it that says nothing about a person', async () => {
      const whole = await rowsOf(plural)
      const without = await rowsOf(plural + impersonal)
      expect(without.map(({ id }) => id)).toEqual(whole.map(({ id }) => id))
      const text = JSON.stringify(without)
      const personal = new Set(whole.flatMap((row) => personalIn(type.attributes, inWords(row))))
      expect(
        [...personal].filter((value) => text.includes(JSON.stringify(value).slice(1, -1))),
      ).toEqual([])
      expect(text).not.toMatch(/guest:|@example/)
    })
  },
)

const date = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?\+00$/

/** As the API writes it: dates in its form, whole numbers as numbers. */
function inWords(row: Row): Row {
  return JSON.parse(
    JSON.stringify(row, (_, value) => {
      if (typeof value === 'bigint') return Number(value)
      return typeof value === 'string' && date.test(value) ? new Date(value).toISOString() : value
    }),
  )
}

it('there is something to tell in most of them', async () => {
  const counts = await Promise.all(
    recordTypes.map(async ({ plural }) => (await rowsOf(plural)).length),
  )
  expect(counts.filter((count) => count > 0).length).toBeGreaterThan(8)
  const guests = await db.query(`select 1 from customers where origin = 'DERIVED'`)
  expect(guests.length).toBeGreaterThan(0)
})

it('conditions on a business and a column find an index', async () => {
  const plan = async (condition: string) => {
    await db.query('set enable_seqscan = off')
    const lines = await db.query<{ 'QUERY PLAN': string }>(
      `explain select amount from payments_without_pii where "ledgerAccountId" = '${businesses[0]?.ledgerAccountId}' and ${condition}`,
    )
    await db.query('set enable_seqscan = on')
    return lines.map((line) => line['QUERY PLAN']).join('\n')
  }
  expect(await plan(`"modifiedDate" > now() - interval '1 day'`)).toContain('payment_modifiedDate')
  expect(await plan('amount > 10000')).toContain('payment_amount')
})

it('made anew keep their readers', async () => {
  const role = `analyst ${Math.random().toString(36).slice(2)}`
  const readers = () =>
    db.query<{ name: string; may: boolean }>(
      `select viewname as name, has_table_privilege($1, format('%I.%I', schemaname, viewname), 'select') as may
       from pg_views where schemaname = current_schema() and viewname like 'payments%' order by 1`,
      [role],
    )
  await db.query(`create role "${role}"`)
  await db.query(`grant select on payments_without_pii to "${role}"`)
  const before = await readers()
  expect(before.map(({ may }) => may)).toEqual([false, true])
  await makeViews(db, { anew: true })
  expect(await readers()).toEqual(before)
  await db.query(`drop owned by "${role}"`)
  await db.query(`drop role "${role}"`)
})

it('with a view of somebody else on them are not made anew, and stay as they are', async () => {
  await db.query('create view mine as select id from payments_without_pii')
  await expect(makeViews(db, { anew: true })).rejects.toThrow(/mine|depend/)
  expect((await rowsOf('payments')).length).toBeGreaterThan(0)
  await db.query('drop view mine')
  await makeViews(db, { anew: true })
})

it('every object has its two', () => {
  expect(views.map(({ name }) => name).sort()).toEqual(
    objectTypes.flatMap(({ plural }) => [plural, plural + impersonal]).sort(),
  )
})
