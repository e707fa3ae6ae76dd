// Makes many connections, each of a ledger account of its own.

import { streamNames } from '../../src/connect/connect.ts'
import { saveCredential } from '../../src/connect/stored_credential.ts'
import { stripe } from '../../src/partners/stripe/index.ts'
import { createInstitution } from '../../src/store/api_key.ts'
import { saveConnection } from '../../src/store/connection.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { createLedgerAccount } from '../../src/store/ledger_account.ts'
import { migrate } from '../../src/store/migrate.ts'
import { type MasterKeys, masterKeysFrom } from '../../src/store/seal.ts'
import { answerAs } from '../side.ts'

interface Wanted {
  readonly url: string
  readonly masterKey: string
  readonly count: number
  readonly baseUrl: string
  readonly key: string
}

const at_once = 8

answerAs({
  async make({ url, masterKey, count, baseUrl, key }: Wanted) {
    const db = await openDatabase({ url })
    await migrate(db)
    const institutionId = await createInstitution(db, { name: 'Bench', now_ms: Date.now() })
    const accounts: { [connection: string]: string } = {}
    const keys = masterKeysFrom(masterKey)
    let left = count
    const makeSome = async () => {
      while (left-- > 0) {
        const { ledgerAccountId, id } = await makeOne(db, keys, { institutionId, baseUrl, key })
        accounts[id] = ledgerAccountId
      }
    }
    await Promise.all(Array.from({ length: at_once }, makeSome))
    await db.close()
    return accounts
  },
})

async function makeOne(
  db: Database,
  keys: MasterKeys,
  { institutionId, baseUrl, key }: { institutionId: string; baseUrl: string; key: string },
) {
  const now_ms = Date.now()
  const named = { institutionAccountId: null, name: 'Bench', country: 'SE' }
  const account = await createLedgerAccount(db, { institutionId, mode: 'test', ...named, now_ms })
  const ledgerAccountId = (JSON.parse(account) as { id: string }).id
  return db.transaction(async (tx) => {
    const id = await saveConnection(tx, {
      ledgerAccountId,
      partnerSource: stripe.name,
      partnerAccountId: 'acct_bench',
      accountName: 'Bench',
      baseUrl,
      account_created_ms: now_ms,
      streams: streamNames(stripe),
      now_ms,
    })
    const credential = { api_key: key }
    await saveCredential(tx, keys, { ledgerAccountId, connectionId: id, credential })
    return { ledgerAccountId, id }
  })
}
