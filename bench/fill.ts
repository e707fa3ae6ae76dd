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
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const types = [...new Set(sample(seller, buyers).map(({ type }) => type))]
    const { rows } = await client.query('select seq from feed where ledger_account_id = $1', [
      ledgerAccountId,
    ])
    let seq = Number(rows[0].seq)
    for (const type of types) {
      for (const { name } of indexesOf(type)) await client.query(`drop index ${quoted(name)}`)
      seq = await copyType(url, { seller, type, buyers, seq })
      for (const { sql } of indexesOf(type)) await client.query(sql)
    }
    await client.query('update feed set seq = $2 where ledger_account_id = $1', [
      ledgerAccountId,
      seq,
    ])
    await client.query('vacuum analyze')
    await client.query('checkpoint')
    return { ledgerAccountId, key, records: seq - Number(rows[0].seq) }
  } finally {
    await client.end()
  }
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

function sample(seller: Seller, buyers: number) {
  const some = Array.from({ length: Math.min(buyers, sample_size) }, (_, i) => i)
  return some.flatMap((i) => recordsOf(seller, i))
}

interface Part {
  readonly seller: Seller
  readonly type: ObjectType
  readonly buyers: number
  readonly seq: number
}

/** Copies one object's rows and their changes. Gives the newest change. */
async function copyType(url: string, { seller, type, buyers, seq }: Part): Promise<number> {
  const now = new Date().toISOString()
  const plan = rowPlan(type)
  const columns = ['ledger_account_id', 'id', ...plan.columns.map((c) => quoted(c.name))]
  const all = [...columns, ...Object.keys(bookkeeping)].join(', ')
  const copying = [
    copyInto(url, `copy ${quoted(type.name)} (${all}) from stdin`),
    copyInto(
      url,
      'copy change (ledger_account_id, seq, object, id, kind, changed, date) from stdin',
    ),
  ] as const
  const [rows, changes] = await Promise.all(copying)
  let at = seq
  for (let i = 0; i < buyers; i += batch_buyers) {
    const decisions = decisionsOf({
      seller,
      type,
      from: i,
      to: Math.min(buyers, i + batch_buyers),
      now,
    })
    if (decisions.length === 0) continue
    await rows.write(rowLines(seller.ledgerAccountId, type, decisions))
    const numbered = decisions.map(({ incoming }) => [
      seller.ledgerAccountId,
      String(++at),
      type.name,
      incoming.id,
      'created',
      '{}',
      now,
    ])
    await changes.write(numbered.map(line).join(''))
  }
  await Promise.all([rows.end(), changes.end()])
  return at
}

const batch_buyers = 500

function decisionsOf(of: {
  seller: Seller
  type: ObjectType
  from: number
  to: number
  now: string
}): Decision[] {
  const decisions: Decision[] = []
  for (let i = of.from; i < of.to; i++) {
    for (const incoming of recordsOf(of.seller, i)) {
      if (incoming.type === of.type) decisions.push(decide(incoming, null, of.now))
    }
  }
  return decisions
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
async function copyInto(url: string, sql: string): Promise<Copying> {
  // Installed with the peers, so only there when a measurement runs.
  const { from } = await import('pg-copy-streams')
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const stream = client.query(from(sql))
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
