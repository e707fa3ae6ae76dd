// Every shell block of the pages for users is run, as it stands, by a shell.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../../sandbox/server.ts'
import { newMasterKey } from '../../src/store/seal.ts'
import { furrow, type Running, startFurrow } from '../furrow.ts'
import { freePort, type PostgresServer, startPostgres } from '../postgres.ts'
import { type Receiver, startReceiver } from '../receiver.ts'
import { pagesIn, shellBlocks } from './pages.ts'
import { openShell } from './shell.ts'
import { filledIn, type Setting } from './values.ts'

const start_timeout_ms = 180_000
const page_timeout_ms = 900_000

/** Pages that begin with a Postgres and nothing in it. */
const from_nothing = ['docs/guide/operating.md', 'docs/guide/scaling.md']
/** Pages with commands that need an installation on Postgres. */
const on_postgres = ['docs/guide/connecting-stripe.md', 'docs/guide/notifications.md']
const pages = ['README.md', 'CONTRIBUTING.md', ...pagesIn('docs/guide')].filter(
  (page) => shellBlocks(page).length > 0,
)
const on_embedded = pages.filter(
  (page) => !from_nothing.includes(page) && !on_postgres.includes(page),
)

let sandbox: Sandbox
let receiver: Receiver
let postgres: PostgresServer
let databases = 0

beforeAll(async () => {
  sandbox = await startSandbox({ buyers: 20, clock: Date.now() })
  receiver = await startReceiver()
  postgres = await startPostgres()
}, start_timeout_ms)

afterAll(async () => {
  await receiver?.close()
  await sandbox?.stop()
  await postgres?.stop()
})

/** An empty database. Gives its URL. */
async function newDatabase(): Promise<string> {
  const client = new pg.Client({ connectionString: postgres.url })
  await client.connect()
  const name = `guide_${databases++}`
  await client.query(`create database ${name}`)
  await client.end()
  return postgres.url.replace(/postgres$/, name)
}

/** A folder in which a reader works, with the files that pages speak of. */
async function newFolder(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'furrow-guide-'))
  const { baseUrl, oracle } = sandbox.partner('stripe')
  const answer = await fetch(`${baseUrl}/v1/customers?limit=1`, {
    headers: { authorization: `Bearer ${oracle.api_key}` },
  })
  const { data } = (await answer.json()) as { data: object[] }
  writeFileSync(join(folder, 'customer.json'), JSON.stringify(data[0]))
  writeFileSync(join(folder, 'key.txt'), `${sandbox.stripe.key}\n`)
  writeFileSync(join(folder, 'secret.txt'), 'whsec_of_a_page\n')
  return folder
}

/** Runs the blocks of a page in one shell. */
async function runPage(page: string, folder: string, given: Given) {
  const { env, ...rest } = given
  const shell = openShell(folder, env)
  const setting: Setting = {
    ...rest,
    sandbox,
    receiver,
    sandboxPort: await freePort(),
    metricsPort: await freePort(),
    database: env.DATABASE_URL ?? '',
    emptyDatabase: newDatabase,
    connect: () => shell.run(connect()),
  }
  try {
    for (const block of shellBlocks(page)) {
      await shell.run(await filledIn(block, setting))
    }
  } finally {
    await shell.close()
  }
}

interface Given extends Pick<Setting, 'port' | 'apiPort' | 'key'> {
  readonly env: { readonly [name: string]: string }
}

/** Connects the simulated Stripe as the page would, with the variables that it has set. */
function connect(): string {
  const { baseUrl } = sandbox.partner('stripe')
  const given = `--key ${sandbox.stripe.key} --base-url ${baseUrl} --institution-account demo`
  return `(unset FURROW_URL; furrow connect stripe ${given})`
}

describe.each([
  ['the embedded database', on_embedded],
  ['Postgres', on_postgres],
] as const)('with `furrow start` on %s, the commands of', (engine, run) => {
  let folder: string
  let running: Running
  const env: { [name: string]: string } = {}

  beforeAll(async () => {
    folder = await newFolder()
    if (engine === 'Postgres') {
      env.DATABASE_URL = await newDatabase()
      env.FURROW_SECRET_KEYS = newMasterKey()
    }
    const args = ['--data', join(folder, '.furrow'), '--port', String(await freePort())]
    running = await startFurrow(args, env)
  }, start_timeout_ms)

  afterAll(async () => {
    await running?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  it.each(run)('%s work', { timeout: page_timeout_ms }, async (page) => {
    const { url, key } = running.ready
    const port = Number(new URL(url).port)
    await runPage(page, folder, { env, port, apiPort: await freePort(), key: async () => key })
  })
})

describe('with an empty Postgres, the commands of', () => {
  it.each(from_nothing)('%s work', { timeout: page_timeout_ms }, async (page) => {
    const folder = await newFolder()
    const env = { DATABASE_URL: await newDatabase(), FURROW_SECRET_KEYS: newMasterKey() }
    let key: Promise<string> | null = null
    const newKey = async () => {
      const all = ['keys', 'create', '--scopes', 'read,write,admin', '--json']
      return JSON.parse((await furrow(all, { env })).stdout).key as string
    }
    const port = await freePort()
    await runPage(page, folder, { env, port, apiPort: port, key: () => (key ??= newKey()) })
    rmSync(folder, { recursive: true, force: true })
  })
})

it('finds their blocks, and the pages that are run apart', () => {
  expect(pages.flatMap(shellBlocks).length).toBeGreaterThan(50)
  expect(pages).toEqual(expect.arrayContaining([...from_nothing, ...on_postgres]))
})
