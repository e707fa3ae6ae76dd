import { objectNamed, objectOfId } from '../model/index.ts'
import { listId, type ObjectType } from '../model/object.ts'
import { textIn, type Version } from '../model/versions.ts'
import type { Executor } from './database.ts'
import { list_limit_max } from './list.ts'
import { quoted } from './table.ts'
import { TextArray } from './text_array.ts'

/** Attributes to expand, each with what to expand in the object it names. */
export type Expansion = { readonly [attribute: string]: Expansion }

/** Records of an expanded list; the rest is read through its url. */
export const expanded_list_limit = 10

/**
 * Replaces ids by the texts of the records they name, in one batched query an edge. An id whose
 * record is not known stays an id.
 */
export async function expand(
  db: Executor,
  { type, texts, expansion }: { type: ObjectType; texts: readonly string[]; expansion: Expansion },
): Promise<string[]> {
  const names = Object.keys(expansion)
  if (names.length === 0 || texts.length === 0) return [...texts]
  const replacements = new Map<string, string>()
  for (const name of names) {
    const edge = { type, name, texts, expansion: expansion[name] ?? {} }
    for (const [id, text] of await follow(db, edge)) replacements.set(id, text)
  }
  // One pass over the original texts: what has just been put in is not looked into again.
  const pattern = keyed(names)
  return texts.map((text) =>
    text.replace(pattern, (whole, name: string, id: string) => {
      const found = replacements.get(id)
      return found === undefined ? whole : `"${name}":${found}`
    }),
  )
}

interface Edge {
  readonly type: ObjectType
  readonly name: string
  readonly texts: readonly string[]
  readonly expansion: Expansion
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
    const texts = rows.map((row) => row.record)
    const expanded = await expand(db, { type, texts, expansion: edge.expansion })
    rows.forEach((row, i) => void found.set(row.id, expanded[i] ?? row.record))
  }
  return found
}

interface ListEdge {
  readonly accounts: Map<string, string>
  readonly back: string
  readonly target: string
}

async function followLists(db: Executor, edge: Edge, { accounts, back, target }: ListEdge) {
  const type = objectNamed(target)
  const rows = await hangingOn(db, { edge, accounts, back, type })
  const texts = rows.map((row) => row.record)
  const expanded = await expand(db, { type, texts, expansion: edge.expansion })
  const members = new Map<string, string[]>()
  rows.forEach((row, i) => {
    members.set(row.list, [...(members.get(row.list) ?? []), expanded[i] ?? row.record])
  })
  return new Map([...accounts.keys()].map((id) => [id, listText(type, id, members.get(id) ?? [])]))
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

function listText(type: ObjectType, id: string, records: readonly string[]): string {
  const data = records.slice(0, expanded_list_limit).join(',')
  const more = records.length > expanded_list_limit
  return `{"object":"list","url":"${version_mark}${type.plural}/${id}","data":[${data}],"has_more":${more},"next_cursor":null}`
}

// Stands for `/v1/` or `/v2/` until the answer's version is known.
const version_mark = '\u0001/'

/** Texts as an API version serves them. */
export function served(version: Version, text: string): string {
  return textIn(version, text.replaceAll(version_mark, `/${version}/`))
}

export { list_limit_max }
