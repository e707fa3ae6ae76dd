import type { Kind } from '../../model/field.ts'
import type { ObjectType } from '../../model/object.ts'
import { nameIn, type Version } from '../../model/versions.ts'

/** A column of a table of records. */
export interface Column {
  /** `email`, `address.city` */
  readonly name: string
  readonly path: readonly string[]
  readonly kind: Kind
}

/** The columns of an object, in the order of its attributes: groups apart, lists as JSON. */
export function columnsOf(type: ObjectType, version: Version): Column[] {
  return Object.entries(type.attributes).flatMap(([attribute, kind]) => {
    const name = nameIn(version, attribute)
    if (!kind.parts || kind.many) return [{ name, path: [name], kind }]
    return Object.entries(kind.parts).map(([part, inner]) => ({
      name: `${name}.${nameIn(version, part)}`,
      path: [name, nameIn(version, part)],
      kind: inner,
    }))
  })
}

export type Cell = string | number | boolean | null

/** A record's value in a column; what is no single value is written as JSON. */
export function cellOf(record: unknown, { path }: Column): Cell {
  let value: unknown = record
  for (const name of path) value = (value as { [name: string]: unknown } | null)?.[name] ?? null
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : (value as Cell)
}
