// What a simulated partner tells, read and normalised without network and database.
import type { Partner as Double } from '../sandbox/partner.ts'
import { normalise } from '../src/ingest/normalise.ts'
import { fullPlan } from '../src/ingest/plan.ts'
import type { ObjectType } from '../src/model/object.ts'
import { queryText } from '../src/partners/http_request.ts'
import { itemsOf, pagesOf, start } from '../src/partners/paginate.ts'
import type { Facts, Partner } from '../src/partners/partner.ts'
import type { Headers, ListRequest, Position } from '../src/partners/request.ts'
import { type Context, type Payload, pathReader } from '../src/partners/rule.ts'
import { listOf, type Stream } from '../src/partners/stream.ts'

export type Values = { readonly [attribute: string]: unknown }
export type Records = ReadonlyMap<string, Values>

type Send = Parameters<typeof itemsOf>[0]

/** Every record of these objects, by id, as one reading of everything gives them. */
export async function toldRecords(
  partner: Partner,
  double: Double,
  objects: readonly string[],
): Promise<Records> {
  const send = await sendTo(partner, double)
  const account = await accountOf(partner, double, send)
  const records = new Map<string, Values>()
  const streams = partner.streams.filter(({ maps }) =>
    maps.some(({ object }) => objects.includes(object.name)),
  )
  for (const stream of streams) {
    for (const { list, position, parent } of listsOf(stream, records, account)) {
      for (const row of await rowsOf(partner, send, { stream, list, position })) {
        add(records, stream, await whole(partner, send, stream, row), {
          ...contextOf(partner, account),
          ...(parent ? { parent } : {}),
        })
      }
    }
  }
  return records
}

interface Account {
  readonly partnerAccountId: string
  readonly created_ms: number
  readonly facts: Facts
  readonly horizon_ms: number
}

/** Asks as the oracle, who is neither limited nor faulted. Throws on a refusal. */
async function sendTo(partner: Partner, double: Double): Promise<Send> {
  const credential = double.access.oracle
  let headers: Headers = partner.headers(credential)
  const send: Send = async ({ method = 'GET', path, query, body, form, headers: own = {} }) => {
    const names = Object.entries({ ...headers, ...own }).map(([name, value]) => {
      return [name.toLowerCase(), value]
    })
    const sent = form ? new URLSearchParams(form).toString() : body
    const answer = double.answer({
      method: sent === undefined ? method : 'POST',
      path,
      query: queryText(query).slice(1),
      headers: Object.fromEntries(names),
      body: typeof sent === 'string' ? sent : sent === undefined ? '' : JSON.stringify(sent),
    })
    // Through text, as it would come over the wire.
    const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body)
    const told = { status: answer.status, headers: answer.headers, body: JSON.parse(text) }
    const status = partner.refused?.(told.body)?.status ?? told.status
    if (status >= 300) throw new Refusal(`${path}: ${status} ${text.slice(0, 200)}`, status)
    return { ...told, started_ms: 0, date_ms: null }
  }
  if (partner.session) {
    const opened = partner.session.read(await send(partner.session.request(credential)))
    headers = { ...headers, ...opened.headers }
  }
  return send
}

class Refusal extends Error {
  readonly status: number
  constructor(message: string, status: number) {
    super(message)
    this.status = status
  }
}

async function accountOf(partner: Partner, double: Double, send: Send): Promise<Account> {
  const bodies: unknown[] = []
  for (const request of partner.account.requests) bodies.push((await send(request)).body)
  const { facts = {}, ...account } = partner.account.read(bodies, double.access.oracle)
  return { ...account, facts, horizon_ms: double.now() }
}

function contextOf({ name }: Partner, { partnerAccountId, facts }: Account): Context {
  const own = { ledgerAccountId: 'la_1', partnerAccountConnectionId: 'pac_1' }
  return { ...own, partnerSource: name, partnerAccountId, facts }
}

interface Listed {
  readonly list: ListRequest
  readonly position: Position
  readonly parent?: { readonly [name: string]: string }
}

function listsOf(stream: Stream, records: Records, account: Account): Listed[] {
  const { parent, window_ms } = stream
  if (parent) {
    const parents = ofObject(records, parent.object).map((one) => String(one.partnerRecordId))
    return parents.flatMap((id) =>
      parent.lists(id).map((list) => ({ list, position: start, parent: { [parent.as]: id } })),
    )
  }
  const list = listOf(stream, account.facts)
  if (!window_ms) return [{ list, position: start }]
  const { created_ms: account_created_ms, horizon_ms } = account
  return fullPlan(stream, { account_created_ms, horizon_ms }).map(({ from, to }) => ({
    list,
    position: { from_ms: Number(from), to_ms: Number(to), cursor: null },
  }))
}

async function rowsOf(
  { paging }: Partner,
  send: Send,
  { stream, list, position }: Listed & { readonly stream: Stream },
): Promise<Payload[]> {
  const rows: Payload[] = []
  try {
    for await (const { items } of pagesOf(send, paging, list, { position })) rows.push(...items)
  } catch (error) {
    const { noneOn = [] } = stream.parent ?? {}
    if (!(error instanceof Refusal && noneOn.includes(error.status))) throw error
  }
  return rows
}

async function whole({ paging }: Partner, send: Send, stream: Stream, row: Payload) {
  const { attach = [], embedded = [] } = stream
  const found: Record<string, unknown> = { ...row }
  for (const { as, list } of attach) {
    const wanted = list(row)
    if (wanted) found[as] = await itemsOf(send, paging, wanted)
  }
  for (const { at, list } of embedded) {
    if (pathReader(`${at}.has_more`)(row) !== true) continue
    found[at] = { ...(row[at] as object), data: await itemsOf(send, paging, list(row)) }
  }
  return found
}

/** What one payload does not tell, another one of the same record may have told. */
function add(records: Map<string, Values>, { name, maps }: Stream, payload: Payload, of: Context) {
  const sighting = { payload, text: JSON.stringify(payload), stamp: 0 }
  const { records: found, fault } = normalise(maps, sighting, of)
  if (fault !== null) throw new Error(`${name} ${payload.id}: ${fault}`)
  for (const { id, record } of found) {
    const told = Object.entries(record).filter(([, value]) => value !== undefined)
    records.set(id, { ...records.get(id), ...Object.fromEntries(told) })
  }
}

export function ofObject(records: Records, object: ObjectType['name']): Values[] {
  return [...records.values()].filter((record) => record.object === object)
}
