import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Sandbox, type SandboxOptions, startSandbox } from '../sandbox/server.ts'
import { BadCredential } from '../src/connect/connect.ts'
import { tombstone } from '../src/ingest/tombstone.ts'
import { customer } from '../src/model/customer.ts'
import { recordId } from '../src/model/object.ts'
import type { Database, Executor } from '../src/store/database.ts'
import { list } from '../src/store/list.ts'
import { save } from '../src/store/save.ts'
import { type Business, connected } from './business.ts'
import { testDatabase } from './database.ts'
import { storedRecords } from './oracle.ts'

const day_ms = 86_400_000
const started: Sandbox[] = []
let db: Database

beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())
afterEach(async () => {
  for (const sandbox of started.splice(0)) await sandbox.stop()
})

async function sandboxOf(options: SandboxOptions) {
  const sandbox = await startSandbox({ buyers: 40, ...options })
  started.push(sandbox)
  return sandbox
}

/** Syncs until nothing failed, and says what the oracle finds. */
async function afterSync(business: Business) {
  expect(await business.sync()).toEqual({ failed: [] })
  return business.oracle.differences(db)
}

describe('records equal the partner’s', () => {
  it.each([1, 2])('after a backfill and as time goes by, seed %i', async (seed) => {
    const sandbox = await sandboxOf({ seed })
    const business = await connected(db, sandbox)
    expect(await afterSync(business)).toEqual([])
    for (const days of [0.1, 1, 6, 21, 40, 3]) {
      sandbox.advance(days * day_ms)
      expect([days, ...(await afterSync(business))]).toEqual([days])
    }
  })

  it('when nothing happened, with no change and hardly a request', async () => {
    const sandbox = await sandboxOf({ seed: 3 })
    const business = await connected(db, sandbox)
    await business.sync()
    const head = await headOf(business)
    sandbox.clearRequests()
    expect(await afterSync(business)).toEqual([])
    expect(await headOf(business)).toBe(head)
    expect(sandbox.requests().length).toBeLessThan(12)
  })

  it('after changes made by hand', async () => {
    const sandbox = await sandboxOf({ seed: 4 })
    const business = await connected(db, sandbox)
    const seller = sellerOf(sandbox)
    await afterSync(business)
    for (const change of [seller.customers, seller.instruments, seller.money, seller.catalogue]) {
      await change()
      sandbox.advance(60_000)
      expect([change.name, ...(await afterSync(business))]).toEqual([change.name])
    }
    // Refunds fail, disputes are closed, subscriptions end and invoices are voided meanwhile.
    sandbox.advance(45 * day_ms)
    expect(await afterSync(business)).toEqual([])
  })

  it('when a run dies while it begins anew after a long silence', async () => {
    const sandbox = await sandboxOf({ seed: 10 })
    const business = await connected(db, sandbox)
    await business.sync()
    sandbox.advance(35 * day_ms)
    const dying = business.sync({ db: dyingAt(/update stream set watermark_ms = \$4, horizon/, 3) })
    await expect(dying).rejects.toThrow('killed')
    expect(await afterSync(business)).toEqual([])
  })

  it('when a record comes back that was taken for deleted', async () => {
    const sandbox = await sandboxOf({ seed: 5 })
    const business = await connected(db, sandbox)
    const { id } = await post(sandbox, 'customers', { name: 'Ada', email: 'ada@example.org' })
    await afterSync(business)
    await saveTombstone(business, String(id))
    const found = await business.oracle.differences(db)
    expect(found.join('\n')).toContain(`different: customer ${id} recordState`)
    await post(sandbox, `customers/${id}`, { name: 'Ada Lovelace' })
    expect(await afterSync(business)).toEqual([])
  })
})

describe('the oracle', () => {
  it('sees a lost, a changed and a doubled record', async () => {
    const sandbox = await sandboxOf({ seed: 6 })
    const business = await connected(db, sandbox)
    await afterSync(business)
    const of = [business.ledgerAccountId]
    const rows = (
      await list(db, { type: customer, scope: of, where: [], sort: 'created_date', limit: 3 })
    ).records.map((text) => JSON.parse(text))
    const text = (at: number, change: object) => JSON.stringify({ ...rows[at], ...change })
    const set = 'update customer set record = $2 where id = $1'
    await db.query('delete from customer where id = $1', [rows[0].id])
    await db.query(set, [rows[1].id, text(1, { email: 'other@example.org' })])
    await db.query(set, [rows[2].id, text(2, { partnerRecordId: rows[1].partnerRecordId })])
    const found = (await business.oracle.differences(db)).join('\n')
    expect(found).toContain(`missing: customer ${rows[0].partnerRecordId}`)
    expect(found).toContain(`different: customer ${rows[1].partnerRecordId} email`)
    expect(found).toContain(`doubled: customer stripe`)
    expect(found).toContain('column email of customer')
    expect(found).toContain('which is no record')
  })
})

