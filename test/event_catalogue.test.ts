// The catalogue in the documents is what is really sent.
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSandbox } from '../sandbox/server.ts'
import { openApiDocument } from '../src/api/openapi.ts'
import { eventsOf, eventText } from '../src/events/event.ts'
import { eventTypes } from '../src/model/event.ts'
import { isTimestamp } from '../src/model/validate.ts'
import type { Version } from '../src/model/versions.ts'
import { type Change, changesOf } from '../src/store/changes.ts'
import { raiseConnectionEvents } from '../src/store/connection_event.ts'
import type { Database } from '../src/store/database.ts'
import { noteStale } from '../src/store/stale.ts'
import { connected } from './business.ts'
import { testDatabase } from './database.ts'

let db: Database
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())

async function feedOf(ledgerAccountId: string): Promise<Change[]> {
  const found: Change[] = []
  for (let after = 0; ; ) {
    const page = await changesOf(db, { ledgerAccountId, after, limit: 1000, types: null })
    found.push(...page.changes)
    if (!page.hasMore) return found
    after = page.nextAfter
  }
}

const raised = (changes: readonly Change[]) => changes.flatMap(({ events }) => events)

describe('what a connection is told about', () => {
  it('is told once each: authorised, read to its end, something to sum up', async () => {
    const sandbox = await startSandbox({ seed: 3, buyers: 30 })
    const business = await connected(db, sandbox, { partner: 'stripe' })
    const { ledgerAccountId } = business
    await business.sync()
    await business.sync()
    const changes = await feedOf(ledgerAccountId)
    const told = ['authorisation.enabled', 'aggregation.completed', 'insights.available']
    expect(raised(changes)).toEqual(told)
    // After the last record that was read, not before.
    const seq = changes.find(({ events }) => events.includes('aggregation.completed'))?.seq ?? 0
    expect(seq).toBeGreaterThan(30)
    await sandbox.stop()
  }, 60_000)

  it('is not that there is something to sum up, at a partner that settles nothing', async () => {
    const sandbox = await startSandbox({ seed: 3, buyers: 20 })
    const business = await connected(db, sandbox, { partner: 'woocommerce' })
    await business.sync()
    const told = ['authorisation.enabled', 'aggregation.completed']
    expect(raised(await feedOf(business.ledgerAccountId))).toEqual(told)
    await sandbox.stop()
  }, 60_000)

  it('is told once that it has become stale, and not that it has recovered', async () => {
    const sandbox = await startSandbox({ seed: 3, buyers: 20 })
    const business = await connected(db, sandbox, { partner: 'woocommerce' })
    await business.sync()
    const { ledgerAccountId, connectionId } = business
    const far_ms = Date.now() + 400 * 86_400_000
    for (const now_ms of [far_ms, far_ms, Date.now(), Date.now()]) await noteStale(db, now_ms)
    const own = (await feedOf(ledgerAccountId)).filter(({ id }) => id === connectionId)
    expect(raised(own).slice(-2)).toEqual(['aggregation.completed', 'connection.stale'])
    await sandbox.stop()
  }, 60_000)

  it('can be told without a change of its record', async () => {
    const sandbox = await startSandbox({ seed: 3, buyers: 20 })
    const business = await connected(db, sandbox, { partner: 'woocommerce' })
    const { ledgerAccountId, connectionId } = business
    const events = ['connection.stale'] as const
    const what = { ledgerAccountId, connectionId, events, now_ms: Date.now() }
    await db.transaction((tx) => raiseConnectionEvents(tx, what))
    const last = (await feedOf(ledgerAccountId)).at(-1)
    expect(last).toMatchObject({ id: connectionId, events, changed: ['streams'] })
    await sandbox.stop()
  }, 60_000)
})

interface Documented {
  readonly webhooks: {
    readonly [type: string]: {
      readonly post: {
        readonly requestBody: {
          readonly content: {
            readonly 'application/json': { readonly schema: object; readonly example: unknown }
          }
        }
      }
    }
  }
}

describe.each(['v1', 'v2'] as const)('the catalogue of %s', (version: Version) => {
  const document = openApiDocument(version) as unknown as Documented
  const ajv = new Ajv2020({ strict: false })
  ajv.addFormat('date-time', { type: 'string', validate: isTimestamp })
  ajv.addFormat('currency', /^[A-Z]{3}$/)
  ajv.addSchema(document as object, 'document')
  const contentOf = (type: string) =>
    document.webhooks[type]?.post.requestBody.content['application/json']
  const checkOf = (type: string) =>
    ajv.compile(
      JSON.parse(
        JSON.stringify(contentOf(type)?.schema).replaceAll('"#/', '"document#/'),
      ) as object,
    )

  it('has every type, with an example that its own schema allows and no other does', () => {
    expect(Object.keys(document.webhooks)).toEqual(eventTypes.map(({ type }) => type))
    for (const [n, { type }] of eventTypes.entries()) {
      expect([type, checkOf(type)(contentOf(type)?.example)]).toEqual([type, true])
      const other = eventTypes[(n + 1) % eventTypes.length]?.type ?? ''
      expect([type, checkOf(type)(contentOf(other)?.example)]).toEqual([type, false])
    }
  })

  it('is what events are told in', async () => {
    const [{ id = '' } = {}] = await db.query<{ id: string }>(
      'select id from ledger_account limit 1',
    )
    const changes = await feedOf(id)
    const types = new Set<string>()
    for (const event of changes.flatMap((change) => eventsOf(id, change))) {
      if (types.has(event.type)) continue
      types.add(event.type)
      const text = eventText(event, { ledgerAccountId: id, mode: 'test', version })
      const check = checkOf(event.type)
      expect([event.type, check(JSON.parse(text)), check.errors]).toEqual([event.type, true, null])
    }
    expect(types.size).toBeGreaterThan(8)
  })
})
