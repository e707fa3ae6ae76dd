import {
  type ConnectionStatus,
  partner_account_connection,
} from '../model/partner_account_connection.ts'
import { type Connection, findConnection } from '../store/connection.ts'
import { withStreamsOf } from '../store/expand.ts'
import { retrieve } from '../store/list.ts'
import { recordExample } from './example.ts'
import { type Answer, type Call, type Context, nothing } from './operation.ts'
import { ownedRecord } from './operations/records.ts'
import { notFound, Problem } from './problem.ts'
import { refTo } from './schemas.ts'

/** What the operations on one connection have in common. */
export const common = {
  tag: partner_account_connection.plural,
  scope: 'write',
  prepare: nothing,
} as const

/** Names of streams, in a body that may leave them out. */
export const streams_schema = {
  type: 'array',
  items: { type: 'string', minLength: 1, maxLength: 80 },
  minItems: 1,
  maxItems: 50,
  description: 'Only these; all by default',
} as const

export const answer = {
  status: 200,
  description: 'The connection',
  schema: refTo(partner_account_connection),
  example: recordExample(partner_account_connection),
}

export async function connectionAnswer(
  context: Context,
  account: string,
  id: string,
): Promise<Answer> {
  const scope = [account]
  const text = await retrieve(context.db, partner_account_connection, { scope, id })
  if (text === null) throw notFound('partner_account_connection', id)
  const [body = ''] = await withStreamsOf(context.db, [text], context.now())
  return { body }
}

/** The connection that the path names. Throws 404. */
export async function connectionOf(call: Call<null>): Promise<Connection> {
  const all = { ledgerAccountIds: null, institutionAccountId: null, version: call.version }
  const owned = { ...call, query: { scope: all } }
  const { scope } = await ownedRecord(owned, partner_account_connection)
  const id = call.params.id ?? ''
  const found = await findConnection(call.context.db, scope[0], id)
  if (!found) throw notFound('partner_account_connection', id)
  return found
}

/** Throws a conflict where the connection's state does not allow what is asked. */
export function assertStatus(
  connection: Connection,
  done: string,
  from: readonly ConnectionStatus[],
) {
  if (from.includes(connection.status)) return
  const wanted = from.join(' or ')
  throw new Problem({
    code: 'conflict',
    detail: `id: a connection can be ${done} when it is ${wanted}; ${connection.id} is ${connection.status}`,
    param: 'id',
  })
}
