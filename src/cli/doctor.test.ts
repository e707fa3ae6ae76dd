import { chmodSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { startSandbox } from '../../sandbox/server.ts'
import { furrow, temporaryFolder } from '../../test/furrow.ts'
import { type PostgresServer, startPostgres } from '../../test/postgres.ts'
import { connectAccount } from '../connect/connect.ts'
import { stripe } from '../partners/stripe/index.ts'
import { createInstitution, createKey, keyScopes } from '../store/api_key.ts'
import { setStatus } from '../store/connection.ts'
import { type Database, openDatabase } from '../store/database.ts'
import { createLedgerAccount } from '../store/ledger_account.ts'
import { migrate } from '../store/migrate.ts'
import { masterKeysFrom, newMasterKey } from '../store/seal.ts'
import { resetWatermark, setStreamState } from '../store/segment.ts'
import { clockFinding, versionFinding } from './doctor/database.ts'
import type { Finding } from './doctor/finding.ts'
import { nodeFinding } from './doctor/folder.ts'

interface Answer {
  readonly status: number | null
  readonly findings: readonly Finding[]
  readonly of: (check: string) => Finding | undefined
}

async function doctor(
  env: Readonly<Record<string, string>>,
  args: readonly string[] = ['--data', temporaryFolder()],
): Promise<Answer> {
  const { status, stdout } = await furrow(['doctor', '--json', ...args], { env })
  const { findings } = JSON.parse(stdout) as { findings: Finding[] }
  return { status, findings, of: (check) => findings.find((one) => one.check.startsWith(check)) }
}

const masterKey = newMasterKey()

describe('furrow doctor on a machine', () => {
  it('finds nothing wrong with an empty folder', async () => {
    const { status, findings } = await doctor({})
    expect(findings.map(({ state }) => state)).not.toContain('wrong')
    expect(status).toBe(0)
  })

  it('finds a Node that is too old', () => {
    expect(nodeFinding('22.11.0')).toMatchObject({
      state: 'wrong',
      fix: expect.stringMatching(/24/),
    })
    expect(nodeFinding('24.0.0').state).toBe('ok')
  })

  it('finds a folder that cannot be written', async () => {
    const file = join(temporaryFolder(), 'file')
    writeFileSync(file, '')
    const { status, of } = await doctor({}, ['--data', join(file, 'inside')])
    expect(of('folder')).toMatchObject({ state: 'wrong', fix: expect.stringMatching(/--data/) })
    expect(status).toBe(1)
  })

  it('finds a folder that another process holds without serving', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'furrow.pid'), String(process.pid))
    const { of } = await doctor({}, ['--data', folder])
    expect(of('lock')).toMatchObject({ state: 'wrong', fix: expect.stringMatching(/kill \d+/) })
  })

  it('finds a master key that is too short', async () => {
    const { status, of } = await doctor({ FURROW_SECRET_KEYS: 'c2hvcnQ=' })
    expect(of('master key')).toMatchObject({
      state: 'wrong',
      found:
        'FURROW_SECRET_KEYS: master key 1: expected 32 bytes in base64, got 5 bytes: make one with openssl rand -base64 32',
    })
    expect(status).toBe(1)
  })

  it('finds a master key file that others can read', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'master.key'), masterKey)
    chmodSync(join(folder, 'master.key'), 0o644)
    const { of } = await doctor({}, ['--data', folder])
    expect(of('master key')).toMatchObject({
      state: 'warning',
      fix: expect.stringMatching(/^chmod 600/),
    })
  })

  it('finds a port that is taken', async () => {
    const taken = createServer()
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void taken.close())
    const { port } = taken.address() as { port: number }
    const { of } = await doctor({}, ['--data', temporaryFolder(), '--port', String(port)])
    expect(of('port')).toMatchObject({ state: 'wrong', fix: 'give another one with --port' })
  })

  it('finds a Postgres that is too old', () => {
    expect(versionFinding(140_011)).toMatchObject({
      state: 'wrong',
      found: 'Postgres 14 is too old',
    })
    expect(versionFinding(150_000).state).toBe('ok')
  })

  it.each([
    [6_000, 'wrong', /behind/],
    [-6_000, 'wrong', /ahead of/],
    [900, 'ok', /within/],
  ])('judges clocks that are %d ms apart', (skew_ms, state, found) => {
    expect(clockFinding(skew_ms)).toMatchObject({ state, found: expect.stringMatching(found) })
  })

  it('finds a Postgres that does not answer, and hides its password', async () => {
    const { status, of } = await doctor({
      DATABASE_URL: 'postgres://furrow:hidden@127.0.0.1:1/furrow',
      FURROW_SECRET_KEYS: masterKey,
    })
    expect(of('database')).toMatchObject({
      state: 'wrong',
      found: expect.stringMatching(/no Postgres/),
    })
    expect(of('database')?.found).not.toContain('hidden')
    expect(status).toBe(1)
  })
})

