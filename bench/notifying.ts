import { connectAccount } from '../src/connect/connect.ts'
import { setNotificationSecret } from '../src/connect/notification_secret.ts'
import { hmacSha256 } from '../src/partners/signature.ts'
import { stripe } from '../src/partners/stripe/index.ts'
import { createInstitution, createKey } from '../src/store/api_key.ts'
import { type Database, openDatabase } from '../src/store/database.ts'
import { createLedgerAccount } from '../src/store/ledger_account.ts'
import { migrate } from '../src/store/migrate.ts'
import { masterKeysFrom, newMasterKey } from '../src/store/seal.ts'
import type { Double } from './servers.ts'

/** A business whose account at the double is connected, and that hears from it. */
export interface Notified {
  readonly db: Database
  readonly masterKey: string
  readonly apiKey: string
  readonly ledgerAccountId: string
  readonly partnerAccountId: string
  readonly connectionId: string
  readonly secret: string
}

export const secret = 'whsec_of_the_benchmark'

/** Makes a business in a database of its own and connects it to the double. */
export async function notifiedBusiness(url: string, double: Double): Promise<Notified> {
  const db = await openDatabase({ url })
  await migrate(db)
  const masterKey = newMasterKey()
  const keys = masterKeysFrom(masterKey)
  const now_ms = Date.now()
  const institutionId = await createInstitution(db, { name: 'Bench', now_ms })
  const wanted = { institutionId, mode: 'test', institutionAccountId: null } as const
  const text = await createLedgerAccount(db, { ...wanted, name: 'Shop', country: 'SE', now_ms })
  const ledgerAccountId = (JSON.parse(text) as { id: string }).id
  const { baseUrl, credential, accountId } = double.partners.stripe as PartnerOfDouble // it is there
  const connect = { ledgerAccountId, mode: 'test', partner: stripe, credential, baseUrl } as const
  const connectionId = await connectAccount(db, keys, { ...connect, now_ms })
  await db.transaction((tx) =>
    setNotificationSecret(tx, keys, { ledgerAccountId, connectionId, secret, now_ms }),
  )
  const scopes = ['read', 'write'] as const
  const made = await createKey(db, { institutionId, mode: 'test', scopes, now_ms })
  const partnerAccountId = accountId
  const apiKey = made.key
  return { db, masterKey, apiKey, ledgerAccountId, partnerAccountId, connectionId, secret }
}

interface PartnerOfDouble {
  readonly baseUrl: string
  readonly credential: { readonly [field: string]: string }
  readonly accountId: string
}

/** An event about a customer, as Stripe would deliver it. */
export function deliveryOf(eventId: string, customer: string): Signed {
  const created = Math.floor(Date.now() / 1000)
  const body = JSON.stringify({
    id: eventId,
    object: 'event',
    type: 'customer.created',
    created,
    livemode: false,
    data: { object: { id: customer, object: 'customer', created, livemode: false } },
  })
  const signature = hmacSha256(secret, [`${created}.${body}`], 'hex')
  const headers = {
    'content-type': 'application/json',
    'stripe-signature': `t=${created},v1=${signature}`,
  }
  return { body, headers }
}

interface Signed {
  readonly body: string
  readonly headers: { readonly [name: string]: string }
}

/** Calls `work` so many times a second for a while, whether or not the calls before have ended. */
export async function atRate(
  { per_second, seconds }: { readonly per_second: number; readonly seconds: number },
  work: (i: number) => Promise<void>,
): Promise<void> {
  const began = performance.now()
  const all: Promise<void>[] = []
  const total = per_second * seconds
  while (all.length < total) {
    const due = Math.min(total, Math.ceil(((performance.now() - began) / 1000) * per_second))
    while (all.length < due) all.push(work(all.length))
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  await Promise.all(all)
}

/** The value that 99 of a hundred stay below. */
export function p99(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.99))] ?? Number.NaN
}
