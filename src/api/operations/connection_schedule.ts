import {
  interval_ms_max,
  interval_ms_min,
  reconcile_every_ms,
  reconcile_every_ms_max,
} from '../../ingest/interval.ts'
import { partner_account_connection } from '../../model/partner_account_connection.ts'
import type { Connection } from '../../store/connection.ts'
import { type Schedule, scheduleOf, setSchedule } from '../../store/schedule.ts'
import { common, connectionOf } from '../connection_call.ts'
import { idExample } from '../example.ts'
import { type Answer, type Call, type Operation, operation } from '../operation.ts'
import { notFound, Problem, shown } from '../problem.ts'
import { integerOrNull, objectSchema, text, timeOrNull } from '../schemas.ts'
import { didYouMean } from '../suggest.ts'
import { idParameter } from './records.ts'

const second_ms = 1000
const path = '/partner_account_connections/{id}/schedule'
const streams_max = 50

const every_schema = {
  type: ['integer', 'null'],
  minimum: interval_ms_min / second_ms,
  maximum: interval_ms_max / second_ms,
  description: 'How often it is read, in seconds; null takes the setting away',
} as const

const stream_schema = {
  type: 'object',
  properties: {
    stream: { type: 'string', minLength: 1, maxLength: 80 },
    every_seconds: every_schema,
  },
  required: ['stream', 'every_seconds'],
  additionalProperties: false,
} as const

const body = {
  schema: {
    type: 'object',
    properties: {
      every_seconds: every_schema,
      reconcile_every_seconds: {
        type: ['integer', 'null'],
        minimum: 0,
        maximum: reconcile_every_ms_max / second_ms,
        description: `How often everything is read and compared, at least ${reconcile_every_ms / second_ms}; 0 is never, null a day`,
      },
      per_second: {
        type: ['number', 'null'],
        minimum: 0.1,
        maximum: 10_000,
        description: "Requests a second, where that is less than the partner's own limit",
      },
      streams: { type: 'array', items: stream_schema, maxItems: streams_max },
    },
    additionalProperties: false,
  },
  example: { every_seconds: 600, streams: [{ stream: 'customers', every_seconds: 60 }] },
}

const answer = {
  status: 200,
  description: 'The schedule',
  schema: objectSchema({
    object: { const: 'schedule' },
    partnerAccountConnectionId: text,
    every_seconds: integerOrNull,
    reconcile_every_seconds: integerOrNull,
    per_second: { type: ['number', 'null'] },
    streams: {
      type: 'array',
      items: objectSchema({
        stream: text,
        every_seconds: integerOrNull,
        interval_seconds: integerOrNull,
        next_run: timeOrNull,
        next_verification: timeOrNull,
      }),
    },
  }),
  example: {
    object: 'schedule',
    partnerAccountConnectionId: idExample('partner_account_connection'),
    every_seconds: 600,
    reconcile_every_seconds: null,
    per_second: null,
    streams: [
      {
        stream: 'events',
        every_seconds: 60,
        interval_seconds: 60,
        next_run: '2026-03-14T09:27:53.000Z',
        next_verification: null,
      },
    ],
  },
}

const readOperation = operation({
  ...common,
  scope: 'read',
  id: 'get_partner_account_connection_schedule',
  method: 'GET',
  path,
  summary: 'When a connection is read',
  description: 'What was set, the interval that holds for each stream, and when it is read next.',
  parameters: [idParameter(partner_account_connection)],
  answer,
  errors: ['not_found'],
  handle: async (call) => answered(call, await connectionOf(call)),
})

interface Body {
  readonly every_seconds?: number | null
  readonly reconcile_every_seconds?: number | null
  readonly per_second?: number | null
  readonly streams?: readonly { readonly stream: string; readonly every_seconds: number | null }[]
}

const writeOperation = operation({
  ...common,
  id: 'update_partner_account_connection_schedule',
  method: 'PATCH',
  path,
  summary: 'Set when a connection is read',
  description:
    "What is left out stays; null takes a setting away. A stream's own interval goes before the connection's, which never makes a stream read more often than its partner advises.",
  parameters: [idParameter(partner_account_connection)],
  body,
  answer,
  errors: ['not_found'],
  async handle(call) {
    const connection = await connectionOf(call)
    const given = call.body as Body
    const before = await scheduleIn(call, connection)
    assertDays(given.reconcile_every_seconds ?? null)
    assertStreams(
      before,
      (given.streams ?? []).map(({ stream }) => stream),
    )
    await call.context.db.transaction((tx) =>
      setSchedule(tx, {
        key: keyOf(connection),
        settings: {
          every_ms: milliseconds(given.every_seconds, before.every_ms),
          reconcile_every_ms: milliseconds(
            given.reconcile_every_seconds,
            before.reconcile_every_ms,
          ),
          per_second: given.per_second === undefined ? before.per_second : given.per_second,
        },
        streams: Object.fromEntries(
          (given.streams ?? []).map((one) => [one.stream, milliseconds(one.every_seconds, null)]),
        ),
      }),
    )
    return answered(call, connection)
  },
})

function keyOf({ ledgerAccountId, id }: Connection) {
  return { ledgerAccountId, connectionId: id }
}

async function scheduleIn({ context }: Call<null>, connection: Connection): Promise<Schedule> {
  const found = await scheduleOf(context.db, keyOf(connection))
  if (!found) throw notFound('partner_account_connection', connection.id)
  return found
}

/** Reading everything more often than once a day is what the schedule of a stream is for. */
function assertDays(seconds: number | null) {
  if (seconds === null || seconds === 0 || seconds * second_ms >= reconcile_every_ms) return
  const least = reconcile_every_ms / second_ms
  const detail = `reconcile_every_seconds: expected 0 or at least ${least}, got ${seconds}`
  throw new Problem({ code: 'invalid_body', detail, param: 'reconcile_every_seconds' })
}

/** Throws where a stream is named that the connection does not have. */
export function assertStreams({ streams }: Schedule, named: readonly string[]) {
  const known = streams.map(({ stream }) => stream)
  const unknown = named.find((name) => !known.includes(name))
  if (unknown === undefined) return
  const hint = didYouMean(unknown, known)
  const detail = `streams: expected some of ${known.join(', ')}, got ${shown(unknown)}${hint}`
  throw new Problem({ code: 'invalid_body', detail, param: 'streams' })
}

function milliseconds(seconds: number | null | undefined, before: number | null): number | null {
  if (seconds === undefined) return before
  return seconds === null ? null : seconds * second_ms
}

async function answered(call: Call<null>, connection: Connection): Promise<Answer> {
  const { streams, ...set } = await scheduleIn(call, connection)
  return {
    body: JSON.stringify({
      object: 'schedule',
      partnerAccountConnectionId: connection.id,
      every_seconds: seconds(set.every_ms),
      reconcile_every_seconds: seconds(set.reconcile_every_ms),
      per_second: set.per_second,
      streams: streams.map((one) => ({
        stream: one.stream,
        every_seconds: seconds(one.every_ms),
        interval_seconds: seconds(one.interval_ms),
        next_run: moment(one.next_ms),
        next_verification: moment(one.reconcile_ms),
      })),
    }),
  }
}

function seconds(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms / second_ms)
}

function moment(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString()
}

export const scheduleOperations: readonly Operation[] = [readOperation, writeOperation]
