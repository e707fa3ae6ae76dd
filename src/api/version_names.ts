import type { JsonSchema } from '../model/field.ts'
import { nameIn, type Version } from '../model/versions.ts'

/** A schema with its properties under the names of a version. */
export function schemaIn(version: Version, schema: JsonSchema): JsonSchema {
  return renamedSchema(version, schema) as JsonSchema
}

function renamedSchema(version: Version, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => renamedSchema(version, one))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([keyword, held]) => {
      if (keyword === 'properties') return [keyword, namesIn(version, held as object)]
      if (keyword === 'required')
        return [keyword, (held as string[]).map((n) => nameIn(version, n))]
      if (keyword === 'examples')
        return [keyword, (held as string[]).map((n) => nameIn(version, n))]
      if (keyword === 'enum' || keyword === 'const') return [keyword, held]
      return [keyword, renamedSchema(version, held)]
    }),
  )
}

function namesIn(version: Version, properties: object): object {
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [
      nameIn(version, name),
      renamedSchema(version, schema),
    ]),
  )
}

/** An example with its keys under the names of a version. */
export function exampleIn(version: Version, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => exampleIn(version, one))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, held]) => [nameIn(version, name), exampleIn(version, held)]),
  )
}
