// The tools of `furrow mcp`, called through the protocol's own client.
import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tools } from '../src/cli/mcp/tools.ts'
import { testDatabase } from './database.ts'
import { fill, type Ids } from './filled.ts'
import { type Client as ApiClient, newClient, newShop, newWorld, type World } from './world.ts'

const main = new URL('../src/cli/main.ts', import.meta.url).pathname
let world: World
let ids: Ids
let others: Ids
let client: Client
/** The API, asked with the same key. */
let reader: ApiClient

beforeAll(async () => {
  const db = await testDatabase()
  world = await newWorld(db, { requestsPerMinute: 0 })
  ids = await fill(world.shop)
  const { institutionId } = world
  others = await fill(await newShop(db, { institutionId, institutionAccountId: 'other' }))
  // Only the one business, and only reading.
  const { ledgerAccountId } = world.shop
  reader = await newClient(world.api, db, { institutionId, scopes: ['read'], ledgerAccountId })
  const url = await world.api.listen({ host: '127.0.0.1', port: 0 })
  client = new Client({ name: 'test', version: '1' })
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [main, 'mcp'],
      env: { PATH: process.env.PATH ?? '', FURROW_URL: url, FURROW_KEY: reader.key },
    }),
  )
})
afterAll(async () => {
  await client.close()
  await world.close()
  await world.db.close()
})

interface Answer {
  readonly isError: boolean
  readonly text: string
  readonly body: { readonly [name: string]: unknown }
}

async function call(name: string, given: Record<string, unknown>): Promise<Answer> {
  const { content, structuredContent, isError } = await client.callTool({ name, arguments: given })
  const [first] = content as { text?: string }[]
  return {
    isError: isError === true,
    text: first?.text ?? '',
    body: (structuredContent ?? {}) as Answer['body'],
  }
}

/** Something sensible for each tool. */
const sensible = (): { readonly [name: string]: Record<string, unknown> } => ({
  find_customers: { email: 'ADA@example.com', limit: 2 },
  get_customer: { id: ids.customer, expand: ['external_account_id'] },
  customer_summary: { id: ids.customer },
  customer_timeline: { id: ids.customer, limit: 3 },
  settlement_summary: { ledgerAccountId: [world.shop.ledgerAccountId], granularity: 'monthly' },
  list_changes: { ledgerAccountId: [world.shop.ledgerAccountId], after: 0, limit: 2 },
  list_connections: {},
  describe_object: { object: 'customer' },
  list_records: { objects: 'payments', filters: { 'amount[gte]': '1' }, expand: ['customer_id'] },
  get_record: { id: ids.payment },
})

describe('tools', () => {
  it('are few, read only, and say what they take', async () => {
    const listed = (await client.listTools()).tools
    expect(listed.length).toBeLessThanOrEqual(10)
    expect(listed.map(({ name }) => name).sort()).toEqual(Object.keys(sensible()).sort())
    for (const { annotations, description, inputSchema } of listed) {
      expect(annotations?.readOnlyHint).toBe(true)
      expect(description).toMatch(/\w{3}/)
      expect(inputSchema).toMatchObject({ type: 'object', properties: expect.any(Object) })
    }
  })

  it.each(tools.map(({ name }) => name))('%s answers what the API answers', async (name) => {
    const tool = tools.find((one) => one.name === name)
    const given = sensible()[name] ?? {}
    const asked = tool?.asked(given)
    const query = new URLSearchParams(
      asked?.query.map(([key, value]): [string, string] => [key, value]),
    )
    const reply = await reader.get(`/v2${asked?.path}?${query}`)
    const answer = await call(name, given)
    expect([reply.status, answer.isError]).toEqual([200, false])
    if (name !== 'list_connections') expect(answer.body).toEqual(reply.json)
    expect(JSON.parse(answer.text)).toEqual(answer.body)
  })

  it('see no more than the key may', async () => {
    for (const [name, given] of [
      ['get_record', { id: others.payment }],
      ['get_customer', { id: others.customer }],
      ['customer_timeline', { id: others.customer }],
    ] as const) {
      const { isError, text } = await call(name, given)
      expect([name, isError, text]).toEqual([name, true, expect.stringContaining('404')])
    }
    const all = await call('list_records', { objects: 'payments', limit: 100 })
    expect(all.body.data).toHaveLength(3)
  })

  it.each([
    ['list_records', { objects: 'keys' }, /objects/],
    [
      'list_records',
      { objects: 'payments', filters: { colour: 'red' } },
      /unknown parameter "colour"/,
    ],
    ['get_record', { id: 'xyz_1' }, /expected it to begin with one of cus_/],
    ['get_customer', {}, /id/],
    ['find_customers', { mail: 'a@b' }, /unknown argument "mail".*email/],
  ])('%s refuses %j with what it expected', async (name, given, words) => {
    const told = await call(name, given).then(
      ({ isError, text }) => (isError ? text : 'answered'),
      (error: Error) => error.message,
    )
    expect(told).toMatch(words)
  })
})
