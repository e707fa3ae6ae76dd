import { type LedgerAccount, ledger_account } from '../../model/ledger_account.ts'
import {
  createLedgerAccount,
  deleteLedgerAccount,
  updateLedgerAccount,
} from '../../store/ledger_account.ts'
import { retrieve } from '../../store/list.ts'
import { recordExample } from '../example.ts'
import { type Call, nothing, type Operation, operation } from '../operation.ts'
import { notFound, Problem } from '../problem.ts'
import { refTo } from '../schemas.ts'
import { idParameter } from './records.ts'

const name_length_max = 500

interface Body {
  readonly institutionAccountId?: string | null
  readonly business_profile?: { readonly name?: string | null; readonly country?: string | null }
}

const body = {
  schema: {
    type: 'object',
    properties: {
      institutionAccountId: {
        type: ['string', 'null'],
        minLength: 1,
        maxLength: name_length_max,
        description: "The institution's own id of the business; unique among its active ones",
      },
      business_profile: {
        type: 'object',
        properties: {
          name: { type: ['string', 'null'], minLength: 1, maxLength: name_length_max },
          country: { type: ['string', 'null'], pattern: '^[A-Z]{2}$' },
        },
        additionalProperties: false,
      },
    },
    additionalProperties: false,
  },
  example: {
    institutionAccountId: 'merchant-1042',
    business_profile: { name: 'Furrow Farm Ltd', country: 'SE' },
  },
} as const

const common = { tag: ledger_account.plural, scope: 'write', prepare: nothing } as const
const answer = {
  status: 200,
  description: 'The ledger account',
  schema: refTo(ledger_account),
  example: recordExample(ledger_account),
}

export const ledgerAccountOperations: readonly Operation[] = [
  operation({
    ...common,
    id: 'create_ledger_account',
    method: 'POST',
    path: '/ledger_accounts',
    summary: 'Create a ledger account',
    description: "For one business. Its mode is the key's.",
    parameters: [],
    body,
    answer: { ...answer, status: 201 },
    errors: ['conflict'],
    async handle({ context, key, body: given }) {
      if (key.ledgerAccountId !== null) throw bound()
      const { institutionAccountId = null, business_profile = {} } = given as Body
      const { name = null, country = null } = business_profile
      const { institutionId, mode } = key
      const wanted = { institutionId, mode, institutionAccountId, name, country }
      const text = await createLedgerAccount(context.db, { ...wanted, now_ms: context.now() })
      context.callers.forget()
      return { status: 201, body: text }
    },
  }),
  operation({
    ...common,
    id: 'update_ledger_account',
    method: 'PATCH',
    path: '/ledger_accounts/{id}',
    summary: 'Update a ledger account',
    description: 'What is left out stays.',
    parameters: [idParameter(ledger_account)],
    body,
    answer,
    errors: ['conflict'],
    async handle(call) {
      const { context, body: given } = call
      const before = await visibleAccount(call)
      const { institutionAccountId, business_profile } = given as Body
      const change = {
        ...(institutionAccountId === undefined ? {} : { institutionAccountId }),
        ...(business_profile === undefined
          ? {}
          : { business_profile: profileWith(before, business_profile) }),
      }
      const wanted = { id: before.id, change, now_ms: context.now() }
      const text = await updateLedgerAccount(context.db, wanted)
      if (text === null) throw notFound('ledger_account', before.id)
      context.callers.forget()
      return { body: text }
    },
  }),
  operation({
    ...common,
    id: 'delete_ledger_account',
    method: 'DELETE',
    path: '/ledger_accounts/{id}',
    summary: 'Delete a ledger account',
    description: 'It becomes DELETED. Its records stay readable.',
    parameters: [idParameter(ledger_account)],
    answer,
    async handle(call) {
      const { id } = await visibleAccount(call)
      const text = await deleteLedgerAccount(call.context.db, id, call.context.now())
      if (text === null) throw notFound('ledger_account', id)
      call.context.callers.forget()
      return { body: text }
    },
  }),
]

async function visibleAccount({ context, key, params }: Call<null>): Promise<LedgerAccount> {
  const id = params.id ?? ''
  const visible = await context.callers.maySee(key, id)
  const text = visible ? await retrieve(context.db, ledger_account, { scope: [id], id }) : null
  if (text === null) throw notFound('ledger_account', id)
  return JSON.parse(text) as LedgerAccount
}

/** What partners call the business is theirs to tell. */
function profileWith(before: LedgerAccount, given: NonNullable<Body['business_profile']>) {
  const { name = null, country = null, account_name_partner = [] } = before.business_profile ?? {}
  return { name, country, ...given, account_name_partner }
}

function bound(): Problem {
  return new Problem({
    code: 'forbidden',
    detail:
      'x-api-key: expected a key of the whole institution, got one of a single ledger account',
    param: 'x-api-key',
  })
}
