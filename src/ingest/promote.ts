import { customer } from '../model/customer.ts'
import { recordTypes } from '../model/index.ts'
import { recordId } from '../model/object.ts'
import type { Context } from '../partners/rule.ts'
import type { Database, Executor } from '../store/database.ts'
import { type Decision, type Incoming, readied } from '../store/decide.ts'
import { customersByEmail, hasMergedGuests, hasReadAny, mergedGuests } from '../store/guest.ts'
import { type StoredCustomer, storedCustomers } from '../store/instrument.ts'
import { linkedTo } from '../store/linked.ts'
import { type Outcome, saveIn } from '../store/save.ts'
import { changed, stored } from './through.ts'

/** Guests of one connection that turn out to be customers of the partner's. */
export interface Guests {
  /** The records with links to guests that are known to be somebody else led there. */
  readonly redirected: (records: readonly Incoming[]) => Promise<readonly Incoming[]>
  /** In the transaction of a page: merges guests into customers that have their e-mail address. */
  readonly promote: (tx: Executor, outcome: Outcome, now_ms: number) => Promise<void>
}

const linking = recordTypes.filter((type) => type.attributes.customer_id?.filter)

/** `guest:` and an e-mail address in lower case is how mappings name a guest. */
export function guestIdOf(context: Context, email: string): string {
  return recordId(customer, context, `guest:${email.trim().toLowerCase()}`)
}

/**
 * Keeps the guests of a connection in step with its customers. `streams` are those that bring guests
 * along: before any of them was read there is none, and nobody is looked for. A guest who was once
 * recognised stays that customer: when an older one with the same address comes to be known, when
 * the customer takes another address, and when it is deleted.
 */
export async function newGuests(
  db: Database,
  context: Context,
  streams: readonly string[],
): Promise<Guests> {
  const { ledgerAccountId, partnerAccountConnectionId: connectionId } = context
  const of = { ledgerAccountId, connectionId }
  let known = await hasMergedGuests(db, of)
  let some = await hasReadAny(db, of, streams)
  return {
    async redirected(records) {
      if (!known) return records
      const ids = buyersOf(records.map(({ record }) => record))
      const merged = await mergedGuests(db, ledgerAccountId, ids)
      return merged.size === 0 ? records : records.map((one) => redirect(one, merged))
    },
    async promote(tx, outcome, now_ms) {
      some ||= outcome.changes.some(({ incoming }) => incoming.derived)
      // Under the lock: notifications of the same connection may have brought some meanwhile.
      some ||= await hasReadAny(tx, of, streams)
      if (!some) return
      const found = await recognised(tx, context, outcome.changes)
      const guests = await storedCustomers(tx, ledgerAccountId, [...found.keys()])
      const own = guests.filter(isGuest)
      const merging = new Map(own.map(({ id }) => [id, found.get(id) ?? '']))
      const buyers = buyersOf(outcome.changes.map((d) => d.record))
      const late = buyers.length > 0 ? await mergedGuests(tx, ledgerAccountId, buyers) : new Map()
      if (merging.size === 0 && late.size === 0) return
      known = true
      const records = own.map((row) => merged(row, merging.get(row.id) ?? '', now_ms))
      await saveIn(tx, { ledgerAccountId, records, now_ms })
      await relink(tx, ledgerAccountId, new Map([...merging, ...late]), now_ms)
    },
  }
}

function buyersOf(records: readonly Incoming['record'][]): string[] {
  const ids = records.map(({ customer_id }) => customer_id)
  return [...new Set(ids.filter((id) => typeof id === 'string'))]
}

function redirect(incoming: Incoming, merged: ReadonlyMap<string, string>): Incoming {
  const into = merged.get(String(incoming.record.customer_id))
  if (into === undefined) return incoming
  const { ready: _, ...rest } = incoming
  return readied({ ...rest, record: { ...incoming.record, customer_id: into } })
}

/** Guests by id, and the customer each is: told by customers that changed and guests that came. */
async function recognised(
  tx: Executor,
  context: Context,
  changes: readonly Decision[],
): Promise<Map<string, string>> {
  const { ledgerAccountId, partnerAccountConnectionId: connectionId } = context
  const people = changes.filter(({ incoming, record }) => {
    return incoming.type === customer && record.recordState === 'ACTIVE' && record.email
  })
  const emails = [...new Set(people.map(({ record }) => String(record.email).trim().toLowerCase()))]
  if (emails.length === 0) return new Map()
  const owners = await customersByEmail(tx, { ledgerAccountId, connectionId }, emails)
  return new Map([...owners].map(([email, id]) => [guestIdOf(context, email), id]))
}

function isGuest({ record }: StoredCustomer): boolean {
  const { origin, recordState } = JSON.parse(record) as Incoming['record']
  return origin === 'DERIVED' && recordState === 'ACTIVE'
}

/** A guest that is no longer one: deleted, with the customer it was all along. */
function merged(row: StoredCustomer, into: string, now_ms: number): Incoming {
  return changed(customer, stored(row), {
    recordState: 'DELETED',
    deletedDate: new Date(now_ms).toISOString(),
    deletionEvidence: 'merge',
    mergedInto: into,
  })
}

const relinked_page_max = 1000

/** Leads what hangs on guests to the customers they are. */
async function relink(
  tx: Executor,
  ledgerAccountId: string,
  into: ReadonlyMap<string, string>,
  now_ms: number,
) {
  const ids = [...into.keys()]
  for (const type of linking) {
    const query = { type, ledgerAccountId, column: 'customer_id', ids, unless: null }
    for (let rows = 1; rows > 0; ) {
      // What was led elsewhere is found no more.
      const found = await linkedTo(tx, { ...query, after: '', limit: relinked_page_max })
      rows = found.length
      const records = found.map((row) =>
        changed(type, stored(row), { customer_id: into.get(row.linked) }),
      )
      if (rows > 0) await saveIn(tx, { ledgerAccountId, records, now_ms })
    }
  }
}
