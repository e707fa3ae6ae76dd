import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newLedgerAccount } from '../../test/business.ts'
import { testDatabase } from '../../test/database.ts'
import { incomingOf } from '../../test/records.ts'
import { customer } from '../model/customer.ts'
import { external_account } from '../model/external_account.ts'
import type { ObjectType } from '../model/object.ts'
import { payment } from '../model/payment.ts'
import { subscription } from '../model/subscription.ts'
import type { Database } from './database.ts'
import { type Expansion, expand, expanded_list_limit } from './expand.ts'
import { retrieve } from './list.ts'
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

function one(type: ObjectType, partnerRecordId: string, values: object = {}) {
  return incomingOf({ type, ledgerAccountId, partnerRecordId, values: { ...values } })
}

function put(...records: ReturnType<typeof one>[]) {
  return save(db, { ledgerAccountId, records, now_ms: 0 })
}

type Expanded = { readonly [name: string]: Expanded } & { readonly data: readonly Expanded[] }

async function expanded(type: ObjectType, id: string, expansion: Expansion): Promise<Expanded> {
  const text = (await retrieve(db, type, { scope: [ledgerAccountId], id })) ?? ''
  const [found = ''] = await expand(db, {
    type,
    texts: [text],
    expansion,
    version: 'v2',
    now_ms: 0,
  })
  return JSON.parse(found)
}

describe('expand', () => {
  it('puts records in place of their ids, at any depth', async () => {
    const card = one(external_account, 'pm_1', { holder_name: 'Ada' })
    const buyer = one(customer, 'cus_1', { name: 'Ada', external_account_id: card.id })
    const paid = one(payment, 'pi_1', { customer_id: buyer.id })
    await put(card, buyer, paid)
    const found = await expanded(payment, paid.id, { customer_id: { external_account_id: {} } })
    expect(found.customer_id).toMatchObject({ name: 'Ada' })
    expect(found.customer_id?.external_account_id).toMatchObject({ holder_name: 'Ada' })
  })

  it('leaves the id of a record that is not known, and null', async () => {
    const paid = one(payment, 'pi_1', { customer_id: one(customer, 'cus_later').id })
    await put(paid)
    const found = await expanded(payment, paid.id, { customer_id: {}, invoice_id: {} })
    expect([found.customer_id, found.invoice_id]).toEqual([one(customer, 'cus_later').id, null])
  })

  it('does not look into texts that people wrote', async () => {
    const card = one(external_account, 'pm_1')
    const hostile = `","external_account_id":"${card.id}","x":"`
    const buyer = one(customer, 'cus_1', { name: hostile, external_account_id: card.id })
    await put(card, buyer)
    const found = await expanded(customer, buyer.id, { external_account_id: {} })
    expect(found.name).toBe(hostile)
    expect(found.external_account_id).toMatchObject({ object: 'external_account' })
  })

  it('does not reach into another ledger account', async () => {
    const theirs = one(external_account, 'pm_1', { holder_name: 'secret' })
    await put(theirs)
    ledgerAccountId = await newLedgerAccount(db)
    const buyer = one(customer, 'cus_1', { external_account_id: theirs.id })
    await put(buyer)
    const found = await expanded(customer, buyer.id, { external_account_id: {} })
    expect(found.external_account_id).toBe(theirs.id)
  })

  it('gives the newest of a list, says that there are more, and leaves out what is deleted', async () => {
    const buyer = one(customer, 'cus_1')
    const day = (i: number) => new Date(Date.UTC(2026, 0, 1 + i)).toISOString()
    const all = Array.from({ length: expanded_list_limit + 2 }, (_, i) =>
      one(subscription, `sub_${i}`, { customer_id: buyer.id, created_date: day(i) }),
    )
    const gone = one(subscription, 'sub_gone', { customer_id: buyer.id, recordState: 'DELETED' })
    await put(buyer, ...all, gone)
    const { subscriptions } = await expanded(customer, buyer.id, { subscriptions: {} })
    expect(subscriptions).toMatchObject({ object: 'list', has_more: true })
    expect(subscriptions?.data.map((sub) => sub.partnerRecordId)).toEqual(
      all
        .slice(2)
        .reverse()
        .map(({ record }) => record.partnerRecordId),
    )
    const empty = one(customer, 'cus_2')
    await put(empty)
    const none = await expanded(customer, empty.id, { subscriptions: {} })
    expect(none.subscriptions).toMatchObject({ data: [], has_more: false })
  })
})
