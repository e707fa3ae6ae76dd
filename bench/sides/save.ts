// Saves pages of Stripe customers, and copies the same rows into the same table.
import { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setImmediate as breathe } from 'node:timers/promises'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { bulkCustomer, createBulk } from '../../sandbox/stripe/bulk.ts'
import { prepare } from '../../src/ingest/fetch.ts'
import { streamNamed } from '../../src/ingest/run.ts'
import { transactions_max } from '../../src/ingest/writer.ts'
import type { Payload } from '../../src/partners/rule.ts'
import { stripe } from '../../src/partners/stripe/index.ts'
import { createInstitution } from '../../src/store/api_key.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import type { Incoming } from '../../src/store/decide.ts'
import { createLedgerAccount } from '../../src/store/ledger_account.ts'
import { migrate } from '../../src/store/migrate.ts'
import { save } from '../../src/store/save.ts'
import { seconds } from '../figures.ts'
import { answerAs } from '../side.ts'

const page_size = 500
/** Payloads normalised before whoever waits gets a turn: a page of the partner's. */
const turn_size = 100
const customers = streamNamed(stripe, 'customers')

let url = ''
let db: Database
let ledgerAccountId = ''
let payloads: Payload[] = []
let copied: Buffer[] = []

answerAs({
  async open(given: { url: string; count: number }) {
    url = given.url
    db = await openDatabase({ url })
    await migrate(db)
    const now_ms = Date.now()
    const institutionId = await createInstitution(db, { name: 'Bench', now_ms })
    const wanted = { institutionId, mode: 'test', name: 'Bench', country: 'SE', now_ms } as const
    const account = await createLedgerAccount(db, { ...wanted, institutionAccountId: null })
    ledgerAccountId = (JSON.parse(account) as { id: string }).id
    const bulk = createBulk(1, { count: given.count, start: 1_600_000_000 })
    payloads = Array.from({ length: given.count }, (_, i) => JSON.parse(bulkCustomer(bulk, i)))
  },
  save: () => seconds(() => saveAll(payloads)),
  copy: () => seconds(() => copyIn(copied)),
  /** Reads the saved rows out in the form in which they are copied in. */
  async export() {
    copied = await copyOut()
    return copied.reduce((bytes, chunk) => bytes + chunk.length, 0)
  },
  async clear() {
    await db.script('truncate customer, change, history')
    await db.script('checkpoint')
  },
  async count() {
    const [row] = await db.query(
      'select count(*) as n, (select count(*) from change) as changes from customer',
    )
    return row
  },
})

/**
 * As the ingest writer: two transactions at most, of which one waits for the lock of the other,
 * and the next page is normalised while Postgres writes.
 */
async function saveAll(all: readonly Payload[]) {
  const saving: Promise<unknown>[] = []
  for (let i = 0; i < all.length; i += page_size) {
    const records = await normalised(all.slice(i, i + page_size))
    if (saving.length >= transactions_max) await saving.shift()
    saving.push(save(db, { ledgerAccountId, records, now_ms: Date.now() }))
  }
  await Promise.all(saving)
}

async function normalised(page: readonly Payload[]): Promise<Incoming[]> {
  const context = {
    ledgerAccountId,
    partnerSource: 'stripe',
    partnerAccountId: 'acct_bench',
    partnerAccountConnectionId: 'pac_bench',
  }
  const records: Incoming[] = []
  for (let i = 0; i < page.length; i += turn_size) {
    const turn = page.slice(i, i + turn_size)
    records.push(...prepare(customers, turn, { context, stamp: Date.now() }).records)
    await breathe()
  }
  return records
}

async function withClient(work: (client: pg.Client) => Promise<void>) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

const chunk_bytes = 64 * 1024

async function copyOut(): Promise<Buffer[]> {
  const parts: Buffer[] = []
  const kept = new Writable({
    write(chunk: Buffer, _, done) {
      parts.push(chunk)
      done()
    },
  })
  await withClient((client) => pipeline(client.query(copyTo('copy customer to stdout')), kept))
  const whole = Buffer.concat(parts)
  const count = Math.ceil(whole.length / chunk_bytes)
  return Array.from({ length: count }, (_, i) =>
    whole.subarray(i * chunk_bytes, (i + 1) * chunk_bytes),
  )
}

function copyIn(chunks: readonly Buffer[]): Promise<void> {
  return withClient((client) =>
    pipeline(Readable.from(chunks), client.query(copyFrom('copy customer from stdin'))),
  )
}
