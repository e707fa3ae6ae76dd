import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { furrow, type Running, spawnFurrow, startFurrow } from '../../test/furrow.ts'
import { type Receiver, startReceiver } from '../../test/receiver.ts'

let running: Running
let receiver: Receiver
const folder = mkdtempSync(join(tmpdir(), 'furrow-listen-'))

beforeAll(async () => {
  receiver = await startReceiver()
  running = await startFurrow(['--no-demo', '--data', folder])
}, 60_000)
afterAll(async () => {
  await running.stop()
  await receiver.close()
  rmSync(folder, { recursive: true, force: true })
})

async function post(path: string, body: object): Promise<{ readonly [name: string]: unknown }> {
  const { url, key } = running.ready
  const headers = { 'x-api-key': key, 'content-type': 'application/json' }
  const answer = await fetch(`${url}${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  })
  expect([answer.status, path]).toEqual([201, path])
  return (await answer.json()) as { readonly [name: string]: unknown }
}

async function until(isSo: () => boolean) {
  const deadline_ms = Date.now() + 20_000
  while (!isSo() && Date.now() < deadline_ms) await new Promise((go) => setTimeout(go, 50))
  expect(isSo()).toBe(true)
}

describe('furrow listen', () => {
  it('prints events as they come, and forwards them signed', async () => {
    await post('/v2/ledger_accounts', { institutionAccountId: 'before' })
    const args = ['listen', '--data', folder, '--forward-to', receiver.url, '--json', '--full']
    const child = spawnFurrow([...args, '--types', 'ledger_account.*'])
    const printed: string[] = []
    const told: string[] = []
    createInterface({ input: child.stdout! }).on('line', (line) => void printed.push(line))
    createInterface({ input: child.stderr! }).on('line', (line) => void told.push(line))
    await until(() => told.some((line) => line.startsWith('Signing secret: whsec_')))
    const made = await post('/v2/ledger_accounts', { institutionAccountId: 'after' })
    await until(() => printed.length > 0)
    child.kill('SIGTERM')
    const secret = told.map((line) => /whsec_\S+/.exec(line)?.[0]).find(Boolean) ?? ''
    const [got] = receiver.received
    if (!got) throw new Error('nothing was forwarded')
    expect(new Webhook(secret).verify(got.text, got.headers)).toEqual(got.event)
    const { forwarded, ...event } = JSON.parse(printed[0] ?? '')
    expect(event).toEqual(got.event)
    expect([forwarded, event.type, event.data.id]).toEqual([
      '200',
      'ledger_account.created',
      made.id,
    ])
    expect(event.data.record).toMatchObject({ institutionAccountId: 'after' })
  }, 60_000)

  it('names the type it does not know, and the URL it cannot use', async () => {
    const wrong = await furrow(['listen', '--data', folder, '--types', 'custmer.*'])
    expect([wrong.status, wrong.stderr]).toEqual([
      2,
      expect.stringMatching(/did you mean customer/),
    ])
    const url = await furrow(['listen', '--data', folder, '--forward-to', 'nowhere'])
    expect([url.status, url.stderr]).toEqual([2, expect.stringMatching(/--forward-to: expected/)])
  }, 60_000)
})

describe('furrow start', () => {
  it('delivers events, to this machine too', async () => {
    receiver.received.length = 0
    await post('/v2/event_endpoints', { url: receiver.url, types: ['ledger_account.created'] })
    await post('/v2/ledger_accounts', { institutionAccountId: 'told' })
    await until(() => receiver.received.length > 0)
    expect(receiver.received[0]?.event.type).toBe('ledger_account.created')
  }, 60_000)
})
