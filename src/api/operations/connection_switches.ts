import {
  type ConnectionStatus,
  partner_account_connection,
} from '../../model/partner_account_connection.ts'
import { type Connection, setStatus } from '../../store/connection.ts'
import { answer, assertStatus, common, connectionAnswer, connectionOf } from '../connection_call.ts'
import { type Context, type Operation, operation } from '../operation.ts'
import { idParameter } from './records.ts'

/** Each way to switch a connection: from which states, and to which. */
const switches = [
  {
    word: 'disable',
    summary: 'Stop reading a connection',
    description: 'It becomes Inactive, and keeps its authorisation and its records.',
    from: ['Active', 'Lost Connection', 'Inactive'],
    to: 'Inactive',
    reason: 'switched off by the institution',
  },
  {
    word: 'enable',
    summary: 'Read a connection again',
    description: 'After it was disabled.',
    from: ['Inactive', 'Active'],
    to: 'Active',
    reason: null,
  },
  {
    word: 'revoke',
    summary: 'Withdraw the authorisation of a connection',
    description: 'Its credential is forgotten; its records stay.',
    from: ['Active', 'Lost Connection', 'Inactive', 'Not Authorised', 'Revoked'],
    to: 'Revoked',
    reason: 'revoked by the institution',
  },
] as const satisfies readonly {
  word: string
  summary: string
  description: string
  from: readonly ConnectionStatus[]
  to: ConnectionStatus
  reason: string | null
}[]

type Switch = (typeof switches)[number]

function switchOperation(one: Switch): Operation {
  return operation({
    ...common,
    id: `${one.word}_partner_account_connection`,
    method: 'POST',
    path: `/partner_account_connections/{id}/${one.word}`,
    summary: one.summary,
    description: one.description,
    parameters: [idParameter(partner_account_connection)],
    waits: true,
    answer,
    errors: ['conflict'],
    async handle(call) {
      const connection = await connectionOf(call)
      assertStatus(connection, `${one.word}d`, one.from)
      await switchTo(call.context, connection, one)
      return connectionAnswer(call.context, connection.ledgerAccountId, connection.id)
    },
  })
}

async function switchTo({ db, now, partners }: Context, connection: Connection, one: Switch) {
  // Once the credential is forgotten, nobody can ask for it.
  if (one.to === 'Revoked') await partners.notifications?.silence(connection)
  if (one.to === 'Revoked' && partners.revoke) return partners.revoke(connection, one.reason)
  const { ledgerAccountId, id } = connection
  const change = { ledgerAccountId, id, status: one.to, reason: one.reason, now_ms: now() }
  await setStatus(db, change)
  if (one.to === 'Active') await partners.notifications?.resume(connection)
  else await partners.notifications?.silence(connection)
}

export const switchOperations: readonly Operation[] = switches.map(switchOperation)
