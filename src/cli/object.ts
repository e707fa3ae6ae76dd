import { didYouMean } from '../api/suggest.ts'
import type { ObjectType } from '../model/object.ts'
import { misused } from './fault.ts'

/** The object that a user names: `customer`, `customers` or `external-accounts`. */
export function objectGiven(name: string, types: readonly ObjectType[]): ObjectType {
  const wanted = name.toLowerCase().replaceAll('-', '_')
  const found = types.find((type) => type.name === wanted || type.plural === wanted)
  if (found) return found
  const names = types.map((type) => type.name)
  throw misused(
    `object: expected one of ${names.join(', ')}, got "${name}"${didYouMean(wanted, names)}`,
  )
}
