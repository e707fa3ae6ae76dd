import type { Version } from '../model/versions.ts'
import type { ApiKey } from '../store/api_key.ts'
import { idExample } from './example.ts'
import type { Context } from './operation.ts'
import { type Parameter, parameterNameIn } from './parameter.ts'
import { badParameter, missingParameter, Problem, shown } from './problem.ts'
import type { Given } from './query_string.ts'

export const accounts_named_max = 50

/** Narrow an operation to ledger accounts. */
export const scopeParameters: readonly Parameter[] = [
  {
    name: 'ledgerAccountId',
    in: 'query',
    description: 'Only of these ledger accounts; all that the key may see by default',
    schema: { type: 'string', minLength: 1, maxLength: 80 },
    many: 'commas',
    values_max: accounts_named_max,
    example: idExample('ledger_account'),
  },
  {
    name: 'institutionAccountId',
    in: 'query',
    description: "Only of the ledger account that has this id of the institution's own",
    schema: { type: 'string', minLength: 1, maxLength: 500 },
    example: 'merchant-1042',
  },
]

/** Which ledger accounts a request names. */
export interface NamedScope {
  readonly ledgerAccountIds: readonly string[] | null
  readonly institutionAccountId: string | null
  readonly version: Version
}

export function namedScope(given: Given, version: Version): NamedScope {
  const ledgerAccountIds = given.get('ledgerAccountId') as string[] | undefined
  const institutionAccountId = given.get('institutionAccountId') as string | undefined
  if (ledgerAccountIds && institutionAccountId !== undefined) {
    const ours = parameterNameIn(version, 'ledgerAccountId')
    throw badParameter('institutionAccountId', `it without ${ours}`, institutionAccountId)
  }
  return {
    ledgerAccountIds: ledgerAccountIds ? [...new Set(ledgerAccountIds)] : null,
    institutionAccountId: institutionAccountId ?? null,
    version,
  }
}

/** Who asks, and of what. */
export interface Asker {
  readonly context: Context
  readonly key: ApiKey
}

/** The ledger accounts an answer may be made from. Throws 404 for those the key may not see. */
export async function scopeOf({ context, key }: Asker, named: NamedScope) {
  const { callers } = context
  const { ledgerAccountIds, institutionAccountId, version } = named
  if (institutionAccountId !== null) {
    const id = await callers.accountOf(key, institutionAccountId)
    if (id === null) throw unseen('institutionAccountId', institutionAccountId)
    return [id]
  }
  if (ledgerAccountIds === null) return callers.accounts(key)
  for (const id of ledgerAccountIds) {
    if (await callers.maySee(key, id)) continue
    throw unseen(parameterNameIn(version, 'ledgerAccountId'), id)
  }
  return ledgerAccountIds
}

/** The same for operations on one ledger account: it must be named where the key sees several. */
export async function onlyAccount(asker: Asker, named: NamedScope): Promise<string> {
  const scope = await scopeOf(asker, named)
  const [only] = scope
  if (only !== undefined && scope.length === 1) return only
  const name = parameterNameIn(named.version, 'ledgerAccountId')
  throw missingParameter(name, `expected one ledger account, the key may see ${scope.length}`)
}

function unseen(param: string, value: string): Problem {
  const detail = `${param}: no ledger account ${shown(value)} among those this key may see`
  return new Problem({ code: 'not_found', detail, param })
}
