// What was delivered can be looked up, and told again.
import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { customer } from '../src/model/customer.ts'
import { useStage } from './event_stage.ts'
import { answering } from './receiver.ts'

const stage = useStage()

describe('a replay', () => {
  it('of one delivery sends it again with the same id', async () => {
    await stage.newEndpoint({ types: ['customer.*'] })
    await stage.put('a')
    await stage.deliveries.settle()
    const [logged] = (await stage.client.get('/v2/event_deliveries')).data
    const reply = await stage.client.send('POST', `/v2/event_deliveries/${logged?.id}/replay`)
    expect([reply.status, reply.json.state]).toEqual([202, 'pending'])
    await stage.deliveries.settle()
    expect(stage.receiver.received.map(({ id }) => id)).toEqual([
      logged?.event_id,
      logged?.event_id,
    ])
    const { json } = await stage.client.get(`/v2/event_deliveries/${logged?.id}`)
    expect(json).toMatchObject({ state: 'delivered', attempts: [{ attempt: 1 }, { attempt: 2 }] })
  })

  it('of a span of numbers sends each of its events again, in order', async () => {
    const { id } = await stage.newEndpoint({ types: ['customer.*'] })
    for (const name of ['One', 'Two', 'Three', 'Four']) await stage.put('a', { name })
    await stage.deliveries.settle()
    const told = stage.seqs()
    stage.receiver.received.length = 0
    const { ledgerAccountId } = stage.shop
    const body = { ledgerAccountId, from: told[1], to: told[2] }
    const reply = await stage.client.send('POST', `/v2/event_endpoints/${id}/replay`, body)
    expect(reply.status).toBe(202)
    await stage.deliveries.settle()
    expect(stage.seqs()).toEqual(told.slice(1, 3))
  })

  it('of a span of time sends what changed then, also what was never sent', async () => {
    const began_ms = stage.clock_ms
    for (let day = 0; day < 6; day++) {
      stage.clock_ms = began_ms + day * 86_400_000
      await stage.put(`day ${day}`)
    }
    const { id } = await stage.newEndpoint({ types: ['customer.*'] })
    const at = (day: number) => new Date(began_ms + day * 86_400_000).toISOString()
    const body = { from: at(2), to: at(4) }
    await stage.client.send('POST', `/v2/event_endpoints/${id}/replay`, body)
    await stage.deliveries.settle()
    const wanted = [2, 3].map((day) => stage.shop.idOf(customer, `day ${day}`))
    expect(stage.receiver.received.map(({ event }) => event.data.id)).toEqual(wanted)
  })
})

describe('the log', () => {
  it('is filtered, paged, and cleared away after its time', async () => {
    await stage.newEndpoint({ types: ['customer.*'] })
    for (let n = 0; n < 5; n++) {
      stage.clock_ms += 1000
      await stage.put(`c${n}`)
      await stage.deliveries.settle()
    }
    const first = await stage.client.get('/v2/event_deliveries?limit=3&state=delivered')
    const cursor = encodeURIComponent(String(first.json.next_cursor))
    const second = await stage.client.get(
      `/v2/event_deliveries?limit=3&state=delivered&cursor=${cursor}`,
    )
    expect([first.data.length, second.data.length, second.json.has_more]).toEqual([3, 2, false])
    const ids = [...first.data, ...second.data].map((one) => one.record_id)
    expect(ids).toEqual([4, 3, 2, 1, 0].map((n) => stage.shop.idOf(customer, `c${n}`)))
    const none = await stage.client.get('/v2/event_deliveries?type=payment.created')
    expect(none.data).toEqual([])
    stage.clock_ms += 29 * 86_400_000
    expect(await stage.deliveries.prune()).toBe(0)
    stage.clock_ms += 86_400_000 + 1
    expect(await stage.deliveries.prune()).toBe(5)
    const [left] = await stage.db.query<{ n: number }>('select count(*) as n from event_attempt')
    expect(left?.n).toBe(0)
  })

  it('forgets what was on its way to an endpoint that was deleted', async () => {
    stage.receiver.answer = answering(500)
    const { id } = await stage.newEndpoint({ types: ['customer.*'] })
    await stage.put('a')
    await stage.deliveries.settle()
    expect((await stage.client.send('DELETE', `/v2/event_endpoints/${id}`)).status).toBe(200)
    stage.clock_ms += 3_600_000
    await stage.deliveries.settle()
    expect(stage.receiver.received).toHaveLength(1)
    expect(await stage.deliveries.prune()).toBe(1)
    expect((await stage.client.get(`/v2/event_endpoints/${id}`)).status).toBe(404)
  })
})

describe('a test', () => {
  it('sends an example at once and tells the answer', async () => {
    stage.clock_ms = Date.now()
    const { id, secret } = await stage.newEndpoint({ types: ['payment.*'] })
    stage.receiver.answer = (_, response) => response.writeHead(202).end('thanks')
    const reply = await stage.client.send('POST', `/v2/event_endpoints/${id}/test`, {
      type: 'payment.created',
    })
    expect(reply.status).toBe(200)
    expect(reply.json).toMatchObject({ delivered: true, status_code: 202, answer: 'thanks' })
    const [got] = stage.receiver.received
    expect(got?.event.type).toBe('payment.created')
    expect(() =>
      new Webhook(String(secret)).verify(got?.text ?? '', got?.headers ?? {}),
    ).not.toThrow()
  })
})
