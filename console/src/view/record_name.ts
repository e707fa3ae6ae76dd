import type { ApiRecord } from '../api/types.ts'

const naming = ['name', 'account_name', 'number', 'description', 'email', 'institutionAccountId']
const id_shown = 14

/** What a record is called where there is room for one line: a name of its own, or else its id. */
export function nameOf(record: ApiRecord): string {
  for (const attribute of naming) {
    const value = record[attribute]
    if (typeof value === 'string' && value.trim() !== '') return value
  }
  const profile = record.business_profile as { readonly name?: unknown } | null | undefined
  if (typeof profile?.name === 'string') return profile.name
  return `${record.id.slice(0, id_shown)}…`
}
