// Taking the data away: parts over the API, files by the command.
import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { columnsOf } from '../src/api/export/columns.ts'
import { csvRows } from '../src/api/export/csv.ts'
import type { Manifest } from '../src/cli/export/manifest.ts'
import { customer } from '../src/model/customer.ts'
import { recordTypes } from '../src/model/index.ts'
import { order } from '../src/model/order.ts'
import { payment } from '../src/model/payment.ts'
import { promises } from './contract.ts'
import { testDatabase } from './database.ts'
import { fill } from './filled.ts'
import { furrow, spawnFurrow } from './furrow.ts'
import { newWorld, type World } from './world.ts'

const count = 230
const hostile = ['=1+1', '+cmd', '-2', '@sum', '\t=1', 'a "quoted", one', 'two\nlines', "it's"]
let world: World
let env: Record<string, string>

beforeAll(async () => {
  world = await newWorld(await testDatabase(), { requestsPerMinute: 0 })
  await fill(world.shop)
  const one = (n: number) => ({ partnerRecordId: `many_${n}`, name: hostile[n % hostile.length] })
  await world.shop.put(
    customer,
    Array.from({ length: count }, (_, n) => one(n)),
  )
  const url = await world.api.listen({ host: '127.0.0.1', port: 0 })
  env = { FURROW_URL: url, FURROW_KEY: world.client.key }
})
afterAll(async () => {
  await world.close()
  await world.db.close()
})

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'export-'))
  onTestFinished(() => rm(path, { recursive: true, force: true }))
  return path
}

/** Every record of the list, as the API serves it. */
async function listed(query = ''): Promise<Map<string, unknown>> {
  const found = new Map<string, unknown>()
  for (let cursor = ''; ; ) {
    const page = await world.client.get(`/v2/customers?limit=100${query}${cursor}`)
    for (const one of page.data) found.set(String(one.id), one)
    if (!page.json.has_more) return found
    cursor = `&cursor=${encodeURIComponent(String(page.json.next_cursor))}`
  }
}

async function exported(args: readonly string[]) {
  const out = await folder()
  const run = () => furrow(['export', ...args, '--out', out, '--json'], { env })
  return { out, run, first: await run() }
}

const manifestIn = async (out: string) =>
  JSON.parse(await readFile(join(out, 'manifest.json'), 'utf8')) as Manifest

describe('parts over the API', () => {
  it.each(recordTypes.map((type) => [type.plural, type] as const))(
    'of %s hold every record once, each as the document promises',
    async (plural, type) => {
      const retrieve = promises('v2').find(({ id }) => id === `retrieve_${type.name}`)
      const ids: string[] = []
      for (let cursor = ''; ; ) {
        const part = await world.client.get(`/v2/exports/${plural}?limit=2${cursor}`)
        expect(part.headers['content-type']).toBe('application/x-ndjson; charset=utf-8')
        const records = part.text
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line))
        expect(Number(part.headers['furrow-count'])).toBe(records.length)
        for (const record of records) expect(retrieve?.fault(record)).toBe(null)
        ids.push(...records.map(({ id }) => id))
        const next = part.headers['furrow-next-cursor']
        if (next === undefined || ids.length > 20) break
        cursor = `&cursor=${encodeURIComponent(String(next))}`
      }
      expect(new Set(ids).size).toBe(ids.length)
      expect(ids.length).toBeGreaterThan(2)
    },
  )

  it('take the filters of the list, and refuse what it refuses', async () => {
    const some = await world.client.get('/v2/exports/customers?name=%3D1%2B1&limit=5000')
    expect(some.text.split('\n').filter(Boolean)).toHaveLength(Math.ceil(count / hostile.length))
    const other = await world.client.get('/v2/exports/customers?format=xls')
    expect([other.status, other.json.param]).toEqual([400, 'format'])
    expect((await world.client.get('/v2/exports/customers?limit=5001')).status).toBe(400)
  })

  it('are named in the version that is asked', async () => {
    const { text } = await world.client.get('/v1/exports/customers?format=csv&limit=1')
    expect(text).toContain('Id')
    expect((await world.client.get('/v2/exports/customers?format=csv&limit=1')).text).toMatch(
      /^object,id,/,
    )
  })
})

describe('comma-separated values', () => {
  const columns = columnsOf(customer, 'v2').filter(({ name }) =>
    /^(id|name|address.city)$/.test(name),
  )

  it('mark texts that a spreadsheet would calculate, and quote what has to be', () => {
    const rows = hostile.map((name, n) => ({ id: `cus_${n}`, name, address: null }))
    const lines = csvRows(columns, rows, { header: true }).split('\r\n')
    expect(lines.slice(0, 7)).toEqual([
      'id,name,address.city',
      "cus_0,'=1+1,",
      "cus_1,'+cmd,",
      "cus_2,'-2,",
      "cus_3,'@sum,",
      "cus_4,'\t=1,",
      'cus_5,"a ""quoted"", one",',
    ])
  })

  it('leave negative amounts numbers, and lists as JSON', () => {
    const amounts = columnsOf(payment, 'v2').filter(({ name }) => name === 'amount')
    expect(csvRows(amounts, [{ amount: -500 }], { header: false })).toBe('-500\r\n')
    const lines = columnsOf(order, 'v2').filter(({ name }) => name === 'line_items')
    expect(csvRows(lines, [{ line_items: [{ sku: 'a' }] }], { header: false })).toBe(
      '"[{""sku"":""a""}]"\r\n',
    )
  })
})

