import { objectNamed, objectOfId } from '../model/index.ts'
import { listId, type ObjectType } from '../model/object.ts'
import { partner_account_connection } from '../model/partner_account_connection.ts'
import type { Version } from '../model/versions.ts'
import type { Executor } from './database.ts'
import { streamsOf, withStreams } from './stream.ts'
import { quoted } from './table.ts'
import { TextArray } from './text_array.ts'

/** Attributes to expand, each with what to expand in the object it names. */
export type Expansion = { readonly [attribute: string]: Expansion }

/** Records of an expanded list; the rest is read through its url. */
export const expanded_list_limit = 10

/** Most characters that expanded texts may have together. */
export const expanded_length_max = 16 * 1024 * 1024

/** Expansion would make an answer larger than the limit. */
export class ExpansionTooLarge extends Error {
  override readonly name = 'ExpansionTooLarge'
}

export interface ExpandRequest {
  readonly type: ObjectType
  readonly texts: readonly string[]
  readonly expansion: Expansion
  /** Whose routes expanded lists name. */
  readonly version: Version
  readonly now_ms: number
}

/**
 * Replaces ids by the texts of the records they name, in one batched query an edge. An id whose
 * record is not known stays an id. Throws ExpansionTooLarge.
 */
export async function expand(db: Executor, request: ExpandRequest): Promise<string[]> {
  const { type, texts, expansion, version, now_ms } = request
  const names = Object.keys(expansion)
  if (names.length === 0 || texts.length === 0) return [...texts]
  const found = await Promise.all(
    names.map((name) =>
      follow(db, { type, name, texts, expansion: expansion[name] ?? {}, version, now_ms }),
    ),
  )
  const replacements = new Map(names.map((name, i) => [name, found[i]]))
  // One pass over the original texts: what has just been put in is not looked into again.
  const pattern = keyed(names)
  let length = 0
  return texts.map((text) => {
    const expanded = text.replace(pattern, (whole, name: string, id: string) => {
      const record = replacements.get(name)?.get(id)
      return record === undefined ? whole : `"${name}":${record}`
    })
    length += expanded.length
    if (length > expanded_length_max) throw new ExpansionTooLarge('too many records expanded')
    return expanded
  })
}

interface Edge extends ExpandRequest {
  readonly name: string
}

/** A quoted key with a colon cannot occur inside a JSON string, so the text need not be parsed. */
function keyed(names: readonly string[]): RegExp {
  return new RegExp(`"(${names.join('|')})":"([^"]+)"`, 'g')
}

const account_key = '"ledgerAccountId":"'

/** The ledger account a record's text names; a ledger account itself is its own. */
export function ledgerAccountOf(text: string): string {
  const at = text.indexOf(account_key)
  if (at < 0) return (JSON.parse(text) as { id: string }).id
  const start = at + account_key.length
  return text.slice(start, text.indexOf('"', start))
}

async function follow(db: Executor, edge: Edge): Promise<Map<string, string>> {
  const pattern = keyed([edge.name])
  const accounts = new Map<string, string>()
  for (const text of edge.texts) {
    const account = ledgerAccountOf(text)
    for (const [, , id] of text.matchAll(pattern)) if (id) accounts.set(id, account)
  }
  const kind = edge.type.attributes[edge.name]
  return kind?.back
    ? followLists(db, edge, { accounts, back: kind.back, target: kind.targets[0] ?? '' })
    : followIds(db, edge, accounts)
}

async function followIds(db: Executor, edge: Edge, accounts: Map<string, string>) {
  const byType = new Map<ObjectType, string[]>()
  for (const id of accounts.keys()) {
    const type = objectOfId(id)
    if (type) byType.set(type, [...(byType.get(type) ?? []), id])
  }
  const found = new Map<string, string>()
  for (const [type, ids] of byType) {
    const rows = await db.query<{ id: string; record: string }>(
      `select k.id, found.record from unnest($1::text[], $2::text[]) as k(account, id)
       cross join lateral (
         select record from ${quoted(type.name)}
         where ledger_account_id = k.account and id = k.id limit 1
       ) as found`,
      [new TextArray(ids.map((id) => accounts.get(id) ?? '')), new TextArray(ids)],
    )
    const texts = await completed(db, { type, texts: rows.map((row) => row.record), edge })
    const expanded = await expand(db, { ...edge, type, texts })
    rows.forEach((row, i) => void found.set(row.id, expanded[i] ?? row.record))
  }
  return found
}

/** Texts with what is not kept in them: the streams of connections. */
async function completed(
  db: Executor,
  { type, texts, edge }: { type: ObjectType; texts: readonly string[]; edge: Edge },
): Promise<readonly string[]> {
  return type === partner_account_connection ? withStreamsOf(db, texts, edge.now_ms) : texts
}

/** Connections' texts with their streams. */
export async function withStreamsOf(
  db: Executor,
  texts: readonly string[],
  now_ms: number,
): Promise<string[]> {
  const ids = texts.map((text) => (JSON.parse(text) as { id: string }).id)
  const connections = texts.map((text, i) => ({
    id: ids[i] ?? '',
    ledgerAccountId: ledgerAccountOf(text),
  }))
  const streams = await streamsOf(db, connections, now_ms)
  return texts.map((text, i) => withStreams(text, streams.get(ids[i] ?? '') ?? []))
}

interface ListEdge {
  readonly accounts: Map<string, string>
  readonly back: string
  readonly target: string
}

async function followLists(db: Executor, edge: Edge, { accounts, back, target }: ListEdge) {
  const type = objectNamed(target)
  const rows = await hangingOn(db, { edge, accounts, back, type })
  const texts = await completed(db, { type, texts: rows.map((row) => row.record), edge })
  const expanded = await expand(db, { ...edge, type, texts })
  const members = new Map<string, string[]>()
  rows.forEach((row, i) => {
    members.set(row.list, [...(members.get(row.list) ?? []), expanded[i] ?? row.record])
  })
  const base = `/${edge.version}/${type.plural}/`
  return new Map([...accounts.keys()].map((id) => [id, listText(base + id, members.get(id) ?? [])]))
}

async function hangingOn(
  db: Executor,
  {
    edge,
    accounts,
    back,
    type,
  }: { edge: Edge; accounts: Map<string, string>; back: string; type: ObjectType },
) {
  const column = back === 'ledgerAccountId' ? 'ledger_account_id' : quoted(back)
  const lists = [...accounts.keys()]
  const prefix = listId(edge.type, type, `${edge.type.prefix}_`)
  const owners = lists.map((id) => `${edge.type.prefix}_${id.slice(prefix.length)}`)
  return db.query<{ list: string; record: string }>(
    `select k.list, found.record
     from unnest($1::text[], $2::text[], $3::text[]) as k(account, owner, list)
     cross join lateral (
       select record from ${quoted(type.name)}
       where ledger_account_id = k.account and ${column} = k.owner and "recordState" = 'ACTIVE'
       order by created_date desc, id desc limit ${expanded_list_limit + 1}
     ) as found`,
    [
      new TextArray(lists.map((id) => accounts.get(id) ?? '')),
      new TextArray(owners),
      new TextArray(lists),
    ],
  )
}

function listText(url: string, records: readonly string[]): string {
  const data = records.slice(0, expanded_list_limit).join(',')
  const more = records.length > expanded_list_limit
  return `{"object":"list","url":"${url}","data":[${data}],"has_more":${more},"next_cursor":null}`
}
