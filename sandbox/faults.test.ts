import { gunzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { FAULTS } from './faults.ts'
import type { Row } from './partner.ts'
import { type Sandbox, startSandbox } from './server.ts'
import { type Heard, hear } from './testing/hear.ts'

let sandbox: Sandbox
const tried = new Set<string>()

beforeAll(async () => {
  sandbox = await startSandbox({ seed: 2 })
})
afterEach(() => sandbox.clearFaults())
afterAll(() => sandbox.stop())

describe('connections', () => {
  it('refused: nobody can connect for a while, then everybody', async () => {
    inject('refused', { with: { ms: 250 } })
    await expect(ask()).rejects.toMatchObject({ code: 'ECONNRESET' })
    await expect(ask()).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    await wait(400)
    expect((await ask()).status).toBe(200)
  })

  it('reset', async () => {
    inject('reset')
    await expect(ask()).rejects.toMatchObject({ code: 'ECONNRESET' })
  })

  it('reset_mid_body: the head arrives, and part of the body', async () => {
    inject('reset_mid_body')
    const answer = await ask()
    expect(answer).toMatchObject({ status: 200, broken: true })
    expect(answer.text.length).toBeGreaterThan(10)
  })

  it('silence: nothing comes', async () => {
    inject('silence')
    expect(await within(300, ask())).toBe('nothing')
  })

  it('half_open: the answer begins and does not end', async () => {
    inject('half_open')
    expect(await within(300, ask())).toBe('nothing')
  })

  it('slow_drip: everything comes, slowly', async () => {
    inject('slow_drip', { with: { ms: 20, bytes: 400 } })
    const start = performance.now()
    expect((await ask('/v1/customers?limit=5')).rows).toHaveLength(5)
    // Ten pieces at least; a timer may ring a little early, never by half.
    expect(performance.now() - start).toBeGreaterThan(100)
  })

  it('gzip_bomb: little to read, a lot to unpack', async () => {
    inject('gzip_bomb', { with: { megabytes: 64 } })
    const answer = await ask()
    expect(answer.headers['content-encoding']).toBe('gzip')
    expect(answer.bytes.length).toBeLessThan(1e6)
    expect(gunzipSync(answer.bytes).length).toBe(64 * 1024 * 1024)
  })
})

describe('answers', () => {
  it.each([
    ['error_500', 500],
    ['error_502', 502],
    ['unauthorised', 401],
    ['scope_lost', 403],
    ['account_deauthorised', 403],
    ['too_many_requests', 429],
  ])('%s answers %i without Retry-After', async (name, status) => {
    inject(name)
    const answer = await ask()
    expect(answer.status).toBe(status)
    expect(answer.headers['retry-after']).toBe(undefined)
  })

  it('error_503 says when to come back, in seconds or as a date', async () => {
    inject('error_503_seconds', { with: { seconds: 7 } })
    expect(await ask()).toMatchObject({ status: 503, headers: { 'retry-after': '7' } })
    inject('error_503_date', { with: { seconds: 60 } })
    const { status, headers } = await ask()
    expect(status).toBe(503)
    expect(Date.parse(headers['retry-after']!) - Date.now()).toBeGreaterThan(50_000)
  })

  it('unseen answers as if there were no such object', async () => {
    const { rows } = await ask()
    inject('unseen')
    expect((await ask(`/v1/customers/${rows[0]!.id}`)).status).toBe(404)
    expect((await ask(`/v1/customers/${rows[0]!.id}`)).status).toBe(200)
  })

  it('html_200, wrong_content_type and truncated_json are not JSON as it should be', async () => {
    inject('html_200')
    expect(await ask()).toMatchObject({ status: 200, text: expect.stringContaining('<html>') })
    inject('wrong_content_type')
    expect((await ask()).headers['content-type']).toBe('text/plain')
    inject('truncated_json')
    const { status, text, broken } = await ask()
    expect([status, broken]).toEqual([200, false])
    expect(() => JSON.parse(text)).toThrow()
  })

  it('clock_skew moves the Date header, and created where it is told to', async () => {
    const before = await ask()
    inject('clock_skew', { with: { seconds: 600, created: 1 } })
    const after = await ask()
    const moved = (one: string) => (Date.parse(one) - Date.parse(before.headers.date!)) / 1000
    expect(moved(after.headers.date!)).toBe(600)
    expect(Number(after.rows[0]!.created) - Number(before.rows[0]!.created)).toBe(600)
  })
})

describe('values', () => {
  it('unknown_enum, missing_field, new_field, retyped_field', async () => {
    const { rows } = await ask('/v1/charges')
    inject('unknown_enum')
    expect((await ask('/v1/charges')).rows[0]).toMatchObject({ status: 'state_of_the_future' })
    inject('missing_field', { with: { field: 'currency' } })
    expect((await ask('/v1/charges')).rows[0]).not.toHaveProperty('currency')
    inject('new_field')
    expect((await ask('/v1/charges')).rows[0]).toHaveProperty('field_of_the_future')
    inject('retyped_field')
    expect((await ask('/v1/charges')).rows[0]).toMatchObject({
      amount: { value: String(rows[0]!.amount) },
    })
    expect((await ask('/v1/charges')).rows).toEqual(rows)
  })

  it('huge_number is one that no JavaScript number holds', async () => {
    inject('huge_number')
    const { text } = await ask('/v1/charges')
    expect(text).toContain('"amount":9007199254740993,')
  })

  it('lone_surrogate and nul_character are valid JSON', async () => {
    inject('lone_surrogate', { with: { field: 'description' } })
    expect((await ask('/v1/charges')).rows[0]!.description).toMatch(/\ud800$/)
    inject('nul_character')
    expect((await ask()).rows[0]!.name).toMatch(/\0$/)
  })
})

describe('lists', () => {
  it('duplicate_rows: a page begins with the last row of the page before', async () => {
    inject('duplicate_rows')
    const first = await ask('/v1/charges?limit=3')
    const second = await ask(`/v1/charges?limit=3&starting_after=${first.rows[2]!.id}`)
    expect(second.rows).toHaveLength(4)
    expect(second.rows[0]).toEqual(first.rows[2])
  })

  it('page_shrinks: the last row of a page is gone once it was served', async () => {
    inject('page_shrinks')
    const { rows } = await ask('/v1/customers?limit=3')
    const again = await ask(`/v1/customers/${rows[2]!.id}`)
    expect(again.body).toEqual({ id: rows[2]!.id, object: 'customer', deleted: true })
    expect((await ask('/v1/customers?limit=3')).rows).not.toContainEqual(rows[2])
  })

  it('cursor_refused: the next page is refused', async () => {
    inject('cursor_refused', { after: 1 })
    const { rows } = await ask('/v1/charges?limit=3')
    const next = await ask(`/v1/charges?limit=3&starting_after=${rows[2]!.id}`)
    expect(next).toMatchObject({ status: 400, body: { error: { param: 'starting_after' } } })
  })

  it('empty_page_has_more', async () => {
    inject('empty_page_has_more')
    expect((await ask()).body).toMatchObject({ data: [], has_more: true })
  })

  it('cursor_loop: every page is the first', async () => {
    const first = await ask('/v1/charges?limit=3')
    inject('cursor_loop')
    const next = await ask(`/v1/charges?limit=3&starting_after=${first.rows[2]!.id}`)
    expect(next.body).toEqual({
      object: 'list',
      url: '/v1/charges',
      data: first.rows,
      has_more: true,
    })
  })

  it('late_rows: some rows appear only later', async () => {
    const whole = await ask('/v1/charges?limit=50')
    inject('late_rows')
    const few = await ask('/v1/charges?limit=50')
    expect(few.rows.length).toBeLessThan(50)
    expect(whole.rows).toEqual(expect.arrayContaining(few.rows))
    expect((await ask('/v1/charges?limit=50')).rows).toEqual(whole.rows)
  })

  it('object_deleted: what is asked for is deleted first', async () => {
    const [customer] = (await ask()).rows
    inject('object_deleted')
    expect((await ask(`/v1/customers/${customer!.id}`)).body).toMatchObject({ deleted: true })
    const [event] = (await ask('/v1/events?type=customer.deleted')).rows
    expect(event).toMatchObject({ data: { object: { id: customer!.id } } })
  })

  it('unknown_object_event: an event tells of an object that nobody can read', async () => {
    inject('unknown_object_event', { path: '/v1/events' })
    const [event] = (await ask('/v1/events')).rows
    const { object } = event!.data as { object: Row }
    expect((await ask(`/v1/customers/${object.id}`)).status).toBe(404)
  })
})

it('every fault was tried', () => {
  expect([...tried].sort()).toEqual(Object.keys(FAULTS).sort())
})

function inject(name: string, rest: Omit<Parameters<Sandbox['inject']>[0], 'name'> = {}): void {
  tried.add(name)
  sandbox.inject({ name, ...rest })
}

function ask(path = '/v1/customers', key = sandbox.stripe.key): Promise<Heard> {
  return hear(`${sandbox.stripe.baseUrl}${path}`, key)
}

async function within(ms: number, asked: Promise<Heard>): Promise<Heard | 'nothing'> {
  asked.catch(() => undefined)
  return Promise.race([asked, wait(ms).then(() => 'nothing' as const)])
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
