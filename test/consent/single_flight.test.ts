// G9: a hundred callers in each of four processes want a token that has ended; it is refreshed once.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../../sandbox/server.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { migrate } from '../../src/store/migrate.ts'
import { masterKeysFrom, newMasterKey } from '../../src/store/seal.ts'
import { newLedgerAccount } from '../business.ts'
import { type PostgresServer, startPostgres } from '../postgres.ts'
import { connectGranted } from './granted.ts'

const run = promisify(execFile)
const processes = 4
const callers = 100
const schema = 'single_flight'
const start_after_ms = 6000

let server: PostgresServer
let db: Database
let sandbox: Sandbox

beforeAll(async () => {
  server = await startPostgres()
  db = await openDatabase({ url: server.url, schema })
  await migrate(db)
  sandbox = await startSandbox({ buyers: 5, clock: Date.now() })
})
afterAll(async () => {
  await sandbox?.stop()
  await db?.close()
  await server?.stop()
})

describe('a token that has ended', () => {
  it.each(['shopify', 'paypal'] as const)(
    `of %s is refreshed once for ${callers} callers in each of ${processes} processes`,
    async (name) => {
      const masterKey = newMasterKey()
      const keys = masterKeysFrom(masterKey)
      const ledgerAccountId = await newLedgerAccount(db)
      const { connection } = await connectGranted({ db, keys, sandbox, ledgerAccountId }, name)
      sandbox.clearRequests()
      const told = {
        ...{ url: server.url, schema, masterKey, ledgerAccountId, callers },
        connectionId: connection.id,
        start_ms: Date.now() + start_after_ms,
        ahead_ms: 8 * 3_600_000,
      }
      const script = new URL('./refresher.ts', import.meta.url).pathname
      const ended = await Promise.all(
        Array.from({ length: processes }, () =>
          run(process.execPath, [script, JSON.stringify(told)]),
        ),
      )
      const tokens = ended.flatMap(({ stdout }) => JSON.parse(stdout) as string[])
      const asked = sandbox.requests().filter(({ body }) => body.includes('refresh_token'))
      expect([tokens.length, new Set(tokens).size, asked.length]).toEqual([
        processes * callers,
        1,
        1,
      ])
    },
    120_000,
  )
})
