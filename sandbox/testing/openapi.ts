// Reads an OpenAPI 3.0 document as JSON Schema, so that answers can be checked against it.
import Ajv, { type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'

export type Schema = { [key: string]: unknown }
export type Spec = {
  info: { version: string }
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}
export type Operation = {
  parameters?: { name: string; in: string; schema: Schema }[]
  responses: Record<string, { content: Record<string, { schema: Schema }> }>
}

export type Checker = {
  // What is wrong with an answer to GET of the path, or null.
  answer: (path: string, status: number, body: unknown) => string | null
  object: (schema: string, body: unknown) => string | null
}

export function createChecker(spec: Spec): Checker {
  const ajv = new Ajv.Ajv({ strict: false, inlineRefs: false, validateFormats: false })
  addFormats.default(ajv)
  const schemas = Object.entries(spec.components.schemas)
  const $defs = Object.fromEntries(schemas.map(([name, schema]) => [name, translate(schema)]))
  ajv.addSchema({ $id: 'spec', $defs })
  const compiled = new Map<string, ValidateFunction>()
  const check = (name: string, schema: () => Schema, body: unknown) => {
    let validate = compiled.get(name)
    if (!validate) {
      validate = ajv.compile(schema())
      compiled.set(name, validate)
    }
    if (validate(body)) return null
    const errors = validate.errors?.filter(({ keyword }) => keyword !== 'anyOf').slice(0, 8)
    return JSON.stringify(errors, null, 1)
  }
  return {
    object: (schema, body) => check(schema, () => ({ $ref: `spec#/$defs/${schema}` }), body),
    answer: (path, status, body) => {
      const kind = status === 200 ? '200' : 'default'
      const found = () => spec.paths[path]!.get!.responses[kind]!.content['application/json']!
      return check(`${path} ${kind}`, () => translate(found().schema) as Schema, body)
    },
  }
}

// Some value of the right kind, written the way a query with brackets is read.
export function written({ name, schema }: { name: string; schema: Schema }): string {
  if (schema.type === 'array') return `${name}[]=x`
  if (schema.type === 'integer') return `${name}=1`
  if (schema.type === 'boolean') return `${name}=true`
  if (schema.type === 'object') return `${name}[${Object.keys(schema.properties as object)[0]}]=1`
  return schema.anyOf ? `${name}[gte]=1` : `${name}=x`
}

// nullable becomes a type; what an object may have is only what it is said to have.
function translate(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(translate)
  if (typeof value !== 'object' || value === null) return value
  const { nullable, $ref, ...rest } = value as Schema // what is not an array is a schema part
  if (typeof $ref === 'string')
    return { $ref: $ref.replace('#/components/schemas/', 'spec#/$defs/') }
  const entries = Object.entries(rest)
    .filter(([key]) => key !== 'description' && !key.startsWith('x-'))
    .map(([key, part]) => [key, key === 'properties' ? properties(part) : translate(part)])
  const schema: Schema = Object.fromEntries(entries)
  const closed = schema.properties && schema.additionalProperties === undefined
  if (closed) schema.additionalProperties = false
  return nullable ? { anyOf: [schema, { type: 'null' }] } : schema
}

// Names of properties are not keywords, whatever they are called.
function properties(value: unknown): Schema {
  const entries = Object.entries(value as Schema) // properties is always an object
  return Object.fromEntries(entries.map(([name, schema]) => [name, translate(schema)]))
}
