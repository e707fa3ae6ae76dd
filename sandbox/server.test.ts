import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import StripeClient from 'stripe'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Row } from './partner.ts'
import { type Sandbox, startSandbox } from './server.ts'
import { createWooCommerce } from './woocommerce/partner.ts'

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox({ seed: 2 })
})
afterAll(() => sandbox.stop())

describe('the server', () => {
  it('answers byte for byte what another of the same seed answers', async () => {
    const other = await startSandbox({ seed: 2 })
    const third = await startSandbox({ seed: 3 })
    const read = async (one: Sandbox) => {
      const headers = { authorization: `Bearer ${one.stripe.key}` }
      const answer = await fetch(`${one.stripe.baseUrl}/v1/charges?limit=100`, { headers })
      return answer.text()
    }
    expect(await read(other)).toBe(await read(sandbox))
    expect(await read(third)).not.toBe(await read(sandbox))
    await Promise.all([other.stop(), third.stop()])
  })

  it('is read whole by Stripe’s own client', async () => {
    const { port, hostname } = new URL(sandbox.url)
    const client = new StripeClient(sandbox.stripe.key, { host: hostname, port, protocol: 'http' })
    const ids: string[] = []
    for await (const { id } of client.customers.list({ limit: 50 })) ids.push(id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBeGreaterThan(100)
    const [charge] = (await client.charges.list({ limit: 1, expand: ['data.customer'] })).data
    expect(charge?.object).toBe('charge')
    await expect(client.customers.retrieve('cus_0')).rejects.toMatchObject({
      statusCode: 404,
      code: 'resource_missing',
    })
  })

  it('limits the rate of each key, and not the oracle’s', async () => {
    const limited = await startSandbox({ seed: 2, buyers: 1, ratePerSecond: 5 })
    const ask = async (key: string) => {
      const headers = { authorization: `Bearer ${key}` }
      return fetch(`${limited.stripe.baseUrl}/v1/customers`, { headers })
    }
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask(limited.stripe.key)))
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused).toHaveLength(3)
    expect(refused[0]!.headers.get('stripe-rate-limited-reason')).toBeTruthy()
    expect(await refused[0]!.json()).toMatchObject({ error: { code: 'rate_limit' } })
    for (let i = 0; i < 8; i++) expect((await ask(limited.stripe.oracleKey)).status).toBe(200)
    expect((await ask(limited.stripe.liveKey)).status).toBe(200)
    await limited.stop()
  })

  it('shows the virtual clock in the Date header', async () => {
    const { headers } = await fetch(`${sandbox.stripe.baseUrl}/v1/account`)
    expect(Date.parse(headers.get('date')!)).toBe(sandbox.now())
  })

  it('starts its clock where it is told to', async () => {
    const early = await startSandbox({ buyers: 5, clock: '2024-02-29T12:00:00Z' })
    expect(new Date(early.now()).toISOString()).toBe('2024-02-29T12:00:00.000Z')
    await early.stop()
    await expect(startSandbox({ clock: 'noon' })).rejects.toThrow('noon')
  })
})

