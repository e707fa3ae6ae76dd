import type { ObjectType } from '../model/object.ts'
import { columnsOf, quoted } from './table.ts'

/**
 * A whole number of a record as SQL: from its column, or from the text where it has none. A quoted
 * key with a colon cannot occur inside a JSON string, so the text need not be parsed.
 */
export function wholeNumber(type: ObjectType, attribute: string, alias: string): string {
  const column = columnsOf(type).find(({ name }) => name === attribute)
  if (column) return `${alias}.${quoted(attribute)}`
  return `substring(${alias}.record from '"${attribute}":(-?[0-9]+)')::bigint`
}
