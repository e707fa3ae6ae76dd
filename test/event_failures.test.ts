// What cannot be delivered is tried again on a fixed schedule, in order, and holds up nobody else.
import { describe, expect, it } from 'vitest'
import { patience_ms, waits_ms } from '../src/events/schedule.ts'
import { useStage } from './event_stage.ts'
import { answering, type Receiver, startReceiver } from './receiver.ts'

const stage = useStage()

describe('a delivery that fails', () => {
  it('is tried ten times on the stated schedule, with the same id and body', async () => {
    stage.receiver.answer = answering(500)
    await stage.newEndpoint({ types: ['customer.created'] })
    const began_ms = stage.clock_ms
    await stage.put('a')
    await stage.deliveries.settle()
    for (const wait_ms of waits_ms) {
      const tried = stage.receiver.received.length
      stage.clock_ms += wait_ms - 1
      await stage.deliveries.settle()
      expect(stage.receiver.received).toHaveLength(tried)
      stage.clock_ms += 1
      await stage.deliveries.settle()
      expect(stage.receiver.received).toHaveLength(tried + 1)
    }
    stage.clock_ms += 10 * 24 * 3_600_000
    await stage.deliveries.settle()
    const { received } = stage.receiver
    expect(received).toHaveLength(10)
    expect(new Set(received.map(({ id, text }) => `${id} ${text}`)).size).toBe(1)
    const [logged] = (await stage.client.get('/v2/event_deliveries')).data
    expect(logged).toMatchObject({ state: 'failed', attempt_count: 10, next_attempt: null })
    const { json } = await stage.client.get(`/v2/event_deliveries/${logged?.id}`)
    const dates = (json.attempts as { date: string }[]).map(({ date }) => Date.parse(date))
    const hours = dates.map((ms) => (ms - began_ms) / 3_600_000)
    const stated = [0, 5 / 3600, 0.085, 0.585, 2.585, 7.585, 17.585, 31.585, 51.585, 75.585]
    expect(hours.map((hour) => hour.toFixed(3))).toEqual(stated.map((hour) => hour.toFixed(3)))
    const figures = await stage.registry.metrics()
    expect(figures).toContain('furrow_event_attempts_total{outcome="pending"} 9')
    expect(figures).toContain('furrow_event_attempts_total{outcome="failed"} 1')
  })

  it('waits for as long as the receiver asks for', async () => {
    stage.receiver.answer = answering(503, { 'retry-after': '3600' })
    await stage.newEndpoint({ types: ['customer.created'] })
    await stage.put('a')
    await stage.deliveries.settle()
    stage.clock_ms += 3_599_000
    await stage.deliveries.settle()
    expect(stage.receiver.received).toHaveLength(1)
    stage.clock_ms += 1_000
    await stage.deliveries.settle()
    expect(stage.receiver.received).toHaveLength(2)
  })

  it.each([
    ['a redirect', answering(302, { location: 'http://127.0.0.1:9/' }), 302, /redirects/],
    ['an error', answering(404), 404, /404/],
    ['silence', () => new Promise((resolve) => setTimeout(resolve, 1500)), null, /in time/],
    ['a broken connection', (_: unknown, r: { destroy(): void }) => r.destroy(), null, /./],
  ] as const)('has failed through %s, which the log tells', async (_, answer, status, error) => {
    stage.receiver.answer = answer as Receiver['answer']
    await stage.newEndpoint({ types: ['customer.created'] })
    await stage.put('a')
    await stage.deliveries.settle()
    const [logged] = (await stage.client.get('/v2/event_deliveries')).data
    const { json } = await stage.client.get(`/v2/event_deliveries/${logged?.id}`)
    expect(json).toMatchObject({
      state: 'pending',
      attempts: [{ attempt: 1, status_code: status, error: expect.stringMatching(error) }],
    })
  })

  it('keeps no more of the answer than its beginning', async () => {
    stage.receiver.answer = (_, response) => response.writeHead(500).end('€'.repeat(100_000))
    await stage.newEndpoint({ types: ['customer.created'] })
    await stage.put('a')
    await stage.deliveries.settle()
    const [logged] = (await stage.client.get('/v2/event_deliveries')).data
    const { json } = await stage.client.get(`/v2/event_deliveries/${logged?.id}`)
    const [attempt] = json.attempts as { answer: string }[]
    expect(Buffer.byteLength(attempt?.answer.replace(/\ufffd$/, '') ?? '')).toBeLessThanOrEqual(
      1024,
    )
    expect(attempt?.answer.length).toBeGreaterThan(300)
  })
})

