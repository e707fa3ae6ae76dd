import type { Executor } from '../store/database.ts'
import type { SealedEndpoint } from '../store/event_endpoint.ts'
import { type MasterKeys, seal, unseal } from '../store/seal.ts'

type Of = Pick<SealedEndpoint, 'id' | 'institutionId'>

/** Seals an endpoint's secret under a data key of its institution's own. */
export function sealSecret(
  tx: Executor,
  keys: MasterKeys,
  { of, secret }: { of: Of; secret: string },
): Promise<string> {
  return seal(tx, keys, { ledgerAccountId: of.institutionId, place: placeOf(of), value: secret })
}

/** The secrets that sign at a moment: the present one, and for a while the one before. */
export async function secretsOf(
  db: Executor,
  keys: MasterKeys,
  { endpoint, now_ms }: { endpoint: SealedEndpoint; now_ms: number },
): Promise<string[]> {
  const { institutionId: ledgerAccountId, secret, previous_secret, previous_until } = endpoint
  const overlaps = previous_until !== null && Date.parse(previous_until) > now_ms
  const stored = overlaps && previous_secret !== null ? [secret, previous_secret] : [secret]
  const place = placeOf(endpoint)
  return Promise.all(stored.map((sealed) => unseal(db, keys, { ledgerAccountId, place, sealed })))
}

/** The present and the former secret stand at one place, as one becomes the other. */
function placeOf({ id }: Of) {
  return { table: 'event_endpoint', row: id, column: 'secret' }
}