describe('the control surface', () => {
  it('advances the clock', async () => {
    const before = sandbox.now()
    await control('POST', '/clock/advance', { days: 2, ms: 1000 })
    expect(sandbox.now() - before).toBe(2 * 86_400_000 + 1000)
    expect(await control('POST', '/clock/advance', { days: -1 })).toMatchObject({ status: 400 })
  })

  it('injects faults and clears them', async () => {
    expect(await control('POST', '/faults', { name: 'nonsense' })).toMatchObject({ status: 400 })
    await control('POST', '/faults', { name: 'error_500', times: null })
    expect((await ask('/v1/customers')).status).toBe(500)
    await control('DELETE', '/faults')
    expect((await ask('/v1/customers')).status).toBe(200)
  })

  it('shows and forgets the requests', async () => {
    await control('DELETE', '/requests')
    await ask('/v1/customers?limit=1')
    expect((await control('GET', '/requests')).body).toEqual({
      requests: [{ method: 'GET', path: '/v1/customers', query: 'limit=1', body: '', status: 200 }],
    })
  })

  it('deletes a customer at any partner that keeps some, once', async () => {
    const { shop } = createWooCommerce({ seed: 2 })
    const [id] = [...shop.tables.customers.keys()]
    const at = `/woocommerce/customers/${id}`
    expect((await control('DELETE', at)).status).toBe(204)
    expect((await control('DELETE', at)).status).toBe(404)
    expect((await control('DELETE', '/nobody/customers/1')).status).toBe(404)
  })

  it('creates, changes and deletes a customer by hand, with events', async () => {
    const written = { name: 'Zoë', email: 'z@example.com', address: { city: 'Łódź' } }
    const { body } = await control('POST', '/stripe/customers', { ...written, with_card: true })
    const { id } = body as Row
    expect(await ask(`/v1/customers/${id}`)).toMatchObject({ body: { name: 'Zoë' } })
    await control('POST', `/stripe/customers/${id}`, { phone: '+1' })
    expect(await ask(`/v1/customers/${id}`)).toMatchObject({ body: { name: 'Zoë', phone: '+1' } })
    await control('DELETE', `/stripe/customers/${id}`)
    expect(await ask(`/v1/customers/${id}`)).toMatchObject({ body: { deleted: true } })
    const told = (await ask('/v1/events?limit=100')).body as { data: Row[] }
    const own = told.data.filter(({ data }) => (data as { object: Row }).object.id === id)
    expect(own.map(({ type }) => type)).toEqual([
      'customer.deleted',
      'customer.updated',
      'customer.updated',
      'customer.created',
    ])
    expect(own[1]).toMatchObject({ data: { previous_attributes: { phone: null } } })
  })

  it('creates, changes and refunds a charge by hand', async () => {
    const guest = { email: 'guest@example.com' }
    const written = { amount: 700, currency: 'usd', billing_details: guest, bare: true }
    const { body } = await control('POST', '/stripe/charges', written)
    const { id } = body as Row
    expect(await ask(`/v1/charges/${id}`)).toMatchObject({
      body: { amount: 700, customer: null, payment_intent: null, billing_details: guest },
    })
    await control('POST', `/stripe/charges/${id}`, { description: 'Order 7' })
    await control('POST', `/stripe/charges/${id}/refund`, { amount: 300 })
    expect(await ask(`/v1/charges/${id}`)).toMatchObject({
      body: { description: 'Order 7', amount_refunded: 300, refunded: false },
    })
    const unknown = await control('POST', '/stripe/charges/ch_0/refund', {})
    expect(unknown).toMatchObject({ status: 404, body: { error: { code: 'resource_missing' } } })
  })

  it('takes back a key', async () => {
    await control('POST', '/stripe/revoke', { key: sandbox.stripe.restrictedKey })
    expect((await ask('/v1/customers', sandbox.stripe.restrictedKey)).status).toBe(401)
  })
})

describe('the process', () => {
  it('says where it is and stops when asked to', async () => {
    const main = fileURLToPath(new URL('./main.ts', import.meta.url))
    const child = spawn(process.execPath, [main, '--seed', '2', '--buyers', '5', '--bulk', '50'])
    const { url, stripe } = JSON.parse(await firstLine(child))
    expect(stripe.key).toBe(sandbox.stripe.key)
    const ready = await fetch(`${url}/_sandbox/ready`)
    expect(await ready.json()).toEqual({ ready: true, now: '2026-01-01T00:00:00.000Z' })
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
  })
})

async function ask(path: string, key = sandbox.stripe.key) {
  const headers = { authorization: `Bearer ${key}` }
  const answer = await fetch(`${sandbox.stripe.baseUrl}${path}`, { headers })
  const body: unknown = await answer.json()
  return { status: answer.status, body }
}

async function control(method: string, path: string, body?: unknown) {
  const json = { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const url = `${sandbox.url}/_sandbox${path}`
  const answer = await fetch(url, { method, ...(body === undefined ? {} : json) })
  const text = await answer.text()
  return { status: answer.status, body: text ? (JSON.parse(text) as unknown) : null }
}

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  let text = ''
  for await (const part of stdout!) {
    text += part
    if (text.includes('\n')) break
  }
  return text
}
