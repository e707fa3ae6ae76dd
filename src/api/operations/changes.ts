import { connectionEvents } from '../../model/event.ts'
import { objectTypes } from '../../model/index.ts'
import type { Version } from '../../model/versions.ts'
import { nameIn } from '../../model/versions.ts'
import {
  type Change,
  changes_limit_max,
  changesOf,
  headsByDate,
  recordsOfChanges,
} from '../../store/changes.ts'
import { listFingerprint, packCursor, unpackCursor } from '../cursor.ts'
import { idExample, recordExample } from '../example.ts'
import { cursorParameter, limit_default, limitParameter } from '../list_request.ts'
import { type Call, type Operation, operation } from '../operation.ts'
import type { Parameter } from '../parameter.ts'
import type { Given } from '../query_string.ts'
import { integer, listExample, listSchema, objectSchema, refTo, text, time } from '../schemas.ts'
import { type NamedScope, namedScope, onlyAccount, scopeOf, scopeParameters } from '../scope.ts'

const tag = 'changes'
const limit_default_changes = 100
const objects = objectTypes.map((type) => type.name)

const parameters: readonly Parameter[] = [
  ...scopeParameters,
  {
    name: 'after',
    in: 'query',
    description: 'The last number that was read; 0 to read everything',
    schema: { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER - 1e6, default: 0 },
    example: 0,
  },
  {
    name: 'limit',
    in: 'query',
    description: 'Most changes on a page',
    schema: {
      type: 'integer',
      minimum: 1,
      maximum: changes_limit_max,
      default: limit_default_changes,
    },
    example: limit_default_changes,
  },
  {
    name: 'types',
    in: 'query',
    description: 'Only of these objects',
    schema: { type: 'string', enum: objects },
    many: 'repeated',
    example: 'customer',
  },
  {
    name: 'include',
    in: 'query',
    description: 'Adds to each change the record as it is now',
    schema: { type: 'string', enum: ['record'] },
    many: 'repeated',
    example: 'record',
  },
]

interface ChangesRequest {
  readonly scope: NamedScope
  readonly after: number
  readonly limit: number
  readonly types: readonly string[] | null
  readonly records: boolean
}

const change_schema = objectSchema(
  {
    seq: integer,
    object: { type: 'string', enum: objects },
    id: text,
    kind: { type: 'string', enum: ['created', 'updated', 'deleted'] },
    changed: { type: 'array', items: text },
    events: {
      type: 'array',
      items: { type: 'string', enum: Object.keys(connectionEvents) },
      description: 'What it means for a connection beyond that; empty for most',
    },
    date: time,
    record: { anyOf: [{ type: 'null' }, ...objectTypes.map(refTo)] },
  },
  ['record'],
)

const feedOperation = operation<ChangesRequest>({
  id: 'list_changes',
  method: 'GET',
  path: '/changes',
  tag,
  summary: 'What changed in a ledger account',
  description:
    'Oldest first, numbered without gaps in the order of commits, deletions included. Go on with `after` = `next_after`. Reading from 0 rebuilds everything. A page that asks for `types` may hold fewer than `limit` and yet have more after it.',
  scope: 'read',
  parameters,
  answer: {
    status: 200,
    description: 'One page',
    schema: objectSchema({
      object: { const: 'list' },
      url: text,
      data: { type: 'array', items: change_schema },
      has_more: { type: 'boolean' },
      next_after: integer,
      head: integer,
    }),
    example: {
      object: 'list',
      url: '/v2/changes',
      data: [
        {
          seq: 42,
          object: 'customer',
          id: idExample('customer'),
          kind: 'updated',
          changed: ['email'],
          events: [],
          date: '2026-03-14T09:26:53.000Z',
        },
      ],
      has_more: false,
      next_after: 42,
      head: 42,
    },
  },
  errors: ['missing_parameter', 'not_found'],
  prepare: (given, version) => requestOf(given, version),
  async handle(call) {
    const ledgerAccountId = await onlyAccount(call, call.query.scope)
    const page = await changesOf(call.context.db, { ...call.query, ledgerAccountId })
    const data = await textsOf(call, ledgerAccountId, page.changes)
    const url = JSON.stringify(`/${call.version}${call.path}`)
    return {
      body: `{"object":"list","url":${url},"data":[${data.join(',')}],"has_more":${page.hasMore},"next_after":${page.nextAfter},"head":${page.head}}`,
    }
  },
})

function requestOf(given: Given, version: Version): ChangesRequest {
  return {
    scope: namedScope(given, version),
    after: (given.get('after') ?? 0) as number,
    limit: (given.get('limit') ?? limit_default_changes) as number,
    types: (given.get('types') as string[] | undefined) ?? null,
    records: given.has('include'),
  }
}

async function textsOf(
  { context, version, query }: Call<ChangesRequest>,
  ledgerAccountId: string,
  changes: readonly Change[],
): Promise<string[]> {
  const records = query.records
    ? await recordsOfChanges(context.db, ledgerAccountId, changes)
    : null
  return changes.map(({ date_ms, changed, ...change }) => {
    const named = changed.map((name) => nameIn(version, name))
    const date = new Date(date_ms).toISOString()
    const plain = JSON.stringify({ ...change, changed: named, date })
    if (!records) return plain
    const record = records.get(`${change.object} ${change.id}`) ?? 'null'
    return `${plain.slice(0, -1)},"record":${record}}`
  })
}

const headsOperation = operation({
  id: 'list_change_heads',
  method: 'GET',
  path: '/changes/heads',
  tag,
  summary: 'The newest change of each ledger account',
  description: 'The most recently changed first.',
  scope: 'read',
  parameters: [...scopeParameters, limitParameter, cursorParameter],
  answer: {
    status: 200,
    description: 'One page',
    schema: listSchema(objectSchema({ ledgerAccountId: text, seq: integer, date: time })),
    example: listExample('/v2/changes/heads', {
      ledgerAccountId: recordExample(objectTypes[0]!).ledgerAccountId,
      seq: 42,
      date: '2026-03-14T09:26:53.000Z',
    }),
  },
  errors: ['not_found'],
  prepare: (given, version) => ({
    scope: namedScope(given, version),
    limit: (given.get('limit') ?? limit_default) as number,
    cursor: (given.get('cursor') as string | undefined) ?? null,
  }),
  async handle(call) {
    const { limit, cursor } = call.query
    const { institutionId, mode } = call.key
    const scope = await scopeOf(call, call.query.scope)
    const fingerprint = listFingerprint(['heads', institutionId, mode])
    const after = cursor === null ? null : unpackCursor(cursor, fingerprint, []).place
    const rows = await headsByDate(call.context.db, { scope, limit: limit + 1, after })
    const data = rows.slice(0, limit).map(({ date_ms, ledgerAccountId, seq }) => ({
      ledgerAccountId,
      seq,
      date: new Date(date_ms).toISOString(),
    }))
    const last = data.at(-1)
    const place = last && { value: last.date, id: last.ledgerAccountId }
    const more = rows.length > limit
    return {
      body: JSON.stringify({
        object: 'list',
        url: `/${call.version}${call.path}`,
        data,
        has_more: more,
        next_cursor:
          more && place
            ? packCursor(fingerprint, { place, backwards: false, heads: new Map() })
            : null,
      }),
    }
  },
})

export const changeOperations: readonly Operation[] = [feedOperation, headsOperation]
