import {
  type ApiKey,
  createKey,
  isUsable,
  keyScopes,
  listKeys,
  revokeKey,
} from '../../store/api_key.ts'
import { idExample } from '../example.ts'
import { type Call, nothing, type Operation, operation } from '../operation.ts'
import { isExistingMoment } from '../parameter.ts'
import { notFound, Problem, shown } from '../problem.ts'
import { objectSchema, text, textOrNull, time, timeOrNull } from '../schemas.ts'

const tag = 'keys'

const properties = {
  object: { const: 'api_key' },
  id: text,
  name: textOrNull,
  hint: { type: 'string', description: 'Its last characters' },
  mode: { type: 'string', enum: ['test', 'live'] },
  scopes: { type: 'array', items: { type: 'string', enum: keyScopes } },
  ledgerAccountId: textOrNull,
  usable: { type: 'boolean' },
  created_date: time,
  expires_date: timeOrNull,
  revoked_date: timeOrNull,
} as const

const example = {
  object: 'api_key',
  id: 'key_5f0c3b9a5f6e4a578a552b7f',
  name: 'Nightly job',
  hint: 'a1f9',
  mode: 'test',
  scopes: ['read'],
  ledgerAccountId: null,
  usable: true,
  created_date: '2026-03-14T09:26:53.000Z',
  expires_date: null,
  revoked_date: null,
}

const common = { tag, scope: 'admin', parameters: [], prepare: nothing } as const

const listOperation = operation({
  ...common,
  id: 'list_keys',
  method: 'GET',
  path: '/keys',
  summary: 'List keys',
  description: "Of the institution, in this key's mode; the newest 100, revoked ones too.",
  answer: {
    status: 200,
    description: 'The keys, never in full',
    schema: objectSchema({
      object: { const: 'list' },
      url: text,
      data: { type: 'array', items: objectSchema(properties) },
      has_more: { type: 'boolean' },
      next_cursor: textOrNull,
    }),
    example: {
      object: 'list',
      url: '/v2/keys',
      data: [example],
      has_more: false,
      next_cursor: null,
    },
  },
  async handle(call) {
    const keys = (await listKeys(call.context.db, call.key.institutionId)).filter(mayManage(call))
    const data = keys.map((key) => shownKey(call, key))
    const url = `/${call.version}${call.path}`
    const body = { object: 'list', url, data, has_more: false, next_cursor: null }
    return { body: JSON.stringify(body) }
  },
})

interface Body {
  readonly name?: string | null
  readonly scopes: readonly ApiKey['scopes'][number][]
  readonly ledgerAccountId?: string | null
  readonly expires_date?: string | null
}

const createOperation = operation({
  ...common,
  id: 'create_key',
  method: 'POST',
  path: '/keys',
  summary: 'Create a key',
  description:
    "In this key's mode. The key itself is in this answer only; a repeated request is answered without it.",
  body: {
    schema: {
      type: 'object',
      properties: {
        name: { type: ['string', 'null'], minLength: 1, maxLength: 200 },
        scopes: {
          type: 'array',
          items: { type: 'string', enum: keyScopes },
          minItems: 1,
          maxItems: keyScopes.length,
          uniqueItems: true,
        },
        ledgerAccountId: {
          type: ['string', 'null'],
          minLength: 1,
          maxLength: 80,
          description: 'The one ledger account it may see',
        },
        expires_date: { type: ['string', 'null'], format: 'timestamp' },
      },
      required: ['scopes'],
      additionalProperties: false,
    },
    example: {
      name: 'Nightly job',
      scopes: ['read'],
      ledgerAccountId: idExample('ledger_account'),
    },
  },
  answer: {
    status: 201,
    description: 'The key, shown once',
    schema: objectSchema({ ...properties, key: textOrNull }),
    example: { ...example, key: 'frw_test_Rm9yIGV4YW1wbGUgb25seSwgbm90IGEgcmVhbCBrZXkhISE8a1f9' },
  },
  secrets: ['key'],
  async handle(call) {
    const { context, key } = call
    const { name = null, scopes, expires_date = null, ...body } = call.body as Body
    const wanted = body.ledgerAccountId ?? key.ledgerAccountId
    if (wanted !== null && !(await context.callers.maySee(key, wanted))) {
      throw invalid('ledgerAccountId', 'a ledger account that this key may see', wanted)
    }
    if (expires_date !== null && !isExistingMoment(expires_date)) {
      throw invalid('expires_date', 'a moment that exists', expires_date)
    }
    const { institutionId, mode } = key
    const made = await createKey(context.db, {
      ...{ institutionId, mode, scopes, name, expires_date },
      ledgerAccountId: wanted,
      now_ms: context.now(),
    })
    return { status: 201, body: JSON.stringify({ ...shownKey(call, made), key: made.key }) }
  },
})

function invalid(param: string, expected: string, got: unknown): Problem {
  const detail = `${param}: expected ${expected}, got ${shown(got)}`
  return new Problem({ code: 'invalid_body', detail, param })
}

const revokeOperation = operation({
  ...common,
  id: 'revoke_key',
  method: 'DELETE',
  path: '/keys/{id}',
  summary: 'Revoke a key',
  description: 'It is refused within a second.',
  parameters: [
    {
      name: 'id',
      in: 'path',
      description: 'Id of the key',
      schema: { type: 'string', minLength: 1, maxLength: 80 },
      required: true,
      example: example.id,
    },
  ],
  answer: {
    status: 200,
    description: 'The key',
    schema: objectSchema(properties),
    example: { ...example, usable: false, revoked_date: '2026-03-15T09:26:53.000Z' },
  },
  async handle(call) {
    const { context, key } = call
    const id = call.params.id ?? ''
    const { institutionId, mode, ledgerAccountId } = key
    const of = { institutionId, id, mode, ledgerAccountId, now_ms: context.now() }
    const revoked = await revokeKey(context.db, of)
    if (revoked === null) throw notFound('key', id)
    context.callers.forget()
    return { body: JSON.stringify(shownKey(call, revoked)) }
  },
})

/** Test and live never meet; and a key of one ledger account manages only such keys. */
function mayManage({ key }: Call<null>) {
  return (one: ApiKey) =>
    one.mode === key.mode &&
    (key.ledgerAccountId === null || one.ledgerAccountId === key.ledgerAccountId)
}

function shownKey({ context }: Call<null>, key: ApiKey) {
  const { id, name, hint, mode, scopes, ledgerAccountId, created_date } = key
  const { expires_date, revoked_date } = key
  const usable = isUsable(key, context.now())
  const what = { object: 'api_key', id, name, hint, mode, scopes, ledgerAccountId, usable }
  return { ...what, created_date, expires_date, revoked_date }
}

export const keyOperations: readonly Operation[] = [listOperation, createOperation, revokeOperation]
