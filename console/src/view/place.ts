import type { ObjectType } from '../api/types.ts'

/** Objects that have a page of their own; the others share one. */
const own_pages: { readonly [object: string]: string } = {
  customer: '/customers',
  settlement: '/settlements',
  ledger_account: '/ledger-accounts',
}

/** Where the console shows a record, by its id; null for an id of no object. */
export function placeOf(model: readonly ObjectType[], id: string): string | null {
  const type = typeOfId(model, id)
  return type && `${folderOf(type)}/${encodeURIComponent(id)}`
}

/** Where the console lists an object's records. */
export function folderOf({ name, plural }: ObjectType): string {
  return own_pages[name] ?? `/records/${plural}`
}

/** The object that an id belongs to: ids begin with its prefix. */
export function typeOfId(model: readonly ObjectType[], id: string): ObjectType | null {
  const prefix = /^([a-z]+)_[0-9a-f]+$/.exec(id)?.[1]
  return model.find((type) => type.prefix === prefix) ?? null
}
