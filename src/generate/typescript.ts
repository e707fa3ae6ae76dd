import type { JsonSchema } from '../model/field.ts'

/** A JSON Schema as a TypeScript type. References are to the interfaces of the same names. */
export function typeOf(schema: JsonSchema): string {
  const { $ref, anyOf, const: constant, enum: words, type } = schema
  if (typeof $ref === 'string') return interfaceName($ref.replace(/^.*\//, ''))
  if (Array.isArray(anyOf)) return union(anyOf.map((one) => typeOf(one as JsonSchema)))
  if (constant !== undefined) return literal(constant)
  if (Array.isArray(words)) return union(words.map(literal))
  if (Array.isArray(type)) return union(type.map((one) => typeOf({ ...schema, type: one })))
  return printers[String(type)]?.(schema) ?? 'unknown'
}

const printers: { readonly [type: string]: (schema: JsonSchema) => string } = {
  string: () => 'string',
  integer: () => 'number',
  number: () => 'number',
  boolean: () => 'boolean',
  null: () => 'null',
  array: ({ items }) => `readonly ${grouped(typeOf((items ?? {}) as JsonSchema))}[]`,
  object: objectType,
}

function objectType({ properties, required, additionalProperties }: JsonSchema): string {
  if (!properties) {
    const values =
      typeof additionalProperties === 'object' ? typeOf(valuesOf(additionalProperties)) : 'unknown'
    return `{ readonly [name: string]: ${values} }`
  }
  const needed = new Set((required ?? []) as readonly string[])
  return `{ ${Object.entries(properties)
    .map(([name, schema]) => property(name, schema as JsonSchema, needed.has(name)))
    .join('; ')} }`
}

function valuesOf(schema: unknown): JsonSchema {
  return schema as JsonSchema
}

function property(name: string, schema: JsonSchema, needed: boolean): string {
  return `readonly ${key(name)}${needed ? '' : '?'}: ${typeOf(schema)}`
}

/** `billing_invoice` is the interface BillingInvoice. */
export function interfaceName(name: string): string {
  return name.replaceAll(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase())
}

/** A name as a key: quoted where it has to be. */
export function key(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : literal(name)
}

export function literal(value: unknown): string {
  return typeof value === 'string'
    ? `'${value.replaceAll(/[\\']/g, '\\$&').replaceAll('\n', '\\n')}'`
    : JSON.stringify(value)
}

function union(types: readonly string[]): string {
  return [...new Set(types)].join(' | ')
}

function grouped(type: string): string {
  return type.includes(' | ') ? `(${type})` : type
}

/** A documentation comment of one line; nothing in the text can end it. */
export function comment(text: string): string {
  return `/** ${text.replaceAll('*/', '* /').replaceAll(/\s*\n\s*/g, ' ')} */`
}
