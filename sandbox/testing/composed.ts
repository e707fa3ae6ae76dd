// Reads an OpenAPI document whose objects are put together from parts (allOf), as PayPal's are.
import { Ajv2019 } from 'ajv/dist/2019.js'
import type { Schema, Spec } from './openapi.ts'

export type ComposedChecker = {
  // What is wrong with an object, or null.
  object: (schema: string, body: unknown) => string | null
}

// `changed` stands in for schemas that are known to say something else than the real API does.
export function createComposedChecker(
  spec: Spec,
  changed: Record<string, Schema> = {},
): ComposedChecker {
  const ajv = new Ajv2019({ strict: false, validateFormats: false, unicodeRegExp: false })
  const schemas = Object.entries({ ...spec.components.schemas, ...changed })
  const $defs = Object.fromEntries(schemas.map(([name, schema]) => [name, translate(schema)]))
  ajv.addSchema({ $id: 'spec', $defs })
  return {
    object: (name, body) => {
      const validate = ajv.compile(closed({ $ref: `spec#/$defs/${name}` }))
      return validate(body) ? null : JSON.stringify(validate.errors?.slice(0, 5), null, 1)
    },
  }
}

// What an object may have is only what one of its parts says it has.
function closed(schema: unknown): Schema {
  return { allOf: [schema], unevaluatedProperties: false }
}

function translate(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(translate)
  if (typeof value !== 'object' || value === null) return value
  const { nullable: _, $ref, ...rest } = value as Schema // what is not an array is a schema part
  if (typeof $ref === 'string') {
    return { $ref: $ref.replace('#/components/schemas/', 'spec#/$defs/') }
  }
  const entries = Object.entries(rest)
    .filter(([key]) => key !== 'description' && !key.startsWith('x-'))
    .map(([key, part]) => [key, inPlace(key, part)])
  // What a document leaves empty may be anything.
  return entries.length === 0 ? { additionalProperties: true } : Object.fromEntries(entries)
}

// An object is whole where it is a property or an item; in `allOf` it is a part of another.
function inPlace(key: string, part: unknown): unknown {
  if (key === 'items') return closed(translate(part))
  if (key !== 'properties') return translate(part)
  const properties = Object.entries(part as Schema) // properties is always an object
  return Object.fromEntries(properties.map(([name, schema]) => [name, closed(translate(schema))]))
}
