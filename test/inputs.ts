import fc from 'fast-check'
import type { ContractParameter, Promised, Schema } from './contract.ts'
import { return_url } from './desk.ts'
import type { Ids } from './filled.ts'

/** Values that no parameter of an operation should stumble over. */
export const hostile: readonly string[] = [
  '%00',
  'a%00b',
  '%ED%A0%80',
  '%F0%28%8C%28',
  '%',
  '%zz',
  '',
  '-1',
  '0',
  '1e999',
  '9'.repeat(400),
  '99999999999999999999',
  '-0',
  'NaN',
  '__proto__',
  'constructor',
  'toString',
  "'; drop table customer; --",
  '$1',
  '{}',
  '[]',
  'null',
  'undefined',
  '2026-02-30',
  '0000-01-01T00:00:00.000Z',
  '9999-12-31T23:59:59.999-23:59',
  '2026-13-01',
  'infinity',
  '-infinity',
  '%F0%9F%98%80',
  'ﬁ',
  '%E2%80%8B',
  'a'.repeat(5000),
  ','.repeat(300),
  '../../etc/passwd',
  'data.data.data',
  'subscriptions.customer_id.subscriptions.customer_id.subscriptions',
  'ledgerAccountId.connections.ledgerAccountId.connections.ledgerAccountId',
]

/** Names that no operation has. */
export const hostileNames: readonly string[] = [
  '__proto__',
  'constructor[prototype]',
  'toString',
  'limit[limit][limit]',
  'a[b][c][d][e][f][g]',
  '[]',
  '[',
  ']',
  'limit[]',
  'limit[gte]',
  'created_date[foo]',
  '%00',
  '%',
  'expand[__proto__]',
  'x'.repeat(3000),
  '',
]

/** Parameters that exclude each other. */
const exclusive: readonly (readonly string[])[] = [
  ['cursor', 'starting_after', 'ending_before'],
  ['ledgerAccountId', 'ledger_id', 'merchantIdentifier', 'institutionAccountId'],
]

/** What a value must be besides what its schema says. */
const real: { readonly [name: string]: (one: Promised, ids: Ids) => readonly string[] } = {
  cursor: () => [],
  starting_after: ownId,
  ending_before: ownId,
  ledgerAccountId: (_, ids) => [ids.ledger_account ?? ''],
  ledger_id: (_, ids) => [ids.ledger_account ?? ''],
  institutionAccountId: () => ['merchant-1'],
  merchantIdentifier: () => ['merchant-1', 'merchant-new'],
  returnUrl: () => [return_url],
  milestone_date: () => ['2026-03-14', '2026-03-14T09:26:53Z', '2024-02-29T23:59:59.999+02:00'],
}

function ownId({ example }: Promised, ids: Ids): readonly string[] {
  const [item] = (example as { data?: { object?: string }[] }).data ?? []
  const id = ids[item?.object ?? '']
  return id === undefined ? [] : [id]
}

/** An operation, and ids of records that it can be asked about. */
export interface Of {
  readonly one: Promised
  readonly ids: Ids
}

function valuesOf({ one, ids }: Of, parameter: ContractParameter): fc.Arbitrary<string> | null {
  const known = real[parameter.name]?.(one, ids)
  if (known) return known.length === 0 ? null : fc.constantFrom(...known)
  const { schema } = parameter
  if (schema.type !== 'array') return fromSchema(schema)
  const item = fromSchema(schema.items as Schema)
  return fc.array(item, { minLength: 1, maxLength: 3 }).map((some) => some.join(','))
}

function fromSchema(schema: Schema): fc.Arbitrary<string> {
  if (Array.isArray(schema.examples)) return fc.constantFrom(...(schema.examples as string[]))
  if (Array.isArray(schema.enum)) return fc.constantFrom(...(schema.enum as string[]))
  if (schema.format === 'date-time') return dates
  if (schema.format === 'currency') return fc.constantFrom('EUR', 'SEK', 'JPY')
  if (typeof schema.pattern === 'string') return fc.stringMatching(new RegExp(schema.pattern))
  if (schema.type === 'boolean') return fc.constantFrom('true', 'false')
  if (schema.type === 'integer') {
    const min = Number(schema.minimum ?? -1000)
    const max = Math.min(Number(schema.maximum ?? 1000), Number.MAX_SAFE_INTEGER)
    return fc.integer({ min: Math.max(min, -1e9), max: Math.min(max, 1e9) }).map(String)
  }
  return texts
}

const dates = fc
  .date({ min: new Date('1970-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString())
/** Text that Postgres can hold, of every script. */
export const texts = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 30 })
  .filter((text) => text.isWellFormed() && !/[\0,]/.test(text))

type Pair = readonly [name: string, value: string]
export type Query = readonly Pair[]

/** Some of an operation's parameters with values that their schemas allow. */
export function validQuery(of: Of): fc.Arbitrary<Query> {
  const { one } = of
  const parameters = one.parameters.filter((parameter) => parameter.in === 'query')
  const required = parameters.filter((parameter) => parameter.required)
  const pick = fc
    .subarray(parameters, { maxLength: Math.min(5, parameters.length) })
    .map((some) => {
      const kept = [...new Set([...required, ...some, ...oneOfTwo(one, parameters)])]
      return kept.filter((parameter) => !excludedBy(parameter, kept))
    })
  return pick.chain((some) => {
    const pairs = some.flatMap((parameter): fc.Arbitrary<Pair>[] => {
      const values = valuesOf(of, parameter)
      return values ? [values.map((value): Pair => [parameter.name, value])] : []
    })
    return fc.tuple(...pairs)
  })
}

/** Insights and consent need to be told which business. */
function oneOfTwo({ id }: Promised, parameters: readonly ContractParameter[]) {
  if (!['settlement_summary', 'consent_status', 'consent_page'].includes(id)) return []
  return parameters.filter(({ name }) => name === 'institutionAccountId')
}

function excludedBy(parameter: ContractParameter, some: readonly ContractParameter[]): boolean {
  const group = exclusive.find((names) => names.includes(parameter.name)) ?? []
  const rivals = some.filter((one) => group.includes(one.name))
  const strongest = rivals.find((one) => one.required) ?? rivals.at(-1)
  return rivals.length > 1 && strongest !== parameter
}
