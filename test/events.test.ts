// What changes is told to endpoints: of the types they ask for, and signed.
import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { customer } from '../src/model/customer.ts'
import { payment } from '../src/model/payment.ts'
import { createInstitution } from '../src/store/api_key.ts'
import { setStatus } from '../src/store/connection.ts'
import { useStage } from './event_stage.ts'
import { type Json, newShop } from './world.ts'

const stage = useStage()

describe('an endpoint', () => {
  it('is told of what happens after it was made, of the types it asks for', async () => {
    await stage.put('before')
    await stage.newEndpoint({ types: ['customer.created', 'payment.*'] })
    await stage.put('a')
    await stage.put('a', { name: 'Other' })
    await stage.shop.put(payment, [{ partnerRecordId: 'p' }])
    await stage.deliveries.settle()
    expect(stage.types().sort()).toEqual(['customer.created', 'payment.created'])
  })

  it('is told everything from the beginning where it asks for that', async () => {
    await stage.put('before')
    await stage.newEndpoint({ from: 0 })
    await stage.deliveries.settle()
    const told = ['authorisation.enabled', 'customer.created', 'ledger_account.created']
    expect(stage.types()).toEqual(expect.arrayContaining(told))
    expect(Math.min(...stage.seqs())).toBe(1)
  })

  it('hears of a ledger account that is made later, from its beginning', async () => {
    await stage.newEndpoint({ types: ['customer.*', 'ledger_account.*'] })
    stage.shop = await newShop(stage.db, { institutionId: stage.shop.institutionId })
    await stage.put('first')
    await stage.deliveries.settle()
    expect(new Set(stage.types())).toContain('ledger_account.created')
    expect(new Set(stage.types())).toContain('customer.created')
  })

  it('of one ledger account hears of no other', async () => {
    await stage.newEndpoint({ ledgerAccountIds: [stage.shop.ledgerAccountId] })
    const other = await newShop(stage.db, { institutionId: stage.shop.institutionId })
    await other.put(customer, [{ partnerRecordId: 'x' }])
    await stage.put('a')
    await stage.deliveries.settle()
    expect(stage.types()).toEqual(['customer.created'])
  })

  it('of test data hears nothing live, and nothing of another institution', async () => {
    await stage.newEndpoint()
    const live = await newShop(stage.db, { institutionId: stage.shop.institutionId, mode: 'live' })
    await live.put(customer, [{ partnerRecordId: 'x' }])
    const institutionId = await createInstitution(stage.db, { name: 'Rival', now_ms: 0 })
    await (await newShop(stage.db, { institutionId })).put(customer, [{ partnerRecordId: 'x' }])
    await stage.deliveries.settle()
    expect(stage.types()).toEqual([])
  })

  it('is told only ids and names, or the record as it is now', async () => {
    await stage.newEndpoint({ payload: 'thin', types: ['customer.created'] })
    await stage.newEndpoint({ payload: 'full', types: ['customer.updated'] })
    await stage.put('a')
    await stage.put('a', { name: 'Grace' })
    await stage.deliveries.settle()
    const events = stage.receiver.received.map(({ event }) => event)
    const [created, updated] = ['customer.created', 'customer.updated'].map((type) =>
      events.find((event) => event.type === type),
    )
    expect(created?.data).toEqual({
      ledgerAccountId: stage.shop.ledgerAccountId,
      seq: expect.any(Number),
      object: 'customer',
      id: stage.shop.idOf(customer, 'a'),
      changed: [],
    })
    expect(updated?.data).toMatchObject({ changed: ['name'], record: { name: 'Grace' } })
    expect(updated).toMatchObject({ object: 'event', mode: 'test' })
  })

  it('made through v1 is told in the names of v1', async () => {
    const body = { url: stage.receiver.url, types: ['customer.*'], payload: 'full' }
    expect((await stage.client.send('POST', '/v1/event_endpoints', body)).status).toBe(201)
    await stage.put('a')
    await stage.deliveries.settle()
    const data = stage.receiver.received[0]?.event.data as unknown as Json
    expect(data).toMatchObject({ ledger_id: stage.shop.ledgerAccountId })
    expect(data.record).toMatchObject({
      ledger_id: stage.shop.ledgerAccountId,
      partner_source: 'stripe',
    })
  })

  it('is told what becomes of a connection under names of its own', async () => {
    await stage.newEndpoint({ types: ['authorisation.*', 'connection.*'] })
    const of = {
      ledgerAccountId: stage.shop.ledgerAccountId,
      id: stage.shop.connectionId,
      now_ms: stage.clock_ms,
    }
    await setStatus(stage.db, { ...of, status: 'Lost Connection', reason: 'expired' })
    await setStatus(stage.db, { ...of, status: 'Lost Connection', reason: 'expired again' })
    await setStatus(stage.db, { ...of, status: 'Active', reason: null })
    await setStatus(stage.db, { ...of, status: 'Revoked', reason: 'by the institution' })
    await stage.deliveries.settle()
    const wanted = ['connection.lost', 'authorisation.enabled', 'authorisation.revoked']
    expect(stage.types()).toEqual(wanted)
  })
})

describe('a signature', () => {
  it('is verified by the public library, and by nothing else', async () => {
    stage.clock_ms = Date.now()
    const { secret } = await stage.newEndpoint()
    await stage.put('a')
    await stage.deliveries.settle()
    const [got] = stage.receiver.received
    if (!got) throw new Error('nothing was received')
    expect(new Webhook(String(secret)).verify(got.text, got.headers)).toEqual(got.event)
    expect(got.headers['webhook-id']).toBe(got.event.id)
    const changed = got.text.replace('customer', 'costumer')
    expect(() => new Webhook(String(secret)).verify(changed, got.headers)).toThrow()
  })

  it('is made with both secrets while one takes over from the other', async () => {
    stage.clock_ms = Date.now()
    const { id, secret: first } = await stage.newEndpoint({ types: ['customer.*'] })
    const path = `/v2/event_endpoints/${id}/rotate_secret`
    const { json } = await stage.client.send('POST', path, { overlap_seconds: 60 })
    await stage.put('a')
    await stage.deliveries.settle()
    const verifies = (secret: unknown, n: number) => {
      const got = stage.receiver.received[n]
      if (!got) throw new Error('nothing was received')
      try {
        new Webhook(String(secret)).verify(got.text, got.headers)
        return true
      } catch {
        return false
      }
    }
    expect([verifies(first, 0), verifies(json.secret, 0)]).toEqual([true, true])
    stage.clock_ms += 61_000
    await stage.put('b')
    await stage.deliveries.settle()
    expect([verifies(first, 1), verifies(json.secret, 1)]).toEqual([false, true])
  })
})
