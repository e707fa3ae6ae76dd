import { sealSecret } from '../../src/events/secret.ts'
import { newSecret } from '../../src/events/sign.ts'
import type { Database } from '../../src/store/database.ts'
import { insertEndpoint, newEndpointId } from '../../src/store/event_endpoint.ts'
import type { MasterKeys } from '../../src/store/seal.ts'

/** Stores an endpoint that is told everything of an institution's test data. Gives its id. */
export async function newEndpointIn(
  db: Database,
  { keys, institutionId, url }: { keys: MasterKeys; institutionId: string; url: string },
): Promise<string> {
  const id = newEndpointId()
  await db.transaction(async (tx) => {
    const secret = await sealSecret(tx, keys, { of: { id, institutionId }, secret: newSecret() })
    await insertEndpoint(tx, {
      ...{ id, institutionId, mode: 'test', url, types: ['*'], ledgerAccountIds: null },
      ...{ payload: 'thin', version: 'v2', description: null, secret, now_ms: Date.now() },
    })
  })
  return id
}
