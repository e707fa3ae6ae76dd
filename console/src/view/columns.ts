import type { Attribute, ObjectType } from '../api/types.ts'

/** What every record has and no one reads in a list. */
const kept_back: ReadonlySet<string> = new Set([
  'object',
  'id',
  'ledgerAccountId',
  'partnerAccountConnectionId',
  'modifiedDate',
  'deletedDate',
  'deletionEvidence',
  'mergedInto',
  'currency',
  'shipping_address',
  'shipping_name',
  'shipping_phone',
])
const kept_back_kinds: ReadonlySet<string> = new Set(['list', 'list of hash'])

/** The columns of an object's list unless others are chosen; an attribute that is new is among them. */
export function usualColumns({ attributes }: ObjectType): Attribute[] {
  const shown = attributes.filter(
    ({ name, type }) => !kept_back.has(name) && !kept_back_kinds.has(type),
  )
  const first = shown.filter(({ name }) => leading.includes(name))
  const rest = shown.filter(({ name }) => !leading.includes(name))
  return [...first, ...rest]
}

const leading: readonly string[] = ['partnerSource']

/** The columns that an address names, in its order; the usual ones where it names none. */
export function columnsOf(type: ObjectType, chosen: string | undefined): Attribute[] {
  if (chosen === undefined) return usualColumns(type)
  const named = chosen.split(',')
  return named.flatMap((name) => type.attributes.find((one) => one.name === name) ?? [])
}

const rem_by_kind: { readonly [kind: string]: number } = {
  amount: 9,
  boolean: 6,
  country: 6,
  currency: 7,
  email: 16,
  enum: 8.5,
  hash: 16,
  id: 11.5,
  integer: 7,
  'list of hash': 7,
  rate: 7,
  timestamp: 12,
}
const rem_usual = 12

/** Width of a column, in rem: by kind, so that rows that scroll by do not move it. */
export function widthOf({ type, name }: Attribute): number {
  if (name === 'partnerSource') return 11
  return rem_by_kind[type] ?? rem_usual
}
