// One process of several that want the same token at the same moment. Told by its environment what
// to open; answers with the tokens that its callers were given, a line of JSON.
import { currentToken } from '../../src/connect/token.ts'
import { partnerNamed } from '../../src/partners/index.ts'
import { findConnection } from '../../src/store/connection.ts'
import { openDatabase } from '../../src/store/database.ts'
import { masterKeysFrom } from '../../src/store/seal.ts'

interface Told {
  readonly url: string
  readonly schema: string
  readonly masterKey: string
  readonly ledgerAccountId: string
  readonly connectionId: string
  readonly callers: number
  readonly start_ms: number
  readonly ahead_ms: number
}

const told = JSON.parse(process.argv[2] ?? '{}') as Told // the test that starts it wrote it
const db = await openDatabase({ url: told.url, schema: told.schema })
const keys = masterKeysFrom(told.masterKey)
const connection = await findConnection(db, told.ledgerAccountId, told.connectionId)
const partner = partnerNamed(connection?.partnerSource ?? '')
if (!connection || !partner) throw new Error('there is no such connection')
const now = () => Date.now() + told.ahead_ms
await new Promise((resolve) => setTimeout(resolve, told.start_ms - Date.now()))
const tokens = await Promise.all(
  Array.from({ length: told.callers }, () => currentToken({ db, keys, connection, partner, now })),
)
console.log(JSON.stringify(tokens.map((token) => token?.credential.access_token ?? null)))
await db.close()
