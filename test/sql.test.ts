// What the page for analysts says is run as they would: every statement of it, as the role it makes.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../sandbox/server.ts'
import { impersonal } from '../src/model/object.ts'
import type { Database } from '../src/store/database.ts'
import { views } from '../src/store/views.ts'
import { connected } from './business.ts'
import { testDatabase } from './database.ts'

const page = readFileSync(new URL('../docs/guide/sql.md', import.meta.url), 'utf8')
const blocks = [...page.matchAll(/^```sql\n(.*?)^```/gms)].map(([, text = '']) => text)
const role = `analyst_${Math.random().toString(36).slice(2)}`

let db: Database
let sandbox: Sandbox

beforeAll(async () => {
  db = await testDatabase()
  sandbox = await startSandbox({ seed: 6, buyers: 30 })
  for (const partner of ['stripe', 'gocardless'] as const) {
    const business = await connected(db, sandbox, { partner })
    expect((await business.sync()).failed).toEqual([])
  }
  const [place] = await db.query<{ schema: string }>('select current_schema() as schema')
  const [recipe = ''] = blocks
  const own = recipe
    .replaceAll('analyst', role)
    .replace('schema public', `schema "${place?.schema}"`)
  await db.script(own)
})
afterAll(async () => {
  await sandbox.stop()
  await db.script(`drop owned by ${role}; drop role ${role}`)
  await db.close()
})

async function asAnalyst(sql: string): Promise<{ readonly [name: string]: unknown }[]> {
  return db.transaction(async (tx) => {
    await tx.query(`set local role ${role}`)
    return tx.query(sql)
  })
}

it.each(blocks.slice(1).map((sql) => [sql.split('\n')[0], sql]))(
  '%s … is answered',
  async (_, sql) => {
    const rows = await asAnalyst(sql)
    expect(rows.length).toBeGreaterThan(0)
    for (const row of rows) {
      if ('of_transactions' in row) expect(Number(row.of_transactions)).toBe(Number(row.amount))
    }
  },
)

it('every view without what is personal may be read, and no other', async () => {
  for (const { name } of views) {
    const read = asAnalyst(`select count(*) from ${name === 'order' ? '"order"' : name}`)
    if (name.endsWith(impersonal)) await read
    else await expect(read).rejects.toThrow(/permission denied/)
  }
})

it.each(['customer', 'credential', 'api_key', 'change', 'notification', 'audit_entry'])(
  'the table %s may not be read',
  async (table) => {
    await expect(asAnalyst(`select count(*) from ${table}`)).rejects.toThrow(/permission denied/)
  },
)
