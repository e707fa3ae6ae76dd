import { shortHash } from '../../model/object.ts'
import { type AuditEntry, audit_prefix, auditEntries } from '../../store/audit.ts'
import { idExample } from '../example.ts'
import { cursorParameter, limit_default, limitParameter } from '../list_request.ts'
import { type Call, type Operation, operation } from '../operation.ts'
import type { Parameter } from '../parameter.ts'
import { Problem } from '../problem.ts'
import type { Given } from '../query_string.ts'
import {
  integerOrNull,
  listExample,
  listSchema,
  objectSchema,
  text,
  textOrNull,
  time,
} from '../schemas.ts'
import { namedScope, scopeOf, scopeParameters } from '../scope.ts'

const moment = { type: 'string', format: 'timestamp' } as const
const key_example = 'key_5f0c3b9a5f6e4a578a552b7f'

const parameters: readonly Parameter[] = [
  ...scopeParameters,
  {
    name: 'keyId',
    in: 'query',
    description: 'Only what was done with this key',
    schema: { type: 'string', minLength: 1, maxLength: 80 },
    example: key_example,
  },
  {
    name: 'operation',
    in: 'query',
    description: 'Only this operation, by its operationId',
    schema: { type: 'string', minLength: 1, maxLength: 80 },
    example: 'create_key',
  },
  {
    name: 'date[gte]',
    in: 'query',
    description: 'Only from this moment on',
    schema: moment,
    example: '2026-03-14T00:00:00Z',
  },
  {
    name: 'date[lt]',
    in: 'query',
    description: 'Only before this moment',
    schema: moment,
    example: '2027-03-15T00:00:00Z',
  },
  limitParameter,
  cursorParameter,
]

const entry_schema = objectSchema({
  object: { const: 'audit_entry' },
  id: text,
  date: time,
  via: { type: 'string', enum: ['api', 'cli'] },
  key_id: textOrNull,
  key_hint: { type: ['string', 'null'], description: 'Last characters of the key' },
  operation: text,
  changed_object: textOrNull,
  changed_id: textOrNull,
  ledgerAccountId: textOrNull,
  request_id: textOrNull,
  status: integerOrNull,
  code: { type: ['string', 'null'], description: 'Code of the refusal; null where it was done' },
})

export const auditOperation: Operation = operation({
  id: 'list_audit_entries',
  method: 'GET',
  path: '/audit_entries',
  tag: 'audit',
  summary: 'Who changed what',
  description:
    "Every change asked for through the API or by the command line, refused ones too, newest first; in this key's mode. An entry of a change is in the same transaction as the change. Bodies are never kept, and of refused changes no ids.",
  scope: 'admin',
  parameters,
  answer: {
    status: 200,
    description: 'One page',
    schema: listSchema(entry_schema),
    example: listExample('/v2/audit_entries', {
      object: 'audit_entry',
      id: 'aud_019ceb2f5a489f3c2d1b0a998877',
      date: '2026-03-14T09:26:53.000Z',
      via: 'api',
      key_id: key_example,
      key_hint: 'a1f9',
      operation: 'create_ledger_account',
      changed_object: 'ledger_account',
      changed_id: idExample('ledger_account'),
      ledgerAccountId: idExample('ledger_account'),
      request_id: 'req_0b1f8a6e-6c53-4c3c-9d0a-0a6d5a0f9b11',
      status: 201,
      code: null,
    }),
  },
  errors: ['not_found', 'bad_cursor'],
  prepare: (given, version) => ({
    scope: namedScope(given, version),
    keyId: textOf(given, 'keyId'),
    operation: textOf(given, 'operation'),
    from: textOf(given, 'date[gte]'),
    to: textOf(given, 'date[lt]'),
    limit: (given.get('limit') ?? limit_default) as number,
    cursor: textOf(given, 'cursor'),
  }),
  async handle(call) {
    const { scope, limit, cursor, from, to, ...filters } = call.query
    const { institutionId, mode, ledgerAccountId } = call.key
    const named = scope.ledgerAccountIds ?? scope.institutionAccountId
    const ledgerAccountIds =
      named === null && ledgerAccountId === null ? null : await scopeOf(call, scope)
    const list = fingerprintOf(call, [ledgerAccountIds, from, to, filters])
    const entries = await auditEntries(call.context.db, {
      ...{ institutionId, mode, ledgerAccountIds, ...filters },
      from_ms: from === null ? null : Date.parse(from),
      to_ms: to === null ? null : Date.parse(to),
      after: cursor === null ? null : placeIn(cursor, list),
      limit: limit + 1,
    })
    const data = entries.slice(0, limit).map(shownEntry)
    const has_more = entries.length > limit
    const last = data.at(-1)
    const next_cursor = has_more && last ? `${list}_${last.id}` : null
    const url = `/${call.version}${call.path}`
    return { body: JSON.stringify({ object: 'list', url, data, has_more, next_cursor }) }
  },
})

function textOf(given: Given, name: string): string | null {
  return (given.get(name) as string | undefined) ?? null
}

function fingerprintOf({ key }: Call<unknown>, filters: readonly unknown[]): string {
  const { institutionId, mode } = key
  return shortHash(JSON.stringify(['audit', institutionId, mode, ...filters])).slice(0, 12)
}

/** Id of the entry that a cursor of this very list stands behind. */
function placeIn(cursor: string, list: string): string {
  const [theirs = '', ...rest] = cursor.split('_')
  const id = rest.join('_')
  const isId = new RegExp(`^${audit_prefix}[0-9a-f]{28}$`).test(id)
  if (isId && theirs === list) return id
  const detail = isId
    ? 'cursor: it belongs to another list: other filters or another key'
    : 'cursor: expected a next_cursor of this list, got something else'
  throw new Problem({ code: 'bad_cursor', detail, param: 'cursor' })
}

function shownEntry(entry: AuditEntry) {
  return {
    object: 'audit_entry',
    id: entry.id,
    date: entry.date,
    via: entry.via,
    key_id: entry.keyId,
    key_hint: entry.keyHint,
    operation: entry.operation,
    changed_object: entry.object,
    changed_id: entry.objectId,
    ledgerAccountId: entry.ledgerAccountId,
    request_id: entry.requestId,
    status: entry.status,
    code: entry.code,
  }
}
