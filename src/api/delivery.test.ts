import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../test/database.ts'
import { type Receiving, startReceiving } from '../../test/notified.ts'
import { newShop, type Shop } from '../../test/world.ts'
import { setNotificationSecret } from '../connect/notification_secret.ts'
import { hmacSha256 } from '../partners/signature.ts'
import { createInstitution } from '../store/api_key.ts'
import type { Database } from '../store/database.ts'
import { masterKeysFrom, newMasterKey } from '../store/seal.ts'

const keys = masterKeysFrom(newMasterKey())
const secret = 'whsec_of_a_test'
let db: Database
/** The same, that can be made to fail. */
let broken = false
let receiving: Receiving
let shop: Shop

beforeAll(async () => {
  db = await testDatabase()
  const failing: Database = {
    ...db,
    query: (...asked) => (broken ? Promise.reject(new Error('gone')) : db.query(...asked)),
  }
  receiving = await startReceiving({ db: failing, keys })
  const institutionId = await createInstitution(db, { name: 'Bank', now_ms: Date.now() })
  shop = await newShop(db, { institutionId })
  const { ledgerAccountId, connectionId } = shop
  const given = { ledgerAccountId, connectionId, secret, now_ms: Date.now() }
  await db.transaction((tx) => setNotificationSecret(tx, keys, given))
})
afterAll(async () => {
  await receiving.stop()
  await db.close()
})

interface Parts {
  readonly event?: object
  readonly text?: string
  readonly age_s?: number
  readonly signature?: string
}

const plain = { id: 'evt_1', object: 'event', type: 'customer.updated', livemode: false }
const about = (id: string) => ({ data: { object: { id, object: 'customer' } } })

async function deliver({ event, text, age_s = 0, signature }: Parts) {
  const body = text ?? JSON.stringify({ ...plain, ...about('cus_1'), ...event })
  const time = Math.floor(Date.now() / 1000) - age_s
  const own = `t=${time},v1=${hmacSha256(secret, [`${time}.${body}`], 'hex')}`
  const url = `${receiving.url}/v2/notifications/stripe/${shop.connectionId}`
  const headers = { 'stripe-signature': signature ?? own, 'content-type': 'text/whatever' }
  const answer = await fetch(url, { method: 'POST', headers, body })
  const json = (await answer.json()) as { outcome?: string; code?: string; param?: string }
  return { answer, status: answer.status, told: json.outcome ?? json.code }
}

const stored = async () =>
  (await db.query<{ id: string }>('select event_id as id from notification order by 1')).map(
    ({ id }) => id,
  )

describe('a delivery', () => {
  it.each([
    ['is too old', { age_s: 301 }, 400, 'bad_notification'],
    ['is from the future', { age_s: -301 }, 400, 'bad_notification'],
    ['is not signed', { signature: '' }, 400, 'bad_notification'],
    ['is of another account', { event: { account: 'acct_other' } }, 400, 'bad_notification'],
    ['is live', { event: { livemode: true } }, 400, 'bad_notification'],
    ['is no JSON', { text: 'id=1' }, 400, 'bad_notification'],
    ['is nested without end', { text: '['.repeat(9_000) }, 400, 'bad_notification'],
    ['is larger than 5 MiB', { text: ' '.repeat(5 * 1024 * 1024 + 1) }, 413, 'body_too_large'],
    ['holds nothing that is read', { event: { object: 'charge' } }, 200, 'nothing'],
  ] as const)('that %s is answered %s, %d', async (_, parts: Parts, status, told) => {
    const reply = await deliver(parts)
    expect([reply.status, reply.told, await stored()]).toEqual([status, told, []])
  })

  it('is refused with when to come again where it cannot be stored', async () => {
    broken = true
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    const { answer, status } = await deliver({})
    broken = false
    expect([status, answer.headers.get('retry-after'), await stored()]).toEqual([503, '2', []])
  })

  it('is stored once, whole, and wakes whoever processes it', async () => {
    expect(await deliver({ event: { livemode: false } })).toMatchObject({
      status: 200,
      told: 'stored',
    })
    expect(await deliver({ event: { livemode: false } })).toMatchObject({ told: 'duplicate' })
    const thin = { id: 'evt_2', object: 'v2.core.event', related_object: { id: 'cus_2' } }
    expect(await deliver({ event: thin })).toMatchObject({ told: 'stored' })
    // An id that no database takes, and one that is none, are told apart by all that came.
    expect(await deliver({ event: { id: 'a\u0000b' } })).toMatchObject({ told: 'stored' })
    expect(await deliver({ event: { id: null } })).toMatchObject({ told: 'stored' })
    const ids = await stored()
    expect(ids.filter((id) => id.startsWith('evt_'))).toEqual(['evt_1', 'evt_2'])
    expect(ids.filter((id) => id.startsWith('sha256 '))).toHaveLength(2)
    expect(receiving.woken).toContain(shop.connectionId)
    expect(await receiving.metrics()).toContain('{partner="stripe",outcome="stored"} 4')
  })
})
