import { wishReconcile } from '../../ingest/reconcile.ts'
import { partner_account_connection } from '../../model/partner_account_connection.ts'
import { driftKinds } from '../../store/drift.ts'
import { type DriftReport, drift_limit_max, listDrift } from '../../store/drift_list.ts'
import { scheduleOf } from '../../store/schedule.ts'
import {
  answer,
  assertStatus,
  common,
  connectionAnswer,
  connectionOf,
  streams_schema,
} from '../connection_call.ts'
import { idExample } from '../example.ts'
import { cursorParameter, limit_default } from '../list_request.ts'
import { type Operation, operation } from '../operation.ts'
import type { Parameter } from '../parameter.ts'
import { Problem } from '../problem.ts'
import {
  integer,
  listExample,
  listSchema,
  objectSchema,
  text,
  time,
  timeOrNull,
} from '../schemas.ts'
import { assertStreams } from './connection_schedule.ts'
import { idParameter } from './records.ts'

const reconcileOperation = operation({
  ...common,
  id: 'reconcile_partner_account_connection',
  method: 'POST',
  path: '/partner_account_connections/{id}/reconcile',
  summary: 'Read everything and compare',
  description:
    'Each stream is read whole and compared with what is stored; what differs is repaired by the same run and listed in `drift`. Starts, and does not wait for the end. It happens by itself every night.',
  parameters: [idParameter(partner_account_connection)],
  waits: true,
  body: {
    schema: {
      type: 'object',
      properties: {
        streams: streams_schema,
      },
      additionalProperties: false,
    },
    example: {},
  },
  answer: { ...answer, status: 202 },
  errors: ['conflict', 'not_available'],
  async handle(call) {
    const { context } = call
    const connection = await connectionOf(call)
    const { sync } = context.partners
    if (!sync) {
      const detail = 'this installation runs without workers'
      throw new Problem({ code: 'not_available', detail })
    }
    assertStatus(connection, 'read', ['Active', 'Lost Connection'])
    const { ledgerAccountId, id } = connection
    const key = { ledgerAccountId, connectionId: id }
    const { streams: wanted } = call.body as { streams?: readonly string[] }
    const schedule = await scheduleOf(context.db, key)
    if (wanted && schedule) assertStreams(schedule, wanted)
    const wish = { ...key, streams: wanted, now_ms: context.now() }
    const streams = await wishReconcile(context.db, wish)
    await sync(connection, { streams })
    return { ...(await connectionAnswer(context, ledgerAccountId, id)), status: 202 }
  },
})

const parameters: readonly Parameter[] = [
  idParameter(partner_account_connection),
  {
    name: 'limit',
    in: 'query',
    description: 'Most reports on a page',
    schema: { type: 'integer', minimum: 1, maximum: drift_limit_max, default: limit_default },
    example: limit_default,
  },
  {
    name: 'stream',
    in: 'query',
    description: 'Only of this stream',
    schema: { type: 'string', minLength: 1, maxLength: 80 },
    example: 'customers',
  },
  cursorParameter,
]

const report_schema = objectSchema({
  object: { const: 'drift' },
  stream: text,
  started: time,
  ended: timeOrNull,
  compared: integer,
  missing: integer,
  stale: integer,
  extra: integer,
  repaired: { type: 'boolean' },
  records: {
    type: 'array',
    items: objectSchema({
      kind: { type: 'string', enum: [...driftKinds] },
      object: text,
      id: text,
      partnerRecordId: text,
    }),
  },
})

const driftOperation = operation({
  ...common,
  scope: 'read',
  id: 'list_partner_account_connection_drift',
  method: 'GET',
  path: '/partner_account_connections/{id}/drift',
  summary: 'What comparing found',
  description:
    'A report for each reading of a whole stream, newest first: records that were missing, stale or extra though earlier readings should have seen it, with the first hundred of them. What a report counts was repaired by the reading itself; while `ended` is null the reading goes on.',
  parameters,
  answer: {
    status: 200,
    description: 'One page',
    schema: listSchema(report_schema),
    example: listExample('/v2/partner_account_connections/pac_…/drift', {
      object: 'drift',
      stream: 'customers',
      started: '2026-03-14T02:26:53.000Z',
      ended: '2026-03-14T02:27:11.000Z',
      compared: 1200,
      missing: 1,
      stale: 0,
      extra: 0,
      repaired: true,
      records: [
        {
          kind: 'missing',
          object: 'customer',
          id: idExample('customer'),
          partnerRecordId: 'cus_NffrFeUfNV2Hib',
        },
      ],
    }),
  },
  errors: ['not_found', 'bad_cursor'],
  prepare: (given) => ({
    limit: (given.get('limit') ?? limit_default) as number,
    stream: (given.get('stream') as string | undefined) ?? null,
    cursor: (given.get('cursor') as string | undefined) ?? null,
  }),
  async handle(call) {
    const { limit, stream, cursor } = call.query
    const { ledgerAccountId, id } = await connectionOf({ ...call, query: null })
    const rows = await listDrift(call.context.db, {
      ledgerAccountId,
      connectionId: id,
      streams: stream === null ? null : [stream],
      before: cursor === null ? null : placeIn(cursor),
      limit: limit + 1,
    })
    const shown = rows.slice(0, limit)
    const last = shown.at(-1)
    const more = rows.length > limit
    return {
      body: JSON.stringify({
        object: 'list',
        url: `/${call.version}${call.path}`,
        data: shown.map(served),
        has_more: more,
        next_cursor: more && last ? cursorAt(last) : null,
      }),
    }
  },
})

type Place = Pick<DriftReport, 'pass_ms' | 'stream'>

function cursorAt({ pass_ms, stream }: Place): string {
  return Buffer.from(`${pass_ms} ${stream}`).toString('base64url')
}

/** Where a page goes on. Throws a Problem on what is no cursor of such a list. */
function placeIn(cursor: string): Place {
  const text = Buffer.from(cursor, 'base64url').toString()
  const [, pass_ms, stream] = /^(\d{1,15}) (\w{1,80})$/.exec(text) ?? []
  if (pass_ms !== undefined && stream !== undefined) return { pass_ms: Number(pass_ms), stream }
  const detail = 'cursor: expected a next_cursor of this list, got something else'
  throw new Problem({ code: 'bad_cursor', detail, param: 'cursor' })
}

function served({ pass_ms, ended_ms, stream, records, ...counts }: DriftReport) {
  return {
    object: 'drift',
    stream,
    started: new Date(pass_ms).toISOString(),
    ended: ended_ms === null ? null : new Date(ended_ms).toISOString(),
    ...counts,
    repaired: ended_ms !== null,
    records,
  }
}

export const reconcileOperations: readonly Operation[] = [reconcileOperation, driftOperation]
