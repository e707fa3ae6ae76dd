import type { Version } from '../model/versions.ts'
import { createLedgerAccount } from '../store/ledger_account.ts'
import type { Call } from './operation.ts'
import { parameterNameIn } from './parameter.ts'
import { Problem, type ProblemCode, shown } from './problem.ts'

/** What a CONNECT link is asked with. */
export interface Wish {
  readonly ledgerAccountId?: string | undefined
  readonly institutionAccountId?: string | undefined
  /** Another word for the same. */
  readonly merchantIdentifier?: string | undefined
  readonly returnUrl: string
  readonly partnerSource?: readonly string[] | undefined
}

/** The ledger account that is meant, made where the institution has not named it before. */
export async function businessOf(
  { context, key, version }: Pick<Call, 'context' | 'key' | 'version'>,
  wish: Wish,
  code: ProblemCode,
): Promise<string> {
  const { callers, db } = context
  const named = oneName(wish, version, code)
  if (named.ledgerAccountId !== undefined) {
    if (await callers.maySee(key, named.ledgerAccountId)) return named.ledgerAccountId
    throw unseen(parameterNameIn(version, 'ledgerAccountId'), named.ledgerAccountId)
  }
  const { institutionAccountId, param } = named
  const known = await callers.accountOf(key, institutionAccountId)
  if (known !== null) return known
  if (key.ledgerAccountId !== null) throw unseen(param, institutionAccountId)
  const { institutionId, mode } = key
  const wanted = { institutionId, mode, institutionAccountId, name: null, country: null }
  const made = await createLedgerAccount(db, { ...wanted, now_ms: context.now() })
  callers.forget()
  return (JSON.parse(made) as { id: string }).id // as it was stored
}

type Named =
  | { readonly ledgerAccountId: string }
  | {
      readonly ledgerAccountId?: undefined
      readonly institutionAccountId: string
      readonly param: string
    }

/** One business by one name. */
function oneName(wish: Wish, version: Version, code: ProblemCode): Named {
  const names = ['ledgerAccountId', 'institutionAccountId', 'merchantIdentifier'] as const
  const given = names.filter((name) => wish[name] !== undefined)
  const [name, another] = given
  const ours = parameterNameIn(version, 'ledgerAccountId')
  if (name === undefined) {
    const detail = `institutionAccountId: expected it or ${ours}, got neither`
    throw new Problem({ code: 'missing_parameter', detail, param: 'institutionAccountId' })
  }
  if (another !== undefined) {
    const param = parameterNameIn(version, another)
    const detail = `${param}: expected one name of the business, got ${given.length}`
    throw new Problem({ code, detail, param })
  }
  const value = wish[name] ?? ''
  if (name === 'ledgerAccountId') return { ledgerAccountId: value }
  return { institutionAccountId: value, param: name }
}

function unseen(param: string, value: string): Problem {
  const detail = `${param}: no ledger account ${shown(value)} among those this key may see`
  return new Problem({ code: 'not_found', detail, param })
}
