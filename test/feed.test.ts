import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { random } from '../sandbox/world/random.ts'
import { customer } from '../src/model/customer.ts'
import { type Database, openDatabase } from '../src/store/database.ts'
import type { Incoming } from '../src/store/decide.ts'
import { migrate } from '../src/store/migrate.ts'
import { save } from '../src/store/save.ts'
import { newLedgerAccount } from './business.ts'
import { type PostgresServer, startPostgres } from './postgres.ts'
import { incomingOf } from './records.ts'

const writers = 16
const transactions = 2400
const accounts_count = 4
const aborted_share = 0.1
const delay_ms_max = 3

let db: Database
let server: PostgresServer | null = null
const draw = random('feed', 1)

// Many writers at once need a real Postgres; without one the embedded database takes turns.
beforeAll(async () => {
  if (!process.env.DATABASE_URL) server = await startPostgres().catch(() => null)
  const url = process.env.DATABASE_URL ?? server?.url
  const schema = `feed_${Date.now()}`
  db = await openDatabase({ url, schema, connections_max: writers + accounts_count })
  await migrate(db)
})
afterAll(async () => {
  await db.close()
  await server?.stop()
})

/** One writer's transaction on a ledger account; throws where it is to be undone. */
type Write = (account: string, undone: boolean) => Promise<void>

interface Reading {
  readonly seen: number[]
  readonly stop: () => Promise<void>
}

/** Follows a feed as a client does: asks for what is after the last number it has. */
function tail(newest: (after: number) => Promise<number[]>): Reading {
  const seen: number[] = []
  let going = true
  const reading = (async () => {
    for (;;) {
      const last = going
      const page = await newest(seen.at(-1) ?? 0)
      seen.push(...page)
      if (!last && page.length === 0) return
      await sleep(draw.between(0, 4))
    }
  })()
  return {
    seen,
    async stop() {
      going = false
      await reading
    },
  }
}

async function writeAll(write: Write, accounts: readonly string[]) {
  let left = transactions
  const counts = { written: 0, undone: 0 }
  const writer = async () => {
    while (left-- > 0) {
      const undone = draw.chance(aborted_share)
      const account = draw.pick(accounts)
      await write(account, undone).then(
        () => counts.written++,
        (error: unknown) => {
          if (!(error instanceof Undone)) throw error
          counts.undone++
        },
      )
    }
  }
  await Promise.all(Array.from({ length: writers }, writer))
  return counts
}

class Undone extends Error {}

describe('the change feed', () => {
  it('loses nothing and keeps the order, whoever writes and reads', async () => {
    const accounts = await Promise.all(
      Array.from({ length: accounts_count }, () => newLedgerAccount(db)),
    )
    const since = await Promise.all(accounts.map(headOf))
    let made = 0
    const write: Write = async (ledgerAccountId, undone) => {
      // Some write the same few buyers again, so that updates come among the new ones.
      const numbers = [made++, draw.between(0, 9)]
      const records = numbers.map((n) => buyer(ledgerAccountId, n, `${made}`))
      const wait_ms = draw.between(0, delay_ms_max)
      await save(db, {
        ledgerAccountId,
        records,
        now_ms: Date.now(),
        async also() {
          if (wait_ms > 0) await sleep(wait_ms)
          if (undone) throw new Undone()
        },
      })
    }
    // Two readers a feed; the second dies now and then and goes on where it was.
    const readers = accounts.flatMap((account) => [
      tail((after) => changesAfter(account, after)),
      tail(restarting((after) => changesAfter(account, after))),
    ])
    const counts = await writeAll(write, accounts)
    await Promise.all(readers.map((reader) => reader.stop()))
    expect(counts.written + counts.undone).toBe(transactions)
    expect(counts.undone).toBeGreaterThan(0)
    for (const [i, account] of accounts.entries()) {
      const head = await headOf(account)
      expect(head).toBeGreaterThan((since[i] ?? 0) + transactions / accounts_count / 2)
      const dense = Array.from({ length: head }, (_, n) => n + 1)
      expect(readers[i * 2]?.seen).toEqual(dense)
      expect(readers[i * 2 + 1]?.seen).toEqual(dense)
    }
  }, 120_000)

  it('would lose changes if numbers were given out without the lock', async ({ skip }) => {
    if (db.engine === 'pglite') skip('the embedded database lets one writer in at a time')
    await db.script('create table naive (seq bigserial primary key, account text not null)')
    const write: Write = (account, undone) =>
      db.transaction(async (tx) => {
        await tx.query('insert into naive (account) values ($1)', [account])
        await sleep(draw.between(0, delay_ms_max))
        if (undone) throw new Undone()
      })
    const reader = tail(async (after) => {
      const rows = await db.query<{ seq: number }>(
        'select seq from naive where seq > $1 order by seq',
        [after],
      )
      return rows.map(({ seq }) => seq)
    })
    const { written } = await writeAll(write, ['one'])
    await reader.stop()
    const [stored] = await db.query<{ n: number }>('select count(*) as n from naive')
    expect(stored?.n).toBe(written)
    expect(reader.seen.length).toBeLessThan(written)
  }, 120_000)
})

function restarting(ask: (after: number) => Promise<number[]>) {
  return async (after: number) => {
    const page = await ask(after)
    // Dies with a part of the page in its hands. Never with none: that would read as the end.
    const dies = page.length > 1 && draw.chance(0.2)
    return dies ? page.slice(0, draw.between(1, page.length)) : page
  }
}

async function changesAfter(account: string, after: number): Promise<number[]> {
  const rows = await db.query<{ seq: number }>(
    'select seq from change where ledger_account_id = $1 and seq > $2 order by seq limit 100',
    [account, after],
  )
  return rows.map(({ seq }) => seq)
}

async function headOf(account: string): Promise<number> {
  const [feed] = await db.query<{ seq: number }>(
    'select seq from feed where ledger_account_id = $1',
    [account],
  )
  return feed?.seq ?? 0
}

function buyer(ledgerAccountId: string, number: number, name: string): Incoming {
  const partnerRecordId = `cus_${number}`
  const stamp = Math.floor(performance.now())
  return incomingOf({ type: customer, ledgerAccountId, partnerRecordId, values: { name }, stamp })
}