describe('furrow export', () => {
  it('writes records as lines, with a manifest that fits them', async () => {
    const { out, first } = await exported(['customers', '--format', 'ndjson', '--rows', '100'])
    expect([first.status, first.stderr]).toEqual([0, ''])
    const manifest = await manifestIn(out)
    expect(JSON.parse(first.stdout)).toEqual(manifest)
    const { files, complete, rows } = manifest.objects.customers!
    const expected = await listed()
    expect([complete, rows, files.map((file) => file.rows)]).toEqual([
      true,
      expected.size,
      [100, 100, expected.size - 200],
    ])
    const records = new Map<string, unknown>()
    for (const { name, bytes, sha256 } of files) {
      const text = await readFile(join(out, name))
      expect([text.length, createHash('sha256').update(text).digest('hex')]).toEqual([
        bytes,
        sha256,
      ])
      expect((await stat(join(out, name))).mode & 0o077).toBe(0)
      for (const line of text.toString().split('\n').filter(Boolean)) {
        const record = JSON.parse(line)
        records.set(record.id, record)
      }
    }
    expect(records).toEqual(expected)
    expect((await readdir(out)).sort()).toEqual([
      ...files.map((file) => file.name),
      'manifest.json',
    ])
  })

  it('writes Parquet that DuckDB reads, with types', async () => {
    const { out, first } = await exported(['--format', 'parquet'])
    expect([first.status, first.stderr]).toEqual([0, ''])
    const duck = await (await DuckDBInstance.create(':memory:')).connect()
    const rows = async (sql: string) => (await duck.runAndReadAll(sql)).getRowObjectsJson()
    for (const type of recordTypes) {
      const [row] = await rows(`select count(*)::int as n from '${out}/${type.plural}-*.parquet'`)
      expect([type.plural, Number(row?.n)]).toEqual([
        type.plural,
        (await manifestIn(out)).objects[type.plural]?.rows,
      ])
    }
    const names = new Set((await listed()).values().map((one) => (one as { name: string }).name))
    const told = await rows(`select distinct name from '${out}/customers-1.parquet'`)
    expect(new Set(told.map(({ name }) => name))).toEqual(names)
    const kinds = await rows(`describe select amount, created_date, "payment_method.last4"
      from '${out}/payments-1.parquet'`)
    expect(kinds.map(({ column_type }) => column_type)).toEqual(['BIGINT', 'TIMESTAMP', 'VARCHAR'])
    const [money] = await rows(
      `select sum(amount)::varchar as sum from '${out}/payments-1.parquet'`,
    )
    const payments = await world.client.get('/v2/payments?limit=100')
    const sum = payments.data.reduce((all, one) => all + Number(one.amount), 0)
    expect(money?.sum).toBe(String(sum))
  })

  it('goes on where it was killed, and makes the same files', async () => {
    const whole = await exported(['customers', '--format', 'csv', '--rows', '20'])
    const out = await folder()
    const args = ['export', 'customers', '--format', 'csv', '--rows', '20', '--out', out]
    const child = spawnFurrow(args, env)
    const ended = new Promise((resolve) => child.once('close', resolve))
    await expect
      .poll(async () => (await readdir(out)).filter((name) => name.endsWith('.csv')).length, {
        timeout: 20_000,
        interval: 5,
      })
      .toBeGreaterThan(1)
    child.kill('SIGKILL')
    await ended
    const before = (await manifestIn(out)).objects.customers
    expect(before?.complete).toBe(false)
    expect((await furrow(args, { env })).status).toBe(0)
    const [cut, uncut] = await Promise.all([manifestIn(out), manifestIn(whole.out)])
    const sums = ({ objects }: Manifest) => objects.customers?.files.map(({ sha256 }) => sha256)
    expect(sums(cut)).toEqual(sums(uncut))
    expect((await readdir(out)).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it('does nothing again what is complete, and keeps exports apart', async () => {
    const { out, run, first } = await exported(['customers', '--format', 'csv'])
    expect((await run()).stdout).toBe(first.stdout)
    const other = ['export', 'customers', '--format', 'ndjson', '--out', out]
    const refused = await furrow(other, { env })
    expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining('--out:')])
    await writeFile(join(out, 'manifest.json'), '{}')
    expect((await furrow(other, { env })).stderr).toContain('expected the manifest of an export')
  })

  it('takes only what changed since, and deleted records where they are wanted', async () => {
    const since = new Date(Date.now() + 60_000).toISOString()
    const none = await exported(['customers', '--format', 'csv', '--since', since])
    const { rows, files } = (await manifestIn(none.out)).objects.customers!
    expect(rows).toBe(0)
    const text = await readFile(join(none.out, files[0]?.name ?? ''), 'utf8')
    expect(text.split('\r\n')).toEqual([expect.stringMatching(/^object,id,partnerSource/), ''])
    const all = await exported(['customers', '--format', 'csv', '--deleted'])
    expect((await manifestIn(all.out)).objects.customers?.rows).toBe(
      (await listed('&recordState=all')).size,
    )
  })

  it.each([
    [['plots', '--format', 'csv'], /object: expected one of customer/],
    [['customers', '--format', 'xls'], /--format: expected one of ndjson, csv, parquet, got "xls"/],
    [['customers', '--format', 'csv', '--filter', 'colour=red'], /unknown parameter "colour"/],
  ])('refuses %j, and leaves no file', async (args, words) => {
    const { out, first } = await exported(args)
    expect(first.status).not.toBe(0)
    expect(first.stderr).toMatch(words)
    expect(await readdir(out)).toEqual([])
  })
})