describe('connections', () => {
  it('keep a test and a live account apart', async () => {
    const sandbox = await sandboxOf({ seed: 7 })
    const test = await connected(db, sandbox)
    const live = await connected(db, sandbox, { mode: 'live', key: sandbox.stripe.liveKey })
    expect(await afterSync(test)).toEqual([])
    expect(await afterSync(live)).toEqual([])
    const [ofTest, ofLive] = await Promise.all(
      [test, live].map(async (one) => storedRecords(db, await one.connection())),
    )
    expect([...ofTest!.keys()].filter((id) => ofLive!.has(id))).toEqual([])
    expect(ofLive!.size).toBeGreaterThan(0)
  })

  it('refuse a key of the other mode', async () => {
    const sandbox = await sandboxOf({ seed: 7 })
    const wrong = connected(db, sandbox, { mode: 'live', key: sandbox.stripe.key })
    await expect(wrong).rejects.toThrow(BadCredential)
  })

  it('are lost with the reason when the key is revoked, and heal with the same ids', async () => {
    const sandbox = await sandboxOf({ seed: 8 })
    const business = await connected(db, sandbox)
    const { failed } = await business.sync({ at: revokingAfter(sandbox, 20) })
    expect(failed).toHaveLength(1)
    expect((await business.connection()).status).toBe('Lost Connection')
    const [row] = await db.query<{ record: string }>(
      'select record from partner_account_connection where id = $1',
      [business.connectionId],
    )
    expect(JSON.parse(row!.record).status_reason).toMatch(/401.*(expired|revoked|Invalid)/i)
    const before = await storedRecords(db, await business.connection())
    // Another key of the same account.
    expect(await business.reconnect(sandbox.stripe.oracleKey)).toBe(business.connectionId)
    expect(await afterSync(business)).toEqual([])
    const after = await storedRecords(db, await business.connection())
    expect([...before.keys()].filter((id) => !after.has(id))).toEqual([])
  })

  it('with a restricted key read what they may, and say of the rest why not', async () => {
    const sandbox = await sandboxOf({ seed: 9 })
    const business = await connected(db, sandbox, { key: sandbox.stripe.restrictedKey })
    const { failed } = await business.sync()
    const refused = failed.map(({ stream }) => stream).sort()
    const forbidden = ['disputes', 'events', 'invoices', 'settlements', 'subscriptions']
    expect(refused).toEqual([...forbidden, 'settlement_transactions'].sort())
    const streams = await business.streams()
    expect(streams.get('settlement_transactions')).toMatchObject({
      state: 'queued',
      reason: 'waits for settlements, under which they are listed',
    })
    for (const name of forbidden) {
      expect(streams.get(name)).toMatchObject({ state: 'failed' })
      expect(streams.get(name)?.reason).toMatch(/403.*permission/i)
    }
    for (const [name, { state }] of streams) {
      if (!refused.includes(name)) expect([name, state]).toEqual([name, 'complete'])
    }
    expect((await business.connection()).status).toBe('Active')
    const stored = await storedRecords(db, await business.connection())
    const expected = [...(await business.oracle.expected()).values()]
    const readable = expected.filter(({ type }) => ['customer', 'product'].includes(type.name))
    expect(readable.filter(({ values }) => !stored.has(String(values.id)))).toEqual([])
  })
})

/** The database of a process that dies at the nth statement of a kind. */
function dyingAt(statement: RegExp, nth: number): Database {
  let left = nth
  const counting = (inner: Executor): Executor => ({
    query: (sql, parameters, options) => {
      if (statement.test(sql) && --left <= 0) throw new Error('killed')
      return inner.query(sql, parameters, options)
    },
  })
  const transaction: Database['transaction'] = (work) => db.transaction((tx) => work(counting(tx)))
  return { ...db, ...counting(db), transaction }
}

