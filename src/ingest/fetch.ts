import { withHasMore } from '../partners/embedded.ts'
import { BadAnswer, Gone } from '../partners/errors.ts'
import { itemsOf } from '../partners/paginate.ts'
import type { Partner } from '../partners/partner.ts'
import type { ApiRequest, ListRequest, Page, Position } from '../partners/request.ts'
import { type Context, objectOf, type Payload, pathReader } from '../partners/rule.ts'
import { referenceId, timeOfText } from '../partners/rules.ts'
import type { Stream } from '../partners/stream.ts'
import type { Incoming } from '../store/decide.ts'
import type { Reject } from '../store/reject.ts'
import { isBroken, normalise, type Sighting } from './normalise.ts'
import type { Run } from './run.ts'

/** A page of the partner's, and when it was asked for. */
export interface FetchedPage extends Page {
  readonly stamp: number
}

/** Asks again for a page that is no valid page this often, before the pass gives up. */
export const bad_pages_max = 3

/** Fetches one page of a list. Throws BadAnswer, Refused, Gone, Rejected, Unavailable. */
export async function fetchPage(
  run: Run,
  list: ListRequest,
  position: Position,
): Promise<FetchedPage> {
  const paging = list.paging ?? run.partner.paging
  for (let attempt = 1; ; attempt++) {
    run.at('before fetch')
    const answer = await run.http.send(paging.request(list, position), { signal: run.signal })
    run.at('after fetch')
    try {
      const page = paging.read(answer.body, { listed: list, position, headers: answer.headers })
      if (page.next !== null && isBroken(page.next)) {
        throw new BadAnswer(`${list.path}: expected a cursor of whole characters`)
      }
      return { ...page, stamp: answer.started_ms }
    } catch (error) {
      if (!(error instanceof BadAnswer) || attempt >= bad_pages_max) throw error
    }
  }
}

/** Fetches one payload. Throws Gone where the partner no longer has it. */
export async function fetchOne(
  run: Run,
  request: ApiRequest,
): Promise<{ payload: Payload; stamp: number }> {
  const answer = await run.http.send(request, { signal: run.signal })
  const body = request.at === undefined ? answer.body : pathReader(request.at)(answer.body)
  if (body === null && request.at !== undefined) throw new Gone(`${request.path}: it is not there`)
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new BadAnswer(`${request.path}: expected an object`)
  }
  return { payload: body as Payload, stamp: answer.started_ms }
}

/** Makes payloads whole: what the partner leaves out of a list is read and put in. */
export async function completed(
  run: Run,
  stream: Stream,
  payloads: readonly Payload[],
): Promise<readonly Payload[]> {
  const { attach = [], embedded = [] } = stream
  if (attach.length === 0 && embedded.length === 0) return payloads
  const options = { signal: run.signal }
  const { send } = run.http
  const { paging } = run.partner
  return Promise.all(
    payloads.map(async (payload) => {
      const whole: { [key: string]: unknown } = { ...payload }
      for (const { as, list } of attach) {
        const wanted = list(payload)
        if (wanted) whole[as] = distinct(await itemsOf(send, paging, wanted, options))
      }
      for (const { at, list, form = withHasMore } of embedded) {
        const held = objectOf(payload[at])
        if (held === null || !form.isCut(held)) continue
        const items = distinct(await itemsOf(send, paging, list(payload), options))
        whole[at] = form.whole(held, items)
      }
      return whole
    }),
  )
}

/** A row that moved while a list was read stands on two of its pages; the later one counts. */
function distinct(rows: readonly Payload[]): Payload[] {
  const found = new Map<unknown, Payload>()
  for (const row of rows) found.set(referenceId(row.id) ?? row, row)
  return [...found.values()]
}

/** What is listed in summaries, each read whole; what is gone by now is left to its next sighting. */
export async function unfolded(
  run: Run,
  { summaries, retrieve, idAt = 'id' }: Stream,
  payloads: readonly Payload[],
): Promise<readonly Payload[]> {
  if (!summaries || retrieve === null) return payloads
  const wholes = payloads.map(async (payload) => {
    const id = referenceId(pathReader(idAt)(payload))
    // Without an id it is kept as it came, and refused with a reason.
    if (id === null) return payload
    try {
      return (await fetchOne(run, retrieve(id, null))).payload
    } catch (error) {
      if (error instanceof Gone) return null
      throw error
    }
  })
  return (await Promise.all(wholes)).filter((payload) => payload !== null)
}

/** What a page of payloads becomes. */
export interface Prepared {
  readonly records: Incoming[]
  readonly rejects: Reject[]
  readonly seen: number
}

export const nothing: Prepared = { records: [], rejects: [], seen: 0 }

/** Normalises payloads of one stream. What cannot be read is kept raw; the rest goes on. */
export function prepare(
  stream: Stream,
  payloads: readonly Payload[],
  { context, stamp }: { context: Context; stamp: number },
): Prepared {
  const records: Incoming[] = []
  const rejects: Reject[] = []
  const changedAt = stampOf(stream)
  for (const payload of payloads) {
    const text = JSON.stringify(payload)
    const sighting: Sighting = { payload, text, stamp: changedAt(payload) ?? stamp }
    const { records: read, fault } = normalise(stream.maps, sighting, context)
    for (const record of read) records.push(record)
    if (fault !== null) rejects.push(rejected(stream, sighting, { context, fault }))
  }
  return { records, rejects, seen: payloads.length }
}

/** When a payload of the stream last changed; null where it does not tell. */
function stampOf({ stampAt }: Stream): (payload: Payload) => number | null {
  if (stampAt === undefined) return () => null
  const get = pathReader(stampAt)
  return (payload) => {
    const text = get(payload)
    const time_ms = typeof text === 'string' ? Date.parse(timeOfText(text)) : Number.NaN
    return Number.isNaN(time_ms) ? null : time_ms
  }
}

function rejected(
  { name, idAt = 'id' }: Stream,
  { payload, text }: Sighting,
  { context, fault }: { context: Context; fault: string },
): Reject {
  const id = referenceId(pathReader(idAt)(payload))
  const parent = context.parent ? JSON.stringify(context.parent) : null
  return {
    stream: name,
    partnerRecordId: id === null ? 'without id' : plainText(id),
    payload: text,
    parent,
    error: plainText(fault),
  }
}

/** Text that a database takes, whatever a partner sent. */
export function plainText(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '')
}

export function merged(parts: readonly Prepared[]): Prepared {
  return {
    records: parts.flatMap((part) => part.records),
    rejects: parts.flatMap((part) => part.rejects),
    seen: parts.reduce((sum, part) => sum + part.seen, 0),
  }
}

export type { Partner }
