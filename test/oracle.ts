import { customer } from '../src/model/customer.ts'
import { recordTypes } from '../src/model/index.ts'
import { type ObjectType, recordId } from '../src/model/object.ts'
import { product } from '../src/model/product.ts'
import { withHasMore } from '../src/partners/embedded.ts'
import { draftsOf, type Mapping } from '../src/partners/mapping.ts'
import { start } from '../src/partners/paginate.ts'
import type { Credential, Partner } from '../src/partners/partner.ts'
import type { ListRequest } from '../src/partners/request.ts'
import { type Context, objectOf, type Payload, pathReader } from '../src/partners/rule.ts'
import { referenceId } from '../src/partners/rules.ts'
import { listOf, type Stream } from '../src/partners/stream.ts'
import type { Connection } from '../src/store/connection.ts'
import type { Database } from '../src/store/database.ts'
import { quoted } from '../src/store/table.ts'
import { invariantsBroken } from './invariants.ts'
import { guestsOfTheGone, withInstruments, withoutGuests, withThroughs } from './oracle_links.ts'
import { ask, spansOf, wholeList } from './partner_lists.ts'

export interface OracleOf {
  readonly partner: Partner
  readonly connection: Connection
  /** Opens the same account, and is neither faulted, limited nor logged by the sandbox. */
  readonly credential: Credential
}

export type Values = { readonly [attribute: string]: unknown }

/** What the store should hold, told by the partner's own answers. */
export interface Oracle {
  /** What is wrong with the store, a line each; empty when it is as the partner says. */
  readonly differences: (db: Database) => Promise<string[]>
  /** Records as they are at the partner now, by our id. */
  readonly expected: () => Promise<Map<string, Expected>>
}

export interface Expected {
  readonly type: ObjectType
  readonly values: Values
}

/** It remembers what it has seen, so that it knows what a deleted record last was. */
export function newOracle(of: OracleOf): Oracle {
  const remembered = new Map<string, Expected>()
  const named = new Map<string, Named>()
  const promoted = new Map<string, string>()
  const expected = () => everything(of, named, promoted)
  const goneBefore = async (id: string) => {
    const one = named.get(id)
    return one !== undefined && !remembered.has(id) && isGone(of, one)
  }
  return {
    expected,
    async differences(db) {
      const stored = await storedRecords(db, of.connection)
      for (const [guest, into] of guestsOfTheGone(stored)) promoted.set(guest, into)
      const now = await expected()
      const found = await compared(db, of, { now, remembered })
      for (const [id, one] of now) remembered.set(id, one)
      return [...found, ...(await invariantsBroken(db, of.connection, goneBefore))]
    },
  }
}

/** Every list of the partner's, read to its end and mapped, with what our pages say is derived. */
async function everything(
  of: OracleOf,
  named: Map<string, Named>,
  promoted: Map<string, string>,
): Promise<Map<string, Expected>> {
  const sightings = new Map<string, Sighting[]>()
  const note = (one: Sighting) => {
    const id = String(one.values.id)
    sightings.set(id, [...(sightings.get(id) ?? []), one])
  }
  const parents = new Map<string, string[]>()
  for (const stream of of.partner.streams) {
    const seen = await readStream(of, stream, parents)
    for (const one of seen) for (const name of namedIn(of, one.payload)) named.set(...name)
    for (const one of seen) note(one)
    for (const { type, values, derived } of seen) {
      const name = derived ? `derived ${type.name}` : type.name
      parents.set(name, [...(parents.get(name) ?? []), String(values.partnerRecordId)])
    }
  }
  const records = new Map([...sightings].map(([id, all]) => [id, settled(all)] as const))
  return withInstruments(withoutGuests(withThroughs(records, sightings), promoted))
}

/** A record that a payload names, by the partner's own id. */
interface Named {
  readonly object: string
  readonly partnerRecordId: string
}

/** What partners call a reference to a buyer or a product, at any depth of a payload. */
const references: { readonly [key: string]: ObjectType } = {
  customer,
  customer_id: customer,
  product,
  product_id: product,
  catalog_object_id: product,
}

function namedIn(of: OracleOf, value: unknown): [string, Named][] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const type = Object.hasOwn(references, key) ? references[key] : undefined
    const partnerRecordId = referenceId(inner)
    if (!type || partnerRecordId === null) return namedIn(of, inner)
    const name = { object: type.name, partnerRecordId }
    const own: [string, Named] = [recordId(type, of.connection, partnerRecordId), name]
    return [own, ...namedIn(of, inner)]
  })
}

