import type { Mode } from '../store/api_key.ts'
import { addAuditEntry } from '../store/audit.ts'
import type { Executor } from '../store/database.ts'

/** A change that the command line made in the database itself, without a server. */
export interface CommandChange {
  readonly institutionId: string
  readonly mode: Mode | null
  readonly operation: string
  readonly object: string
  readonly objectId: string
  readonly ledgerAccountId: string | null
}

/** Keeps the entry of a change, under the name that the API has for it. */
export async function noteCommand(tx: Executor, change: CommandChange) {
  await addAuditEntry(tx, {
    ...change,
    via: 'cli',
    keyId: null,
    keyHint: null,
    requestId: null,
    status: null,
    code: null,
    now_ms: Date.now(),
  })
}
