import {
  connectionStatuses,
  partner_account_connection,
} from '../../model/partner_account_connection.ts'
import type { Version } from '../../model/versions.ts'
import { list, list_limit_max } from '../../store/list.ts'
import { idExample } from '../example.ts'
import { type Operation, operation } from '../operation.ts'
import { parameterNameIn } from '../parameter.ts'
import { missingParameter } from '../problem.ts'
import type { Given } from '../query_string.ts'
import { objectSchema, text, textOrNull } from '../schemas.ts'
import { namedScope, onlyAccount, scopeParameters } from '../scope.ts'
import { consentPageOperations } from './consent_page.ts'
import { consentSettingsOperations } from './consent_settings.ts'

const tag = 'consent'
const [account, institutionAccount] = scopeParameters

export const consentOperations: readonly Operation[] = [
  ...consentPageOperations,
  ...consentSettingsOperations,
  operation({
    id: 'ledger_account_id',
    method: 'GET',
    path: '/auth/consent/ledgerAccountId',
    tag,
    summary: 'Our id of a ledger account from yours',
    description: 'Among the active ones.',
    scope: 'read',
    parameters: institutionAccount ? [{ ...institutionAccount, required: true }] : [],
    answer: {
      status: 200,
      description: 'Both ids',
      schema: objectSchema({ ledgerAccountId: text, institutionAccountId: text }),
      example: {
        ledgerAccountId: idExample('ledger_account'),
        institutionAccountId: 'merchant-1042',
      },
    },
    errors: ['missing_parameter', 'not_found'],
    prepare: namedScope,
    async handle(call) {
      const ledgerAccountId = await onlyAccount(call, call.query)
      const { institutionAccountId } = call.query
      return { body: JSON.stringify({ ledgerAccountId, institutionAccountId }) }
    },
  }),
  operation({
    id: 'consent_status',
    method: 'GET',
    path: '/auth/consent/status',
    tag,
    summary: 'Where each connection of a business stands',
    description: 'One of the two ids is needed.',
    scope: 'read',
    parameters: account && institutionAccount ? [account, institutionAccount] : [],
    answer: {
      status: 200,
      description: 'The status of each connection',
      schema: objectSchema({
        ledgerAccountId: text,
        connections: {
          type: 'array',
          items: objectSchema({
            id: text,
            partnerSource: text,
            partner_account_id: textOrNull,
            account_name: textOrNull,
            status: { type: 'string', enum: connectionStatuses },
            status_reason: textOrNull,
          }),
        },
      }),
      example: {
        ledgerAccountId: idExample('ledger_account'),
        connections: [
          {
            id: idExample(partner_account_connection),
            partnerSource: 'stripe',
            partner_account_id: 'acct_1032D82eZvKYlo2C',
            account_name: 'Furrow Farm',
            status: 'Active',
            status_reason: null,
          },
        ],
      },
    },
    errors: ['missing_parameter', 'not_found'],
    prepare: oneNamed,
    async handle(call) {
      const ledgerAccountId = await onlyAccount(call, call.query)
      const page = await list(call.context.db, {
        type: partner_account_connection,
        scope: [ledgerAccountId],
        where: [{ column: 'recordState', operator: 'eq', value: 'ACTIVE' }],
        sort: 'created_date',
        limit: list_limit_max,
      })
      const connections = page.records.map((record) => statusOf(JSON.parse(record)))
      return { body: JSON.stringify({ ledgerAccountId, connections }) }
    },
  }),
]

const told = [
  'id',
  'partnerSource',
  'partner_account_id',
  'account_name',
  'status',
  'status_reason',
] as const

function statusOf(record: { readonly [attribute: string]: unknown }) {
  return Object.fromEntries(told.map((name) => [name, record[name] ?? null]))
}

/** For operations that must be told which business is meant. */
export function oneNamed(given: Given, version: Version) {
  const named = namedScope(given, version)
  if (named.ledgerAccountIds !== null || named.institutionAccountId !== null) return named
  const name = parameterNameIn(version, 'ledgerAccountId')
  throw missingParameter(name, `expected ${name} or institutionAccountId, got neither`)
}
