import { customer } from '../model/customer.ts'
import { external_account } from '../model/external_account.ts'
import type { Mapping } from '../partners/mapping.ts'
import type { Context, Payload } from '../partners/rule.ts'
import type { Executor } from '../store/database.ts'
import type { Decision, Incoming } from '../store/decide.ts'
import { newestInstruments, type StoredCustomer, storedCustomers } from '../store/instrument.ts'
import { type Outcome, saveIn } from '../store/save.ts'

/** Whether a customer's payload names the default instrument itself. */
export type NamesInstrument = (payload: string | null) => boolean

interface Derivation {
  readonly ledgerAccountId: string
  readonly outcome: Outcome
  readonly namesInstrument: NamesInstrument
  readonly now_ms: number
}

/** Asks the partner's own mapping of customers. */
export function namesInstrumentBy(maps: readonly Mapping[], context: Context): NamesInstrument {
  const own = maps.filter((map) => map.object.name === customer.name && !map.derived)
  return (payload) => {
    if (payload === null) return false
    const parsed = JSON.parse(payload) as Payload
    const drafts = own.map((map) => map.read(parsed, context))
    return drafts.some(
      (draft) =>
        draft !== null && 'external_account_id' in draft && Boolean(draft.external_account_id),
    )
  }
}

/**
 * Fills links that no payload carries, in the same transaction and as a visible change: a customer
 * whose partner names no default instrument gets the newest active one that we know.
 */
export async function deriveLinks(tx: Executor, derivation: Derivation) {
  const { ledgerAccountId, outcome, now_ms, namesInstrument } = derivation
  const silent = outcome.seen.filter(isSilent)
  const owners = outcome.changes.flatMap(ownersNamed)
  if (silent.length === 0 && owners.length === 0) return
  const ids = [...new Set([...silent.map((d) => d.incoming.id), ...owners])]
  const newest = await newestInstruments(tx, ledgerAccountId, ids)
  // Without an instrument and without a link there is nothing to fill and nothing to take back.
  const linked = silent.filter((d) => d.record.external_account_id).map((d) => d.incoming.id)
  const affected = [...new Set([...newest.keys(), ...linked, ...owners])]
  if (affected.length === 0) return
  const stored = await storedCustomers(tx, ledgerAccountId, affected)
  const records = stored
    .filter((row) => !namesInstrument(row.payload))
    .flatMap((row) => relinked(row, newest.get(row.id) ?? null))
  if (records.length > 0) await saveIn(tx, { ledgerAccountId, records, now_ms })
}

function isSilent({ incoming }: Decision): boolean {
  return incoming.type === customer && incoming.record.external_account_id === undefined
}

/** Customers that an instrument of the page belongs to, or belonged to before. */
function ownersNamed({ incoming, record, superseded }: Decision): string[] {
  if (incoming.type !== external_account) return []
  const before = superseded === null ? null : (JSON.parse(superseded) as Decision['record'])
  return [record.customer_id, before?.customer_id].filter((id) => typeof id === 'string')
}

function relinked(row: StoredCustomer, instrument: string | null): Incoming[] {
  const record = JSON.parse(row.record) as Incoming['record']
  if (record.external_account_id === instrument || record.recordState === 'DELETED') return []
  // A guest has nothing on file; a payer whom the partner knows by an id may.
  if (record.origin === 'DERIVED' && String(record.partnerRecordId).startsWith('guest:')) return []
  const changed = { ...record, external_account_id: instrument, modifiedDate: null }
  const { id, stamp, mappingVersion } = row
  return [{ type: customer, id, record: changed, payload: null, mappingVersion, stamp }]
}