describe('furrow doctor on a database', () => {
  let postgres: PostgresServer
  let db: Database
  let url: string
  let databases = 0

  beforeAll(async () => {
    postgres = await startPostgres()
  })
  afterAll(() => postgres.stop())
  beforeEach(async () => {
    const admin = await openDatabase({ url: postgres.url })
    const name = `doctor_${databases++}`
    await admin.query(`create database ${name}`)
    await admin.close()
    url = postgres.url.replace(/\/postgres$/, `/${name}`)
    db = await openDatabase({ url })
    return () => db.close()
  })

  const examine = (keys = masterKey) => doctor({ DATABASE_URL: url, FURROW_SECRET_KEYS: keys })

  async function connected() {
    await migrate(db)
    const sandbox = await startSandbox({ buyers: 0 })
    onTestFinished(sandbox.stop)
    const now_ms = Date.now()
    const institutionId = await createInstitution(db, { name: 'Bank', now_ms })
    const account = { institutionId, mode: 'test', institutionAccountId: null } as const
    const made = await createLedgerAccount(db, {
      ...account,
      name: 'Garden',
      country: 'SE',
      now_ms,
    })
    const ledgerAccountId = (JSON.parse(made) as { id: string }).id
    const connectionId = await connectAccount(db, masterKeysFrom(masterKey), {
      ledgerAccountId,
      mode: 'test',
      partner: stripe,
      credential: { api_key: sandbox.stripe.key },
      baseUrl: sandbox.stripe.baseUrl,
      now_ms,
    })
    return { institutionId, ledgerAccountId, connectionId }
  }

  it('finds migrations that have not run', async () => {
    const { status, of } = await examine()
    expect(of('tables')).toMatchObject({ state: 'wrong', fix: 'run furrow migrate' })
    expect(status).toBe(1)
  })

  it('finds that there is no key yet, and none once there is', async () => {
    await migrate(db)
    expect((await examine()).of('api keys')).toMatchObject({
      state: 'warning',
      fix: 'make one with furrow keys create',
    })
    const now_ms = Date.now()
    const institutionId = await createInstitution(db, { name: 'Bank', now_ms })
    await createKey(db, { institutionId, mode: 'test', scopes: keyScopes, now_ms })
    expect((await examine()).of('api keys')?.state).toBe('ok')
  })

  it('finds that no master key was given', async () => {
    await migrate(db)
    const { of } = await doctor({ DATABASE_URL: url })
    expect(of('master key')).toMatchObject({
      state: 'wrong',
      fix: expect.stringMatching(/openssl/),
    })
  })

  it('finds that stored credentials need another master key', async () => {
    await connected()
    expect((await examine()).of('stored credentials')?.state).toBe('ok')
    const { status, of } = await examine(newMasterKey())
    expect(of('stored credentials')).toMatchObject({
      state: 'wrong',
      fix: expect.stringMatching(/FURROW_SECRET_KEYS/),
    })
    expect(status).toBe(1)
  })

  it.each(['Lost Connection', 'Not Authorised'] as const)('finds a %s', async (lost) => {
    const { ledgerAccountId, connectionId } = await connected()
    const reason = '401: Invalid API Key'
    const change = { ledgerAccountId, id: connectionId, reason, now_ms: Date.now() }
    await setStatus(db, { ...change, status: lost })
    const { status, of } = await examine()
    expect(of(`connection ${connectionId}`)).toMatchObject({
      state: 'wrong',
      found: `${lost}: ${reason}`,
      fix: expect.stringMatching(/furrow connect stripe/),
    })
    expect(status).toBe(1)
  })

  it('finds a stream that failed and one that is late', async () => {
    const { ledgerAccountId, connectionId } = await connected()
    const key = { ledgerAccountId, connectionId, stream: 'customers' }
    await setStreamState(db, { key, state: 'failed', reason: 'BadAnswer: not JSON' })
    await resetWatermark(db, { ...key, stream: 'payments' }, Date.now() - 3 * 3_600_000)
    const { of } = await examine()
    const name = `connection ${connectionId}, stream`
    expect(of(`${name} customers`)).toMatchObject({
      state: 'wrong',
      found: 'failed: BadAnswer: not JSON',
    })
    expect(of(`${name} payments`)).toMatchObject({ state: 'wrong', found: 'is 180 minutes behind' })
    expect(of(`${name} refunds`)).toBeUndefined()
  })
})
