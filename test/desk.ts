import type { ApiOptions } from '../src/api/server.ts'
import { partnerList } from '../src/partners/index.ts'
import { masterKeysFrom, newMasterKey } from '../src/store/seal.ts'
import type { Client } from './world.ts'

/** Where businesses return to in tests of the API: the example of its documents. */
export const return_url = 'https://bank.example.com/connected'

/** A consent page whose partners are the real ones, for tests that ask none of them. */
export function plainDesk(): NonNullable<ApiOptions['desk']> {
  return {
    keys: masterKeysFrom(newMasterKey()),
    partners: partnerList,
    apps: () => null,
    publicUrl: 'https://furrow.example.com',
    simulated: () => null,
    sync: async () => undefined,
  }
}

/** Registers where businesses return to. */
export async function registerReturnUrl(client: Client) {
  const change = { return_urls: [return_url] }
  const { status, text } = await client.send('PATCH', '/v2/auth/consent/settings', change)
  if (status !== 200) throw new Error(text)
}
