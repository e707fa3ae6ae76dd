import { readListId } from '../model/index.ts'
import type { ObjectType } from '../model/object.ts'
import { nameIn, textIn } from '../model/versions.ts'
import type { Condition } from '../store/condition.ts'
import { expand, withStreamsOf } from '../store/expand.ts'
import { freshnessOf } from '../store/freshness.ts'
import { count, type ListPage, type ListQuery, list, placeOf } from '../store/list.ts'
import { recordIdsOf } from '../store/partner_record.ts'
import { cached, type Made } from './cached.ts'
import { type Cursor, listFingerprint, packCursor, unpackCursor } from './cursor.ts'
import type { ListRequest, RecordRequest } from './list_request.ts'
import type { Answer, Call } from './operation.ts'
import { pageBytes } from './page_bytes.ts'
import { badParameter, notFound } from './problem.ts'

/** A list to be answered: whose records, and what the route itself asks of them. */
export interface ListSpec {
  readonly type: ObjectType
  readonly scope: readonly string[]
  readonly fixed: readonly Condition[]
}

/** Answers one page of a list. The records' texts are passed through as they are stored. */
export function answerList(call: Call<ListRequest>, spec: ListSpec): Promise<Answer> {
  const { query } = call
  return cached(call, { scope: spec.scope, cacheable: query.cacheable }, () => makePage(call, spec))
}

interface ListPart {
  readonly asked: ListQuery
  readonly page: ListPage
  /** The records as the API serves them. */
  readonly texts: readonly string[]
  /** Of the next part; null behind the last one. */
  readonly cursor: string | null
}

/** Reads one part of a list. */
export async function listPart(
  call: Call<ListRequest>,
  { type, scope, fixed }: ListSpec,
): Promise<ListPart> {
  const { context, query } = call
  const fingerprint = fingerprintOf(call, fixed)
  const ids = await partnerCondition(call, { type, scope })
  const where = [...fixed, ...ids, ...query.where]
  const wanted = { type, scope, where, sort: query.sort, limit: query.limit }
  const asked: ListQuery = { ...wanted, ...(await placeAsked(call, wanted, fingerprint)) }
  const page = await list(context.db, asked)
  const texts = await textsOf(call, type, page.records)
  return { asked, page, texts, cursor: nextCursor(asked, page, fingerprint) }
}

async function makePage(call: Call<ListRequest>, spec: ListSpec): Promise<Made> {
  const { context, version, query } = call
  const { scope } = spec
  const { asked, page, texts, cursor: next } = await listPart(call, spec)
  const total = query.totalCount ? `,"total_count":${await count(context.db, asked)}` : ''
  const fresh = query.freshness ? await freshnessText(call, scope) : ''
  const cursor = next === null ? 'null' : `"${next}"`
  const url = JSON.stringify(`/${version}${call.path}`)
  const behind = `],"has_more":${page.hasMore},"next_cursor":${cursor}${total}${fresh}}`
  const body = pageBytes(`{"object":"list","url":${url},"data":[`, texts, behind)
  const [head] = [...page.heads.values()]
  return { body, head: asked.since || scope.length > 1 ? null : (head ?? null) }
}

function nextCursor(asked: ListQuery, page: ListPage, fingerprint: string): string | null {
  if (!page.hasMore || page.end === null) return null
  const backwards = Boolean(asked.before)
  return packCursor(fingerprint, { place: page.end, backwards, heads: page.heads })
}

function fingerprintOf({ key, query }: Call<ListRequest>, fixed: readonly Condition[]): string {
  return listFingerprint([key.institutionId, key.mode, fixed, query.identity])
}

/** Texts in the version's names, expanded, and cut to the fields asked for. */
export async function textsOf(
  { context, version, query }: Pick<Call<RecordRequest>, 'context' | 'version' | 'query'>,
  type: ObjectType,
  texts: readonly string[],
): Promise<string[]> {
  const now_ms = context.now()
  const whole =
    type.name === 'partner_account_connection'
      ? await withStreamsOf(context.db, texts, now_ms)
      : texts
  const { expansion, fields } = query
  const expanded = await expand(context.db, { type, texts: whole, expansion, version, now_ms })
  const named = expanded.map((text) => textIn(version, text))
  if (fields === null) return named
  const names = fields.map((name) => nameIn(version, name))
  return named.map((text) => picked(text, names))
}

/** The one reader that takes a text apart. */
function picked(text: string, names: readonly string[]): string {
  const record = JSON.parse(text) as { readonly [name: string]: unknown }
  const kept = Object.keys(record).filter((name) => names.includes(name))
  return JSON.stringify(Object.fromEntries(kept.map((name) => [name, record[name]])))
}

async function freshnessText(call: Call, scope: readonly string[]): Promise<string> {
  const rows = await freshnessOf(call.context.db, scope, call.context.now())
  const flat = rows.map(({ stream, ...connection }) => ({ ...connection, ...stream }))
  return textIn(call.version, `,"freshness":${JSON.stringify(flat)}`)
}

/** Ids are computed from the partner's, so looking one up needs the connections, not an index. */
async function partnerCondition(
  { context, query }: Call<ListRequest>,
  { type, scope }: Pick<ListSpec, 'type' | 'scope'>,
): Promise<Condition[]> {
  if (query.partnerRecordIds === null) return []
  const value = await recordIdsOf(context.db, {
    type,
    scope,
    partnerRecordIds: query.partnerRecordIds,
  })
  return [{ column: 'id', operator: 'in', value }]
}

type Placed = Pick<ListQuery, 'type' | 'scope' | 'sort'>

async function placeAsked(
  { context, query }: Call<ListRequest>,
  wanted: Placed,
  fingerprint: string,
): Promise<Pick<ListQuery, 'after' | 'before' | 'since'>> {
  if (query.cursor !== null) {
    const cursor = unpackCursor(query.cursor, fingerprint, wanted.scope)
    return cursorPlace(cursor)
  }
  const id = query.startingAfter ?? query.endingBefore
  if (id === null) return {}
  const place = await placeOf(context.db, wanted, id)
  const param = query.startingAfter === null ? 'ending_before' : 'starting_after'
  if (place === null) throw badParameter(param, `the id of a ${wanted.type.name}`, id)
  return query.startingAfter === null ? { before: place } : { after: place }
}

function cursorPlace({ place, backwards, heads }: Cursor) {
  const since = heads.size > 0 ? heads : null
  return backwards ? { before: place, since } : { after: place, since }
}

/** The owner and the attribute that a list id names, if it is a list of this object. */
export function listNamed(
  type: ObjectType,
  id: string,
): { owner: ObjectType; ownerId: string; back: string } {
  const named = readListId(id)
  const attributes = Object.values(named?.owner.attributes ?? {})
  const kind = attributes.find((one) => one.back && one.targets.includes(type.name))
  if (!named || named.target !== type || !kind?.back) throw notFound(`list of ${type.plural}`, id)
  return { owner: named.owner, ownerId: named.ownerId, back: kind.back }
}
