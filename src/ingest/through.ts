import { objectNamed } from '../model/index.ts'
import type { ObjectType } from '../model/object.ts'
import type { Mapping } from '../partners/mapping.ts'
import { isRule } from '../partners/rule.ts'
import type { Executor } from '../store/database.ts'
import { type Decision, type Incoming, readied } from '../store/decide.ts'
import { type LinkedRecord, linkedTo, toldBy } from '../store/linked.ts'
import { type Outcome, saveIn } from '../store/save.ts'

/** An attribute that a partner tells only of another record, and the links that lead there. */
export interface Through {
  readonly type: ObjectType
  readonly attribute: string
  readonly links: readonly string[]
}

/** What a partner's mappings leave to be filled through links. */
export function throughsOf(maps: readonly Mapping[]): readonly Through[] {
  const found = maps.flatMap((map) =>
    Object.entries(map.rules).flatMap(([attribute, rule]) =>
      isRule(rule) && rule.through ? [{ type: map.object, attribute, links: rule.through }] : [],
    ),
  )
  const byName = new Map(found.map((one) => [`${one.type.name} ${one.attribute}`, one]))
  return [...byName.values()]
}

/**
 * Records as they are on their way in, with what is already told by the records that they lead to:
 * so they are written once. What is still missing is filled when it comes, under the lock.
 */
export async function filledBefore(
  db: Executor,
  { ledgerAccountId, throughs }: Pick<Filling, 'ledgerAccountId' | 'throughs'>,
  records: readonly Incoming[],
): Promise<readonly Incoming[]> {
  const filled = new Map<Incoming, Incoming>()
  for (const one of throughs) {
    const silent = records.filter(
      ({ type, record }) => type === one.type && record[one.attribute] === undefined,
    )
    for (const [incoming, value] of await answers(db, ledgerAccountId, one, silent)) {
      const before = filled.get(incoming) ?? incoming
      const record = { ...before.record, [one.attribute]: value }
      filled.set(incoming, readied({ ...before, record }))
    }
  }
  return filled.size === 0 ? records : records.map((one) => filled.get(one) ?? one)
}

interface Filling {
  readonly ledgerAccountId: string
  readonly outcome: Outcome
  readonly throughs: readonly Through[]
  readonly now_ms: number
}

/** A refund leads to its payment, the payment to its mandate, the mandate to the customer. */
const links_followed_max = 4

/**
 * Fills what records tell only through others, in the same transaction and as a visible change:
 * from what is stored when a record arrives, and into what waits for it when the other one does.
 */
export async function fillThrough(tx: Executor, filling: Filling) {
  const { ledgerAccountId, throughs, now_ms } = filling
  let changes = filling.outcome.changes
  for (let step = 0; step < links_followed_max && changes.length > 0; step++) {
    const filled = new Map<string, Incoming>()
    for (const one of throughs) {
      for (const record of await arriving(tx, ledgerAccountId, one, changes)) {
        filled.set(record.id, record)
      }
      for (const record of await awaited(tx, ledgerAccountId, one, changes)) {
        filled.set(record.id, record)
      }
    }
    if (filled.size === 0) return
    const outcome = await saveIn(tx, { ledgerAccountId, records: [...filled.values()], now_ms })
    changes = outcome.changes
  }
}

/** Records that came without it, and whose links lead to a record that is there. */
async function arriving(
  tx: Executor,
  ledgerAccountId: string,
  one: Through,
  changes: readonly Decision[],
): Promise<Incoming[]> {
  const { type, attribute } = one
  const silent = changes
    .filter((d) => d.incoming.type === type && d.record[attribute] === null)
    .map(({ incoming, record }) => ({ ...incoming, record }))
  const told = await answers(tx, ledgerAccountId, one, silent)
  return [...told].map(([known, value]) => changed(type, known, { [attribute]: value }))
}

/** What the records say that these lead to: of each the first that says anything. */
async function answers<K extends Pick<Incoming, 'record'>>(
  tx: Executor,
  ledgerAccountId: string,
  { type, attribute, links }: Through,
  silent: readonly K[],
): Promise<Map<K, string>> {
  const found = new Map<K, string>()
  for (const link of links) {
    const asking = silent.filter((one) => one.record[link] && !found.has(one))
    if (asking.length === 0) continue
    const ids = [...new Set(asking.map(({ record }) => String(record[link])))]
    const target = targetOf(type, link)
    const told = await toldBy(tx, { type: target, ledgerAccountId, column: attribute, ids })
    for (const one of asking) {
      const value = told.get(String(one.record[link]))
      if (value !== undefined) found.set(one, value)
    }
  }
  return found
}

/** Records that are looked up at a time. */
const awaited_page_max = 1000

/** Stored records that wait for one that has now arrived, or that go on with one that has changed. */
async function awaited(
  tx: Executor,
  ledgerAccountId: string,
  { type, attribute, links }: Through,
  changes: readonly Decision[],
): Promise<Incoming[]> {
  const found: Incoming[] = []
  for (const link of links) {
    const target = targetOf(type, link)
    const told = new Map(
      changes
        .filter((d) => d.incoming.type === target)
        .map((d) => [d.incoming.id, { is: d.record[attribute] ?? null, was: was(d, attribute) }]),
    )
    const query = { type, ledgerAccountId, column: link, limit: awaited_page_max }
    const arrived = idsOf(told, ({ is, was }) => is !== null && was === null)
    const moved = idsOf(told, ({ is, was }) => was !== null && was !== is)
    for await (const row of rowsOf(tx, { ...query, ids: arrived, unless: attribute })) {
      found.push(changed(type, stored(row), { [attribute]: told.get(row.linked)?.is }))
    }
    for await (const row of rowsOf(tx, { ...query, ids: moved, unless: null })) {
      const known = stored(row)
      const { is = null, was } = told.get(row.linked) ?? {}
      // What an earlier link told, or the record itself, is not this one's to change.
      if (known.record[attribute] === was) found.push(changed(type, known, { [attribute]: is }))
    }
  }
  return found
}

interface Told {
  readonly is: unknown
  readonly was: unknown
}

function was({ superseded }: Decision, attribute: string): unknown {
  return superseded === null ? null : (JSON.parse(superseded)[attribute] ?? null)
}

function idsOf(told: ReadonlyMap<string, Told>, is: (told: Told) => boolean): string[] {
  return [...told].filter(([, one]) => is(one)).map(([id]) => id)
}

async function* rowsOf(tx: Executor, query: Omit<Parameters<typeof linkedTo>[1], 'after'>) {
  if (query.ids.length === 0) return
  for (let after = ''; ; ) {
    const rows = await linkedTo(tx, { ...query, after })
    yield* rows
    if (rows.length < query.limit) return
    after = rows.at(-1)?.id ?? ''
  }
}

function targetOf(type: ObjectType, link: string): ObjectType {
  return objectNamed(type.attributes[link]?.targets[0] ?? '')
}

type Known = Pick<Incoming, 'id' | 'record' | 'stamp' | 'mappingVersion'>

/** A stored record as one that can be saved again. */
export function stored({ id, record, stamp, mappingVersion }: LinkedRecord): Known {
  return { id, record: JSON.parse(record) as Incoming['record'], stamp, mappingVersion }
}

/** The same record with other links: its payload and its age stay. */
export function changed(
  type: ObjectType,
  { id, record, stamp, mappingVersion }: Known,
  links: { readonly [attribute: string]: unknown },
): Incoming {
  const filled = { ...record, ...links, modifiedDate: null }
  return { type, id, record: filled, payload: null, mappingVersion, stamp }
}