export interface Sighting {
  readonly payload: Payload
  readonly type: ObjectType
  readonly derived: boolean
  readonly values: Values
  readonly map: Mapping
}

async function readStream(of: OracleOf, stream: Stream, parents: Map<string, string[]>) {
  const { parent } = stream
  if (!parent) {
    const spans = await spansOf(of, stream)
    const lists = await inParallel(spans, (span) =>
      payloadsOf(of, stream, listOf(stream, of.connection.facts), span),
    )
    return mapped(of, stream, lists.flat())
  }
  const derived = parent.ofDerived ? (parents.get(`derived ${parent.object}`) ?? []) : []
  const ids = [...new Set([...(parents.get(parent.object) ?? []), ...derived])]
  const lists = ids.flatMap((id) => parent.lists(id).map((list) => ({ id, list })))
  const parts = await inParallel(lists, async ({ id, list }) =>
    mapped(of, stream, await payloadsOf(of, stream, list), { [parent.as]: id }),
  )
  return parts.flat()
}

/** The rows of a list, each with what the partner leaves out of it. */
async function payloadsOf(
  of: OracleOf,
  stream: Stream,
  list: ListRequest,
  span = start,
): Promise<Payload[]> {
  const { attach = [], embedded = [], parent } = stream
  const found = await wholeList(of, list, parent?.noneOn ?? [], span)
  const rows = found.filter((row) => !stream.isDeleted?.(row))
  return inParallel(rows, async (listed) => {
    const row = stream.summaries ? await wholeOf(of, stream, listed) : listed
    const whole: Record<string, unknown> = { ...row }
    for (const { as, list } of attach) {
      const wanted = list(row)
      if (wanted) whole[as] = await wholeList(of, wanted, [])
    }
    for (const { at, list, form = withHasMore } of embedded) {
      const cut = objectOf(row[at])
      if (cut && form.isCut(cut)) whole[at] = form.whole(cut, await wholeList(of, list(row), []))
    }
    return whole
  })
}

/** What a list gives a summary of. */
async function wholeOf(of: OracleOf, { retrieve, idAt = 'id' }: Stream, row: Payload) {
  const id = String(pathReader(idAt)(row))
  const request = retrieve?.(id, null)
  const found = request && (await ask(of, request))
  if (found?.status !== 200) throw new Error(`oracle: ${request?.path}: ${found?.status}`)
  return found.body as Payload
}

function mapped(
  of: OracleOf,
  { maps }: Stream,
  payloads: readonly Payload[],
  parent?: Context['parent'],
): Sighting[] {
  const { ledgerAccountId, partnerSource, partnerAccountId, id } = of.connection
  const origin = { ledgerAccountId, partnerSource, partnerAccountId }
  const { facts } = of.connection
  const context = {
    ...origin,
    facts,
    partnerAccountConnectionId: id,
    ...(parent ? { parent } : {}),
  }
  return payloads.flatMap((payload) =>
    maps.flatMap((map) =>
      draftsOf(map, payload, context).map((values: Values) => {
        return { payload, type: map.object, derived: map.derived === true, values, map }
      }),
    ),
  )
}

/** Several sightings of one record: the later list tells more, of a guest the newer payment. */
function settled(sightings: readonly Sighting[]): Expected {
  const [first] = sightings as [Sighting]
  const inOrder = first.derived ? [...sightings].sort(byCreation) : sightings
  const values: Record<string, unknown> = {}
  for (const name of Object.keys(first.type.attributes)) {
    const told = inOrder.map((one) => one.values[name]).filter((value) => value !== undefined)
    values[name] = told.at(-1) ?? null
    if (first.derived && name === 'created_date') values[name] = told[0] ?? null
  }
  return { type: first.type, values }
}

function byCreation(a: Sighting, b: Sighting): number {
  return String(a.values.created_date) < String(b.values.created_date) ? -1 : 1
}

interface Seen {
  readonly now: ReadonlyMap<string, Expected>
  readonly remembered: ReadonlyMap<string, Expected>
}

