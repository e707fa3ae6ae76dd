// Long lists at a partner that writes them into files.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../sandbox/server.ts'
import { graphql_path } from '../src/partners/shopify/documents.ts'
import type { Database } from '../src/store/database.ts'
import { connected } from './business.ts'
import { testDatabase } from './database.ts'

const started: Sandbox[] = []
let db: Database

beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())
afterEach(async () => {
  for (const sandbox of started.splice(0)) await sandbox.stop()
})

async function shopOf(buyers: number) {
  const sandbox = await startSandbox({ seed: 71, buyers })
  started.push(sandbox)
  return { sandbox, business: await connected(db, sandbox, { partner: 'shopify' }) }
}

function asked(sandbox: Sandbox) {
  const paths = sandbox.requests().map(({ path }) => path)
  return {
    files: paths.filter((path) => path.startsWith('/files/')).length,
    documents: paths.filter((path) => path === graphql_path).length,
  }
}

describe('a shop with long lists', () => {
  it('is read from files, as its lists say it', async () => {
    const { sandbox, business } = await shopOf(80)
    expect(await business.sync()).toEqual({ failed: [] })
    expect(asked(sandbox).files).toBeGreaterThan(0)
    expect(await business.oracle.differences(db)).toEqual([])
  })

  it('is read from files again when it is verified, and page by page in between', async () => {
    const { sandbox, business } = await shopOf(60)
    await business.sync()
    sandbox.clearRequests()
    sandbox.advance(3_600_000)
    await business.sync()
    expect(asked(sandbox)).toMatchObject({ files: 0 })
    expect(asked(sandbox).documents).toBeGreaterThan(0)
    sandbox.advance(25 * 3_600_000)
    await business.sync()
    expect(asked(sandbox).files).toBeGreaterThan(0)
    expect(await business.oracle.differences(db)).toEqual([])
  })

  it.each(['reset_mid_body', 'error_503_seconds', 'error_500'])(
    'goes on where %s broke off the file',
    async (fault) => {
      const { sandbox, business } = await shopOf(80)
      sandbox.inject({ name: fault, partner: 'shopify', path: '/files/*', times: 1 })
      await business.sync({ patience_ms: 1 })
      sandbox.clearFaults()
      expect(await business.sync()).toEqual({ failed: [] })
      expect(await business.oracle.differences(db)).toEqual([])
    },
  )

  it('has no file for who does not know its address', async () => {
    const { sandbox } = await shopOf(5)
    const { baseUrl } = sandbox.partner('shopify')
    const answer = await fetch(`${baseUrl}/files/guessed.jsonl`)
    expect(answer.status).toBe(401)
  })
})