async function headOf({ ledgerAccountId }: Business) {
  const [feed] = await db.query<{ seq: number }>(
    'select seq from feed where ledger_account_id = $1',
    [ledgerAccountId],
  )
  return feed?.seq
}

function revokingAfter(sandbox: Sandbox, fetches: number) {
  let left = fetches
  return (moment: string) => {
    if (moment === 'after fetch' && --left === 0) sandbox.stripe.revokeKey(sandbox.stripe.key)
  }
}

async function saveTombstone(business: Business, partnerRecordId: string) {
  const { id, ...origin } = await business.connection()
  const context = { ...origin, partnerAccountConnectionId: id }
  const deletion = { partnerRecordId, evidence: 'refetch', stamp: Date.now() } as const
  const records = [tombstone(customer, context, deletion)]
  await save(db, { ledgerAccountId: origin.ledgerAccountId, records, now_ms: Date.now() })
  expect(recordId(customer, origin, partnerRecordId)).toBe(records[0]!.id)
}

type Answered = { readonly [key: string]: unknown; readonly id?: string }

async function post(sandbox: Sandbox, path: string, body: object): Promise<Answered> {
  return sent(`${sandbox.url}/_sandbox/stripe/${path}`, 'POST', JSON.stringify(body))
}

async function sent(url: string, method: string, body: string | null): Promise<Answered> {
  const headers = body === null ? {} : { 'content-type': 'application/json' }
  const answer = await fetch(url, { method, headers, body })
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as Answered // the control surface answers with objects
}

/** A seller who changes things by hand; the ids come from the lists, newest first. */
function sellerOf(sandbox: Sandbox) {
  const listed = async (path: string) => {
    const headers = { authorization: `Bearer ${sandbox.stripe.oracleKey}` }
    const answer = await fetch(`${sandbox.stripe.baseUrl}/v1/${path}`, { headers })
    return ((await answer.json()) as { data: Answered[] }).data
  }
  const remove = async (path: string) => {
    sandbox.inject({ name: 'object_deleted', path: `/v1/${path}` })
    const headers = { authorization: `Bearer ${sandbox.stripe.key}` }
    await fetch(`${sandbox.stripe.baseUrl}/v1/${path}`, { headers })
  }
  return {
    async customers() {
      const [edited, deleted, again] = await listed('customers?limit=3')
      await post(sandbox, `customers/${edited!.id}`, { name: 'Zoë 王', phone: null, address: null })
      await sent(`${sandbox.url}/_sandbox/stripe/customers/${deleted!.id}`, 'DELETE', null)
      // The same person comes again, and gets another id.
      await sent(`${sandbox.url}/_sandbox/stripe/customers/${again!.id}`, 'DELETE', null)
      await post(sandbox, 'customers', {
        name: 'Again',
        email: 'again@example.org',
        with_card: true,
      })
    },
    async instruments() {
      const all = await listed('customers?limit=100')
      const owners = all.map(({ id }) => id)
      let removed = 0
      for (const owner of owners) {
        const methods = await listed(`customers/${owner}/payment_methods`)
        if (methods.length < 2) continue
        // One that is the default, and then the last one.
        for (const { id } of methods) await remove(`payment_methods/${id}`)
        if (++removed === 3) return
      }
    },
    async money() {
      const kept = { currency: 'usd', way: 'succeeds' }
      const [buyer] = await listed('customers?limit=1')
      const customerId = String(buyer!.id)
      const charge = await post(sandbox, 'charges', { ...kept, amount: 5000, customer: customerId })
      await post(sandbox, `charges/${charge.id}/refund`, { amount: 1200 })
      await post(sandbox, `charges/${charge.id}/refund`, {})
      await post(sandbox, 'charges', { ...kept, amount: 700, currency: 'jpy', fate: 'disputeLost' })
      const guest = {
        billing_details: { name: 'Guest', email: 'Guest@example.org', phone: '+4670' },
      }
      await post(sandbox, 'charges', { ...kept, amount: 900, ...guest, bare: true })
      sandbox.advance(1000)
      const later = { billing_details: { name: 'Guest B', email: 'guest@example.org' } }
      await post(sandbox, 'charges', { ...kept, amount: 1910, currency: 'kwd', ...later })
    },
    async catalogue() {
      const [product] = await listed('products?limit=1')
      await remove(`products/${product!.id}`)
    },
  }
}
