import type { ApiRecord, ObjectType } from '../api/types.ts'

const naming = ['name', 'account_name', 'number', 'description', 'email', 'institutionAccountId']
const id_shown = 14

/** The attribute that names most records of an object; null where nothing does. */
export function namingAttribute({ attributes }: ObjectType): string | null {
  const names = attributes.map(({ name }) => name)
  return naming.find((name) => names.includes(name)) ?? null
}

/** What a record is called where there is room for one line: a name of its own, or else its id. */
export function nameOf(record: ApiRecord): string {
  const profile = record.business_profile as { readonly name?: unknown } | null | undefined
  if (typeof profile?.name === 'string') return profile.name
  for (const attribute of naming) {
    const value = record[attribute]
    if (typeof value === 'string' && value.trim() !== '') return value
  }
  return `${record.id.slice(0, id_shown)}…`
}
