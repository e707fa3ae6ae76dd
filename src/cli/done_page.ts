import { changeConsentSettings, consentSettings } from '../store/consent_setting.ts'
import type { Database } from '../store/database.ts'

const path = '/connect/done'

/**
 * Registers a page of the server's own as where businesses return to in test mode, so that consent
 * can be tried without a page of one's own. What was registered otherwise stays.
 */
export async function registerDonePage(
  db: Database,
  { institutionId, url }: { institutionId: string; url: string },
) {
  const whose = { institutionId, mode: 'test' } as const
  const { return_urls: before } = await consentSettings(db, whose)
  const own = `${url}${path}`
  if (before.includes(own)) return
  // The port is another one now and then.
  const others = before.filter((one) => new URL(one).pathname !== path)
  const change = { return_urls: [...others, own] }
  await changeConsentSettings(db, { ...whose, change, now_ms: Date.now() })
}
