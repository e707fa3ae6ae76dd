// What the processes write names no buyer and shows no secret, whatever they are made to do.
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../sandbox/server.ts'
import { newApi } from '../src/api/server.ts'
import { newLog } from '../src/cli/log.ts'
import { connectAccount } from '../src/connect/connect.ts'
import { startWorker, type Worker } from '../src/ingest/worker.ts'
import { partnerList, partnerNamed } from '../src/partners/index.ts'
import type { Database } from '../src/store/database.ts'
import { firstInstitution } from '../src/store/installation.ts'
import { type Business, connected } from './business.ts'
import { promises } from './contract.ts'
import { testDatabase } from './database.ts'
import { type Client, clientWith, newClient } from './world.ts'

const canaries = {
  name: 'Jane Canary-Bird',
  email: 'jane@canary.example',
  credential: 'sk_test_canaryInTheCoalMine0123456789',
}

let db: Database
let sandbox: Sandbox
let business: Business
let api: FastifyInstance
let worker: Worker
let client: Client
const lines: string[] = []

beforeAll(async () => {
  db = await testDatabase()
  sandbox = await startSandbox({ buyers: 60 })
  business = await connected(db, sandbox)
  const log = newLog('trace', { write: (line) => void lines.push(line) })
  const { keys } = business
  const every_ms = 3_600_000
  worker = await startWorker({ db, keys, partners: partnerList, log, every_ms })
  api = newApi({
    ...{
      db,
      log,
      version: '0.0.0',
      requestsPerMinute: 0,
      eventLoopDelay_ms_max: 0,
      partnerSources: ['stripe'],
    },
    async connect({ partnerSource, ...request }) {
      const partner = partnerNamed(partnerSource)
      if (!partner) throw new Error('no such partner')
      const baseUrl = sandbox.stripe.baseUrl
      return connectAccount(db, keys, { ...request, baseUrl, partner, now_ms: Date.now() })
    },
    sync: (connection, wish) => worker.requestSync(connection, wish),
  })
  const institutionId = (await firstInstitution(db)) ?? ''
  client = await newClient(api, db, { institutionId })
}, 60_000)
afterAll(async () => {
  await worker.stop()
  await api.close()
  await sandbox.stop()
  await db.close()
})

const ended = (message: string) => () => lines.filter((line) => line.includes(message)).length

/** Everything a name or an address of a buyer stands in, and every secret there is. */
async function secrets(): Promise<string[]> {
  const customers = await db.query<{ name: string | null; email: string | null }>(
    'select name, email from customer',
  )
  const people = customers.flatMap(({ name, email }) => [name, email]).filter((one) => one !== null)
  expect(people.length).toBeGreaterThan(80)
  const shortest = 5
  return [
    ...people.filter((text) => text.length >= shortest),
    ...Object.values(canaries),
    client.key,
    business.masterKey,
    sandbox.stripe.key,
  ]
}

async function askEverything() {
  const { name, email, credential } = canaries
  const values = [name, email, credential].map(encodeURIComponent)
  for (const one of promises('v2')) {
    const path = one.path.replace('{id}', values[0] ?? '')
    const query = one.parameters
      .filter((parameter) => parameter.in === 'query')
      .map((parameter, i) => `${encodeURIComponent(parameter.name)}=${values[i % values.length]}`)
    if (one.method === 'GET') {
      for (const part of ['', ...query, `unknown=${values[1]}`]) await client.get(`${path}?${part}`)
      continue
    }
    for (const body of [canaries, { ...(one.body?.example as object), name, email, credential }]) {
      await client.send(one.method, path, body)
    }
  }
}

describe('the log', () => {
  it('holds nothing of buyers and no secret', async () => {
    await expect.poll(ended('sync complete'), { timeout: 60_000 }).toBeGreaterThan(0)
    await askEverything()
    const { ledgerAccountId } = business
    const path = '/v2/partner_account_connections'
    const wanted = { ledgerAccountId, partnerSource: 'stripe' }
    for (const api_key of [canaries.credential, sandbox.stripe.key, canaries.name]) {
      await client.send('POST', path, { ...wanted, credential: { api_key } })
    }
    await client.get(`/v2/customers?email=${encodeURIComponent(canaries.email)}`)
    await clientWith(api, canaries.credential).get('/v2/customers')
    await client.get(`/v2/${encodeURIComponent(canaries.name)}`)
    for (const fault of ['html_200', 'truncated_json', 'scope_lost', 'retyped_field']) {
      const before = ended('sync ')()
      sandbox.inject({ name: fault, times: 40 })
      await worker.requestSync(await business.connection(), { full: true })
      await expect.poll(ended('sync '), { timeout: 60_000 }).toBeGreaterThan(before)
      sandbox.clearFaults()
    }
    await sleep(50)
    const written = lines.join('')
    expect(lines.length).toBeGreaterThan(200)
    expect(written).toContain('sync ended with failures')
    const found = (await secrets()).filter((secret) => written.includes(secret))
    expect(found).toEqual([])
  }, 240_000)
})
