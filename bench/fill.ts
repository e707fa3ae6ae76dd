import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import pg from 'pg'
import type { ObjectType } from '../src/model/object.ts'
import { createInstitution, createKey } from '../src/store/api_key.ts'
import { openDatabase } from '../src/store/database.ts'
import { type Decision, decide } from '../src/store/decide.ts'
import { createLedgerAccount } from '../src/store/ledger_account.ts'
import { migrate } from '../src/store/migrate.ts'
import { rowPlan, upsertArrays } from '../src/store/rows.ts'
import { bookkeeping, indexesOf, quoted } from '../src/store/table.ts'
import { TextArray } from '../src/store/text_array.ts'
import { recordsOf, type Seller } from './seller.ts'
import { runOn } from './servers.ts'

export interface Filled {
  readonly ledgerAccountId: string
  /** An API key that sees it. */
  readonly key: string
  readonly records: number
}

export interface FillOptions {
  readonly url: string
  readonly buyers: number
  readonly payments?: Seller['payments']
  readonly subscriptions?: Seller['subscriptions']
}

/**
 * Fills a database with a seller's records. Rows, feed and changes are those that save() would
 * have written, made by its own functions, but copied in, and indexed afterwards.
 */
export async function fill(options: FillOptions): Promise<Filled> {
  const { url, buyers, payments = () => 0, subscriptions = () => 0 } = options
  const { ledgerAccountId, key } = await newSeller(url)
  const seller: Seller = { ledgerAccountId, payments, subscriptions }
  const types = typesOf(seller, buyers)
  const indexes = types.flatMap((type) => indexesOf(type))
  await runOn(
    url,
    indexes.map(({ name }) => `drop index ${quoted(name)}`),
  )
  const { from, to } = await copyAll(url, { seller, types, buyers })
  await runOn(url, [
    ...indexes.map(({ sql }) => sql),
    `update feed set seq = ${to} where ledger_account_id = '${ledgerAccountId}'`,
    'vacuum analyze',
    'checkpoint',
  ])
  return { ledgerAccountId, key, records: to - from }
}

async function newSeller(url: string): Promise<{ ledgerAccountId: string; key: string }> {
  const db = await openDatabase({ url })
  try {
    await migrate(db)
    const now_ms = Date.now()
    const institutionId = await createInstitution(db, { name: 'Bench', now_ms })
    const named = { institutionAccountId: null, name: 'Bench', country: 'SE' }
    const wanted = { institutionId, mode: 'test', ...named, now_ms } as const
    const account = JSON.parse(await createLedgerAccount(db, wanted)) as { id: string }
    const { key } = await createKey(db, { institutionId, mode: 'test', scopes: ['read'], now_ms })
    return { ledgerAccountId: account.id, key }
  } finally {
    await db.close()
  }
}

const sample_size = 100

/** The objects that there will be records of. */
function typesOf(seller: Seller, buyers: number): ObjectType[] {
  const some = Array.from({ length: Math.min(buyers, sample_size) }, (_, i) => i)
  return [...new Set(some.flatMap((i) => recordsOf(seller, i).map(({ type }) => type)))]
}

interface Content {
  readonly seller: Seller
  readonly types: readonly ObjectType[]
  readonly buyers: number
}

/** Copies the records of every buyer. Gives the newest change before and after. */
async function copyAll(url: string, { seller, types, buyers }: Content) {
  const { ledgerAccountId } = seller
  const feed = await runOn(url, [
    `select seq from feed where ledger_account_id = '${ledgerAccountId}'`,
  ])
  const from = Number(feed.rows[0].seq)
  const now = new Date().toISOString()
  const changes = await copyInto(url, 'change', change_columns)
  const tables = new Map<ObjectType, Copying>()
  for (const type of types) {
    tables.set(type, await copyInto(url, quoted(type.name), columnNames(type)))
  }
  let to = from
  for (let i = 0; i < buyers; i += batch_buyers) {
    const made = decisionsOf(seller, { from: i, to: Math.min(buyers, i + batch_buyers), now })
    for (const [type, table] of tables) {
      await table.write(rowLines(ledgerAccountId, type, made.get(type) ?? []))
    }
    const all = [...made.values()].flat()
    const numbered = all.map(({ incoming: { id, type } }) => {
      to += 1
      return line([ledgerAccountId, to, type.name, id, 'created', '{}', now])
    })
    await changes.write(numbered.join(''))
  }
  await Promise.all([changes, ...tables.values()].map((table) => table.end()))
  return { from, to }
}

const batch_buyers = 500
const change_columns = ['ledger_account_id', 'seq', 'object', 'id', 'kind', 'changed', 'date']

function columnNames(type: ObjectType): string[] {
  const typed = rowPlan(type).columns.map((column) => quoted(column.name))
  return ['ledger_account_id', 'id', ...typed, ...Object.keys(bookkeeping)]
}

function decisionsOf(seller: Seller, { from, to, now }: { from: number; to: number; now: string }) {
  const made = new Map<ObjectType, Decision[]>()
  for (let i = from; i < to; i++) {
    for (const incoming of recordsOf(seller, i)) {
      const decisions = made.get(incoming.type) ?? []
      made.set(incoming.type, decisions)
      decisions.push(decide(incoming, null, now))
    }
  }
  return made
}

function rowLines(ledgerAccountId: string, type: ObjectType, decisions: Decision[]): string {
  const arrays = upsertArrays(rowPlan(type), decisions).map((array) =>
    array instanceof TextArray ? array.values : (array as readonly unknown[]),
  )
  return decisions
    .map((_, i) => line([ledgerAccountId, ...arrays.map((array) => array[i])]))
    .join('')
}

/** A line of COPY's text form. */
function line(values: readonly unknown[]): string {
  return `${values.map((value) => (value === null ? '\\N' : escaped(String(value)))).join('\t')}\n`
}

const escapes: { readonly [character: string]: string } = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
}

function escaped(text: string): string {
  return /[\\\t\n\r]/.test(text) ? text.replace(/[\\\t\n\r]/g, (c) => escapes[c] ?? c) : text
}

interface Copying {
  write(text: string): Promise<void>
  end(): Promise<void>
}

/** A COPY that is fed piece by piece. */
async function copyInto(url: string, table: string, columns: readonly string[]): Promise<Copying> {
  // Installed with the peers, so only there when a measurement runs.
  const { from } = await import('pg-copy-streams')
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const stream = client.query(from(`copy ${table} (${columns.join(', ')}) from stdin`))
  return {
    async write(text) {
      if (!stream.write(text)) await once(stream, 'drain')
    },
    async end() {
      stream.end()
      await finished(stream)
      await client.end()
    },
  }
}
