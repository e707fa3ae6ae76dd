import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../test/database.ts'
import { newShop, type Shop } from '../../test/world.ts'
import { external_account } from '../model/external_account.ts'
import type { ObjectType } from '../model/object.ts'
import { payment } from '../model/payment.ts'
import { createInstitution } from '../store/api_key.ts'
import type { Database } from '../store/database.ts'
import type { Incoming } from '../store/decide.ts'
import { retrieve } from '../store/list.ts'
import { filledBefore, fillThrough, type Through } from './through.ts'

const throughs: readonly Through[] = [
  {
    type: payment,
    attribute: 'customer_id',
    links: ['external_account_id', 'refunded_payment_id'],
  },
]
let db: Database
let shop: Shop

beforeAll(async () => {
  db = await testDatabase()
  shop = await newShop(db, {
    institutionId: await createInstitution(db, { name: 'Bank', now_ms: 1 }),
  })
})
afterAll(() => db.close())

/** Puts records in by a writer that fills, as a page of a stream does. */
async function arrive(type: ObjectType, partnerRecordId: string, parts: Record<string, unknown>) {
  const at = { scope: [shop.ledgerAccountId], id: shop.idOf(type, partnerRecordId) }
  const superseded = await retrieve(db, type, at)
  const [id = ''] = await shop.put(type, [{ partnerRecordId, ...parts }])
  const text = (await retrieve(db, type, { scope: [shop.ledgerAccountId], id })) ?? '{}'
  const record = JSON.parse(text) as Incoming['record']
  const incoming = { type, id, record, payload: null, mappingVersion: 1, stamp: 1000 }
  const decision = { kind: 'created', write: true, incoming, record, superseded } as never
  const outcome = { seq: 0, changes: [decision], seen: [decision], counts: {} as never }
  const { ledgerAccountId } = shop
  await db.transaction((tx) =>
    fillThrough(tx, { ledgerAccountId, outcome, throughs, now_ms: Date.now() }),
  )
  return id
}

async function buyerOf(id: string): Promise<unknown> {
  const text = await retrieve(db, payment, { scope: [shop.ledgerAccountId], id })
  return JSON.parse(text ?? '{}').customer_id
}

describe('a record that names its buyer only through another one', () => {
  test('gets it from what is there already', async () => {
    const mandate = await arrive(external_account, 'm1', { customer_id: 'cus_a' })
    const paid = await arrive(payment, 'p1', { customer_id: null, external_account_id: mandate })
    expect(await buyerOf(paid)).toBe('cus_a')
  })

  test('gets it when the other one arrives later, and passes it on', async () => {
    const mandate = shop.idOf(external_account, 'm2')
    const paid = await arrive(payment, 'p2', { customer_id: null, external_account_id: mandate })
    const refund = await arrive(payment, 'r2', { customer_id: null, refunded_payment_id: paid })
    expect([await buyerOf(paid), await buyerOf(refund)]).toEqual([null, null])
    await arrive(external_account, 'm2', { customer_id: 'cus_b' })
    expect([await buyerOf(paid), await buyerOf(refund)]).toEqual(['cus_b', 'cus_b'])
  })

  test('is saved with it at once where the other one is there already', async () => {
    const mandate = await arrive(external_account, 'm4', { customer_id: 'cus_d' })
    const coming = (named: string, customer_id: string | undefined): Incoming => {
      const record = { customer_id, external_account_id: named, refunded_payment_id: null }
      return { type: payment, id: 'p', record, payload: null, mappingVersion: 1, stamp: 1 }
    }
    const { ledgerAccountId } = shop
    const page = [
      coming(mandate, undefined),
      coming('ext_none', undefined),
      coming(mandate, 'cus_told'),
    ]
    const filled = await filledBefore(db, { ledgerAccountId, throughs }, page)
    expect(filled.map(({ record }) => record.customer_id)).toEqual(['cus_d', undefined, 'cus_told'])
    expect(filled[0]?.ready?.text).toContain('"customer_id":"cus_d"')
  })

  test('follows when the other one is somebody else’s from now on, or nobody’s', async () => {
    const own = { customer_id: null, external_account_id: null }
    const paid = await arrive(payment, 'p4', { ...own, customer_id: 'cus_c' })
    const refund = await arrive(payment, 'r4', { ...own, refunded_payment_id: paid })
    const later = await arrive(payment, 'r5', { ...own, refunded_payment_id: refund })
    await arrive(payment, 'p4', { ...own, customer_id: 'cus_guest' })
    expect([await buyerOf(refund), await buyerOf(later)]).toEqual(['cus_guest', 'cus_guest'])
    await arrive(payment, 'p4', own)
    expect([await buyerOf(refund), await buyerOf(later)]).toEqual([null, null])
  })

  test('keeps what an earlier link tells when the one behind a later link changes', async () => {
    const mandate = await arrive(external_account, 'm5', { customer_id: 'cus_d' })
    const paid = await arrive(payment, 'p5', { customer_id: 'cus_e', external_account_id: null })
    const links = { external_account_id: mandate, refunded_payment_id: paid }
    const refund = await arrive(payment, 'r6', { customer_id: null, ...links })
    await arrive(payment, 'p5', { customer_id: 'cus_f', external_account_id: null })
    expect(await buyerOf(refund)).toBe('cus_d')
  })

  test('stays without where nobody tells', async () => {
    const paid = await arrive(payment, 'p3', { customer_id: null, external_account_id: 'ext_none' })
    expect(await buyerOf(paid)).toBeNull()
  })
})