describe('events of one object', () => {
  it('arrive in the order of its changes, however often the first one fails', async () => {
    await stage.newEndpoint({ types: ['customer.*'] })
    const [bad] = await stage.put('bad')
    await stage.put('bad', { name: 'Second' })
    await stage.put('good')
    stage.receiver.answer = ({ event }, response) =>
      event.data.id === bad ? response.writeHead(500) : undefined
    await stage.deliveries.settle()
    // The one object waits for itself and holds up nobody else.
    const told = () =>
      stage.receiver.received.map(({ event }) => [event.data.id === bad, event.type])
    expect(told().sort()).toEqual([
      [false, 'customer.created'],
      [true, 'customer.created'],
    ])
    stage.receiver.answer = () => undefined
    stage.clock_ms += waits_ms[0] ?? 0
    await stage.put('bad', { name: 'Third' })
    await stage.deliveries.settle()
    const ofBad = stage.receiver.received.filter(({ event }) => event.data.id === bad)
    expect(ofBad.map(({ event }) => event.type)).toEqual([
      'customer.created',
      'customer.created',
      'customer.updated',
      'customer.updated',
    ])
    const own = ofBad.map(({ event }) => event.data.seq)
    expect(own).toEqual([...own].sort((a, b) => a - b))
  })

  it('do not wait for an endpoint that fails', async () => {
    const silent = await startReceiver()
    silent.answer = answering(500)
    await stage.newEndpoint({ types: ['customer.*'], url: silent.url })
    await stage.newEndpoint({ types: ['customer.*'] })
    await stage.put('a')
    await stage.put('a', { name: 'Other' })
    await stage.deliveries.settle()
    expect(stage.types()).toEqual(['customer.created', 'customer.updated'])
    expect(silent.received).toHaveLength(1)
    await silent.close()
  })
})

describe('an endpoint is disabled', () => {
  const stateOf = async (id: unknown) => (await stage.client.get(`/v2/event_endpoints/${id}`)).json

  it('when its receiver answers 410, and goes on where it stopped when it is enabled', async () => {
    stage.receiver.answer = answering(410)
    const { id } = await stage.newEndpoint({ types: ['customer.*'] })
    await stage.put('a')
    await stage.deliveries.settle()
    expect(await stateOf(id)).toMatchObject({
      status: 'disabled',
      status_reason: 'the receiver answered 410 Gone',
    })
    await stage.put('b')
    stage.clock_ms += 3_600_000
    await stage.deliveries.settle()
    expect(stage.receiver.received).toHaveLength(1)
    stage.receiver.answer = () => undefined
    await stage.client.send('PATCH', `/v2/event_endpoints/${id}`, { status: 'enabled' })
    await stage.deliveries.settle()
    expect(stage.receiver.received).toHaveLength(3)
    expect(await stateOf(id)).toMatchObject({ status: 'enabled', status_reason: null })
  })

  it('when no attempt has succeeded for five days, and not before', async () => {
    stage.receiver.answer = answering(500)
    const { id } = await stage.newEndpoint({ types: ['customer.*'] })
    await stage.put('a')
    await stage.deliveries.settle()
    stage.clock_ms += patience_ms - 1
    await stage.deliveries.settle()
    expect((await stateOf(id)).status).toBe('enabled')
    stage.clock_ms += 10 * 60_000
    await stage.deliveries.settle()
    expect(await stateOf(id)).toMatchObject({
      status: 'disabled',
      status_reason: expect.stringMatching(/no attempt has succeeded since 2026-05-01T12:00:00/),
    })
  })

  it('not when an attempt succeeded between', async () => {
    stage.receiver.answer = answering(500)
    const { id } = await stage.newEndpoint({ types: ['customer.*'] })
    await stage.put('a')
    await stage.deliveries.settle()
    stage.receiver.answer = () => undefined
    stage.clock_ms += patience_ms / 2
    await stage.deliveries.settle()
    stage.receiver.answer = answering(500)
    stage.clock_ms += patience_ms
    await stage.put('b')
    await stage.deliveries.settle()
    expect(await stateOf(id)).toMatchObject({
      status: 'enabled',
      failing_since: expect.any(String),
    })
  })
})
