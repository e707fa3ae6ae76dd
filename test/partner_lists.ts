// What a partner itself says, read without anything of ingest's.
import { clientOf } from '../src/connect/credential.ts'
import { fullPlan } from '../src/ingest/plan.ts'
import { Gone } from '../src/partners/errors.ts'
import { type Http, newHttp } from '../src/partners/http.ts'
import { start } from '../src/partners/paginate.ts'
import type { ApiRequest, ListRequest, Position } from '../src/partners/request.ts'
import type { Payload } from '../src/partners/rule.ts'
import type { Stream } from '../src/partners/stream.ts'
import type { OracleOf } from './oracle.ts'

/** The spans of time that together hold everything. */
export async function spansOf(of: OracleOf, stream: Stream): Promise<Position[]> {
  if (!stream.window_ms) return [start]
  const { account_created_ms } = of.connection
  const horizon_ms = await timeAt(of)
  const plan = fullPlan(stream, { account_created_ms, horizon_ms })
  return plan.map(({ from, to }) => ({ from_ms: Number(from), to_ms: Number(to), cursor: null }))
}

/** What the partner's clock shows. */
async function timeAt(of: OracleOf): Promise<number> {
  const { headers } = await ask(of, of.partner.account.requests[0])
  const time_ms = Date.parse(String((headers as { date?: unknown }).date))
  if (Number.isNaN(time_ms)) throw new Error('oracle: expected a Date header')
  return time_ms
}

/** Every row of a list within a span of time. */
export async function wholeList(
  of: OracleOf,
  list: ListRequest,
  noneOn: readonly number[],
  span: Position = start,
) {
  const paging = list.paging ?? of.partner.paging
  const rows: Payload[] = []
  let cursor: string | null = null
  do {
    const position: Position = { ...span, cursor }
    const { status, body, headers } = await ask(of, paging.request(list, position))
    if (noneOn.includes(status) || status === 404) return rows
    if (status !== 200) throw new Error(`oracle: ${list.path}: ${status} ${JSON.stringify(body)}`)
    const page = paging.read(body, { listed: list, position, headers })
    rows.push(...page.items)
    cursor = page.next
  } while (cursor !== null)
  return rows
}

const clients = new WeakMap<OracleOf, Http>()

/** Asks as the oracle; a refusal is a status here. */
export async function ask(of: OracleOf, request: ApiRequest) {
  const { partner, credential, connection } = of
  const baseUrl = connection.baseUrl ?? ''
  const http = clients.get(of) ?? newHttp({ ...clientOf(partner, credential), baseUrl })
  clients.set(of, http)
  try {
    return await http.send(request)
  } catch (error) {
    const status = error instanceof Gone ? 404 : ((error as { status?: number }).status ?? 0)
    if (status === 0) throw error
    return { status, body: (error as Error).message, headers: {} }
  }
}
