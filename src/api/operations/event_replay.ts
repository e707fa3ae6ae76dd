import type { SealedEndpoint } from '../../store/event_endpoint.ts'
import { askReplay } from '../../store/event_replay.ts'
import {
  accountsOf,
  assertEnabled,
  endpoint_example,
  endpoint_tag,
  endpointIdParameter,
  endpointOf,
  invalid,
} from '../event_call.ts'
import { type Call, nothing, operation } from '../operation.ts'
import { momentOf } from '../parameter.ts'
import { Problem } from '../problem.ts'
import { integer, objectSchema, text, time } from '../schemas.ts'

const bound_schema = {
  type: ['integer', 'string'],
  minimum: 1,
  maximum: Number.MAX_SAFE_INTEGER,
  minLength: 1,
  maxLength: 40,
} as const

export const eventReplayOperation = operation({
  tag: endpoint_tag,
  method: 'POST',
  parameters: [endpointIdParameter],
  prepare: nothing,
  id: 'replay_event_endpoint',
  path: '/event_endpoints/{id}/replay',
  summary: 'Tell an endpoint again what changed in a span',
  description:
    'Of time, in all ledger accounts that the endpoint is told of or in one; or of numbers in the feed of one. What was never sent is sent too: an endpoint that was made today can be told of yesterday. Events keep their ids.',
  scope: 'write',
  body: {
    schema: {
      type: 'object',
      properties: {
        from: { ...bound_schema, description: 'First number, or the moment it begins' },
        to: { ...bound_schema, description: 'Last number, or the moment it ends before; now' },
        ledgerAccountId: { type: 'string', minLength: 1, maxLength: 80 },
      },
      required: ['from'],
      additionalProperties: false,
    },
    example: { from: '2026-03-14T00:00:00.000Z', to: '2026-03-15T00:00:00.000Z' },
  },
  answer: {
    status: 202,
    description: 'It has been asked for; the log shows how it goes on',
    schema: objectSchema({
      object: { const: 'event_replay' },
      id: text,
      event_endpoint_id: text,
      ledger_accounts: integer,
      created_date: time,
    }),
    example: {
      object: 'event_replay',
      id: 'evr_5f0c3b9a5f6e4a578a552b7f',
      event_endpoint_id: endpoint_example.id,
      ledger_accounts: 3,
      created_date: '2026-03-16T09:26:53.000Z',
    },
  },
  errors: ['conflict', 'not_found'],
  async handle(call) {
    const endpoint = await endpointOf(call)
    assertEnabled(endpoint)
    const { db, now } = call.context
    const body = call.body as ReplayBody
    const accounts = await accountsAsked(call, endpoint, body.ledgerAccountId)
    const span = spanOf(body, accounts.length)
    const now_ms = now()
    const id = await db.transaction((tx) =>
      askReplay(tx, { endpointId: endpoint.id, accounts, ...span, now_ms }),
    )
    const what = { object: 'event_replay', id, event_endpoint_id: endpoint.id }
    const created_date = new Date(now_ms).toISOString()
    const told = { ...what, ledger_accounts: accounts.length, created_date }
    return { status: 202, body: JSON.stringify(told) }
  },
})

interface ReplayBody {
  readonly from: number | string
  readonly to?: number | string
  readonly ledgerAccountId?: string
}

async function accountsAsked(
  { context }: Call<null>,
  endpoint: SealedEndpoint,
  wanted: string | undefined,
): Promise<string[]> {
  const all = await accountsOf(context.db, endpoint)
  if (wanted === undefined) return all
  if (all.includes(wanted)) return [wanted]
  throw new Problem({
    code: 'not_found',
    detail: 'ledgerAccountId: expected one of the ledger accounts that the endpoint is told of',
    param: 'ledgerAccountId',
  })
}

/** Numbers are those of one feed; moments are the same in all. */
function spanOf({ from, to }: ReplayBody, accounts: number) {
  if (typeof from === 'number') {
    if (to !== undefined && typeof to !== 'number') throw invalid('to', 'a number, as in from', to)
    if (accounts !== 1) throw invalid('ledgerAccountId', 'the one whose numbers these are', null)
    return { seq_from: from, seq_to: to ?? null, date_from: null, date_to: null }
  }
  if (typeof to === 'number') throw invalid('to', 'a moment, as in from', to)
  const date_to = to === undefined ? null : momentIn('to', to)
  return { seq_from: null, seq_to: null, date_from: momentIn('from', from), date_to }
}

function momentIn(param: string, given: string): string {
  const moment = momentOf(given)
  if (moment !== null) return moment
  throw invalid(param, 'a number, a date (2026-03-14) or an RFC 3339 time', given)
}