async function compared(db: Database, of: OracleOf, seen: Seen): Promise<string[]> {
  const found: string[] = []
  const stored = await storedRecords(db, of.connection)
  for (const [id, { type, values }] of seen.now) {
    const record = stored.get(id)
    if (!record) found.push(`missing: ${type.name} ${values.partnerRecordId}`)
    else found.push(...unlike(record, { ...values, ...alive }))
  }
  for (const [id, record] of stored) {
    // Statements are of Furrow's own making; test/statements.test.ts adds them up.
    if (seen.now.has(id) || String(record.object).startsWith('billing_invoice')) continue
    found.push(...(await extra(of, record, seen.remembered.get(id))))
  }
  for (const [id, { type, values }] of seen.remembered) {
    if (!stored.has(id)) found.push(`lost: ${type.name} ${values.partnerRecordId}`)
  }
  return found
}

const alive = { recordState: 'ACTIVE', deletedDate: null, deletionEvidence: null }
const ours = new Set(['modifiedDate', 'recordState', 'deletedDate', 'deletionEvidence'])

/** The records of a connection, by id, as they are served. */
export async function storedRecords(db: Database, { ledgerAccountId, id }: Connection) {
  const records = new Map<string, Values>()
  for (const type of recordTypes) {
    const rows = await db.query<{ id: string; record: string }>(
      `select id, record from ${quoted(type.name)}
       where ledger_account_id = $1 and "partnerAccountConnectionId" = $2`,
      [ledgerAccountId, id],
    )
    for (const row of rows) records.set(row.id, JSON.parse(row.record) as Values)
  }
  return records
}

function unlike(record: Values, wanted: Values): string[] {
  const names = Object.keys(wanted).filter(
    (name) =>
      name !== 'modifiedDate' && JSON.stringify(record[name]) !== JSON.stringify(wanted[name]),
  )
  const shown = (value: unknown) => JSON.stringify(value)?.slice(0, 80)
  return names.map(
    (name) =>
      `different: ${record.object} ${record.partnerRecordId} ${name}: ` +
      `expected ${shown(wanted[name])}, got ${shown(record[name])}`,
  )
}

/** A record that is in no list must be deleted, be gone at the partner, and be as it last was. */
async function extra(of: OracleOf, record: Values, last: Expected | undefined): Promise<string[]> {
  const name = `${record.object} ${record.partnerRecordId}`
  if (record.recordState !== 'DELETED') {
    // What is beyond the reach of its list is kept as it last was.
    const forgets = of.partner.streams.some(({ reach_ms, retrieve, maps }) => {
      return reach_ms && retrieve && maps[0]?.object.name === record.object
    })
    return forgets && !(await isGone(of, record)) ? [] : [`extra: ${name}`]
  }
  if (!record.deletionEvidence || !record.deletedDate) return [`without evidence: ${name}`]
  if (record.deletionEvidence === 'merge') return record.mergedInto ? [] : [`merged: ${name}`]
  if (!(await isGone(of, record))) return [`deleted though it exists: ${name}`]
  if (!last) return []
  const before = Object.entries(last.values).filter(([attribute]) => !ours.has(attribute))
  // What it last was may have changed once more before it was deleted; its identity cannot.
  const kept = before.filter(([attribute]) => identity.has(attribute))
  return unlike(record, Object.fromEntries(kept))
}

const identity = new Set(['object', 'id', 'partnerRecordId', 'created_date', 'customer_id'])

async function isGone(
  of: OracleOf,
  record: { readonly object?: unknown; readonly partnerRecordId?: unknown },
): Promise<boolean> {
  const id = String(record.partnerRecordId)
  for (const stream of of.partner.streams) {
    const [main] = stream.maps
    if (!stream.retrieve || main?.object.name !== record.object) continue
    if (stream.owns && !stream.owns(id, null)) continue
    const request = stream.retrieve(id, null)
    const { status, body } = await ask(of, request)
    const found = request.at === undefined ? body : pathReader(request.at)(body)
    if (status !== 200 || found === null || stream.isDeleted?.(found as Payload)) continue
    // A record that was merged is answered for by the one that it became.
    const answered = referenceId(pathReader(stream.idAt ?? 'id')(found))
    if (stream.answersMerged && answered !== id) continue
    return false
  }
  return true
}

const parallel_max = 8

async function inParallel<A, B>(items: readonly A[], work: (item: A) => Promise<B>): Promise<B[]> {
  const results: B[] = new Array(items.length)
  let next = 0
  const worker = async () => {
    for (let i = next++; i < items.length; i = next++) results[i] = await work(items[i] as A)
  }
  await Promise.all(Array.from({ length: Math.min(parallel_max, items.length) }, worker))
  return results
}
