// The TypeScript client against a real API over HTTP.

import { execFile } from 'node:child_process'
import { createHmac, randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, expectTypeOf, it, onTestFinished } from 'vitest'
import type { ExternalAccount, Product } from '../client/src/index.ts'
import {
  BadSignature,
  Furrow,
  FurrowError,
  isExpanded,
  Unreachable,
  verifyEvent,
} from '../client/src/index.ts'
import { customer } from '../src/model/customer.ts'
import { testDatabase } from './database.ts'
import { fill, type Ids } from './filled.ts'
import { newWorld, type World } from './world.ts'

const run = promisify(execFile)
const root = new URL('../', import.meta.url).pathname
const count = 130
let world: World
let ids: Ids
let url: string
let furrow: Furrow

beforeAll(async () => {
  world = await newWorld(await testDatabase(), { requestsPerMinute: 0 })
  ids = await fill(world.shop)
  const names = Array.from({ length: count }, (_, n) => ({ partnerRecordId: `many_${n}` }))
  await world.shop.put(customer, names)
  url = await world.api.listen({ host: '127.0.0.1', port: 0 })
  furrow = new Furrow({ url, key: world.client.key })
})
afterAll(async () => {
  await world.close()
  await world.db.close()
})

/** A server that answers each request by the next of these, and notes what it was asked. */
async function answering(...answers: readonly [number, Record<string, string>, string][]) {
  const asked: { headers: Record<string, unknown>; url: string | undefined }[] = []
  const server = createServer((request, response) => {
    asked.push({ headers: request.headers, url: request.url })
    const [status, headers, body] = answers[asked.length - 1] ?? answers.at(-1) ?? [500, {}, '']
    request.resume().once('end', () => response.writeHead(status, headers).end(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo // it listens on TCP
  return { asked, furrow: new Furrow({ url: `http://127.0.0.1:${port}`, key: 'frw_test_x' }) }
}

describe('lists', () => {
  it('are walked to their end, each record once', async () => {
    const seen = new Set<string>()
    for await (const one of furrow.customers.list({ limit: 50 })) seen.add(one.id)
    expect(seen.size).toBe(count + 3)
  })

  it('give their first page when awaited, and pages one by one', async () => {
    const page = await furrow.customers.list({ limit: 50, include: ['total_count'] })
    expect([page.data.length, page.has_more, page.total_count]).toEqual([50, true, count + 3])
    const sizes: number[] = []
    for await (const { data } of furrow.customers.list({ limit: 50 }).pages()) {
      sizes.push(data.length)
    }
    expect(sizes).toEqual([50, 50, count + 3 - 100])
  })

  it('take filters with commas in their values, and several values', async () => {
    await world.shop.put(customer, [{ partnerRecordId: 'comma', name: 'Farm, Field & Co' }])
    const found = await furrow.customers.list({ 'name[in]': ['Farm, Field & Co', 'nobody'] })
    expect(found.data.map(({ name }) => name)).toEqual(['Farm, Field & Co'])
  })

  it('under a record are walked as well', async () => {
    const found: string[] = []
    for await (const { object } of furrow.customers.payments(ids.customer ?? '', { limit: 1 })) {
      found.push(object)
    }
    expect(found).toEqual(['payment', 'payment', 'payment'])
    for await (const { kind } of furrow.customers.timeline(ids.customer ?? '')) {
      expect(kind).toMatch(/\w/)
    }
  })
})

describe('expansions', () => {
  it('are in the answer and in its type', async () => {
    const one = await furrow.customers.retrieve(ids.customer ?? '', {
      expand: ['external_account_id', 'subscriptions.items.product_id'],
    })
    expectTypeOf(one.external_account_id).toEqualTypeOf<ExternalAccount | string | null>()
    if (!isExpanded(one.external_account_id)) throw new Error('it was not expanded')
    expect(one.external_account_id.object).toBe('external_account')
    const [item] = one.subscriptions.data[0]?.items ?? []
    expectTypeOf(item?.product_id).toEqualTypeOf<Product | string | null | undefined>()
    expect(item && isExpanded(item.product_id) && item.product_id.object).toBe('product')
  })

  it('leave the types of other attributes alone', async () => {
    const one = await furrow.customers.retrieve(ids.customer ?? '')
    expectTypeOf(one.external_account_id).toEqualTypeOf<string | null>()
    // @ts-expect-error a path that the API does not know
    await expect(furrow.customers.retrieve(one.id, { expand: ['address'] })).rejects.toThrow(
      'unknown expansion',
    )
  })

  it('and fields narrow what there is', async () => {
    const one = await furrow.customers.retrieve(ids.customer ?? '', { fields: ['email'] })
    expect(Object.keys(one).sort()).toEqual(['email', 'id', 'object'])
    expectTypeOf<keyof typeof one>().toEqualTypeOf<'email' | 'id' | 'object'>()
  })
})

describe('operations', () => {
  it('are called by their names', async () => {
    const made = await furrow.ledger_accounts.create({ institutionAccountId: 'shop-7' })
    const [name, same] = [
      { institutionAccountId: 'shop-7' },
      await furrow.call('ledger_account_id', { query: { institutionAccountId: 'shop-7' } }),
    ]
    expect(same).toMatchObject({ ...name, ledgerAccountId: made.id })
    expect(await furrow.ledger_accounts.delete(made.id)).toMatchObject({ recordState: 'DELETED' })
  })

  it('follow the changes of a business up to the newest', async () => {
    const { ledgerAccountId } = world.shop
    const seqs: number[] = []
    for await (const page of furrow.changes({ ledgerAccountId, limit: 40 })) {
      seqs.push(...page.data.map(({ seq }) => seq))
    }
    expect(seqs).toEqual(Array.from({ length: seqs.length }, (_, n) => n + 1))
    expect(seqs.length).toBeGreaterThan(count)
  })
})

describe('errors', () => {
  it('say what the API says', async () => {
    const error = await furrow.customers.retrieve('cus_nobody').catch((one: unknown) => one)
    if (!(error instanceof FurrowError)) throw error
    expect([error.code, error.status, error.param]).toEqual(['not_found', 404, 'id'])
    expect(error.requestId).toMatch(/^req_/)
    expect(error.message).toContain('cus_nobody')
  })

  it('of a proxy in between are told as well', async () => {
    const { furrow: asking } = await answering([403, {}, '<html>no</html>'])
    await expect(asking.customers.retrieve('cus_1')).rejects.toMatchObject({ status: 403 })
  })

  it('of the network say so', async () => {
    const nobody = new Furrow({ url: 'http://127.0.0.1:9', key: 'k', retries: 0 })
    await expect(nobody.customers.retrieve('cus_1')).rejects.toBeInstanceOf(Unreachable)
  })

  it('name a part of the path that is missing', async () => {
    await expect(furrow.customers.retrieve('')).rejects.toThrow('expected id, a text, got ""')
  })
})

describe('requests', () => {
  it('are repeated where that helps, under one key', async () => {
    const { asked, furrow: asking } = await answering(
      [503, { 'retry-after': '0' }, '{}'],
      [429, { 'retry-after': '0' }, '{}'],
      [200, {}, '{"object":"ledger_account"}'],
    )
    expect(await asking.ledger_accounts.create({})).toEqual({ object: 'ledger_account' })
    const keys = new Set(asked.map(({ headers }) => headers['idempotency-key']))
    expect([asked.length, keys.size]).toEqual([3, 1])
    expect([...keys][0]).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('are not repeated where it would not', async () => {
    const { asked, furrow: asking } = await answering([422, {}, '{"code":"invalid_body"}'])
    await expect(asking.ledger_accounts.create({})).rejects.toMatchObject({ code: 'invalid_body' })
    expect(asked).toHaveLength(1)
  })

  it('follow no redirect, which would carry the key elsewhere', async () => {
    const { asked, furrow: asking } = await answering([302, { location: '/elsewhere' }, ''])
    const once = asking.customers.retrieve('cus_1', {}, { signal: AbortSignal.timeout(2000) })
    await expect(once).rejects.toThrow()
    expect(asked.map(({ url: path }) => path)).not.toContain('/elsewhere')
  })

  it('end when their caller wants no more', async () => {
    const { furrow: asking } = await answering([503, { 'retry-after': '60' }, '{}'])
    const signal = AbortSignal.timeout(200)
    await expect(asking.customers.retrieve('cus_1', {}, { signal })).rejects.toThrow('timeout')
  })
})

describe('events', () => {
  const secret = `whsec_${randomBytes(24).toString('base64')}`
  const body = '{"id":"evt_1","type":"customer.updated"}'
  const now_s = 1_790_000_000
  const now = () => now_s * 1000
  const signed = (key: string, time_s = now_s, text = body) => {
    const bytes = Buffer.from(key.slice('whsec_'.length), 'base64')
    const mac = createHmac('sha256', bytes).update(`msg_1.${time_s}.${text}`).digest('base64')
    return {
      'webhook-id': 'msg_1',
      'webhook-timestamp': `${time_s}`,
      'webhook-signature': `v1,${mac}`,
    }
  }

  it('are given when they are signed with one of the secrets', async () => {
    expect(await verifyEvent({ body, headers: signed(secret), secret, now })).toMatchObject({
      type: 'customer.updated',
    })
    const other = `whsec_${randomBytes(24).toString('base64')}`
    const headers = new Headers(signed(secret))
    expect(await verifyEvent({ body, headers, secret: [other, secret], now })).toBeDefined()
  })

  it.each([
    ['another secret', { headers: signed(`whsec_${randomBytes(24).toString('base64')}`) }],
    ['another body', { headers: signed(secret), body: `${body} ` }],
    ['an old time', { headers: signed(secret, now_s - 301) }],
    ['a time to come', { headers: signed(secret, now_s + 301) }],
    ['no signature', { headers: { 'webhook-id': 'a', 'webhook-timestamp': `${now_s}` } }],
    ['no base64', { headers: { ...signed(secret), 'webhook-signature': 'v1,*' } }],
  ])('are refused with %s', async (_, given) => {
    const options = { body, secret, now, ...given }
    await expect(verifyEvent(options)).rejects.toBeInstanceOf(BadSignature)
  })
})

describe('the package', () => {
  let built: string
  beforeAll(async () => {
    built = await mkdtemp(join(root, 'client', 'dist-'))
    await run(process.execPath, [
      join(root, 'node_modules/typescript/bin/tsc'),
      ...['-p', join(root, 'client'), '--outDir', built],
    ])
  })
  afterAll(() => rm(built, { recursive: true, force: true }))

  it('is small, and needs no other', async () => {
    const names = (await readdir(built)).filter((name) => name.endsWith('.js'))
    const texts = await Promise.all(names.map((name) => readFile(join(built, name), 'utf8')))
    expect(gzipSync(texts.join('\n')).length).toBeLessThan(25_000)
    const imports = texts.flatMap((text) => [...text.matchAll(/from '([^']+)'/g)])
    expect(imports.map(([, name]) => name).filter((name) => !name?.startsWith('./'))).toEqual([])
    const { dependencies } = JSON.parse(await readFile(join(root, 'client/package.json'), 'utf8'))
    expect(dependencies).toBeUndefined()
  })

  it('does what its README shows', async () => {
    const readme = await readFile(join(root, 'client/README.md'), 'utf8')
    const [, shown = ''] = /```ts\n(.*?)```/s.exec(readme) ?? []
    const folder = await mkdtemp(join(tmpdir(), 'client-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const file = join(folder, 'example.ts')
    await writeFile(file, shown.replace('@furrow/client', join(built, 'index.js')))
    const env = { ...process.env, FURROW_URL: url, FURROW_KEY: world.client.key }
    const { stdout } = await run(process.execPath, [file], { env })
    expect(stdout.split('\n').filter((line) => line.startsWith('stripe '))).toHaveLength(count + 4)
    expect(stdout).toContain('cus_nobody')
  })
})
