import { type JsonSchema, type Kind, mapFields, schemaOf } from '../model/field.ts'
import { objectNamed } from '../model/index.ts'
import type { ObjectType } from '../model/object.ts'

/** Schemas of answers in the current version's names; `$ref`s are to the document's components. */
export function refTo(type: ObjectType): JsonSchema {
  return { $ref: `#/components/schemas/${type.name}` }
}

/** An object as served: every attribute, and what ids become when they are expanded. */
export function answerSchemaOf(type: ObjectType): JsonSchema {
  return {
    type: 'object',
    title: type.name,
    description: type.description,
    properties: { ...mapFields(type.attributes, servedSchema), object: { const: type.name } },
    required: Object.keys(type.attributes),
  }
}

function servedSchema(kind: Kind): JsonSchema {
  const { description, ...plain } = schemaOf(kind)
  if (kind.parts) return partsSchema(kind, kind.parts)
  if (kind.targets.length === 0) return { ...plain, description }
  const targets = kind.targets.map(objectNamed)
  const expanded = kind.back ? targets.map((type) => listSchema(refTo(type))) : targets.map(refTo)
  const names = kind.targets.join(' or ')
  return {
    description: `${description}. Expandable: ${kind.back ? 'list of ' : ''}${names}`,
    anyOf: [plain, ...expanded],
  }
}

function partsSchema(kind: Kind, parts: NonNullable<Kind['parts']>): JsonSchema {
  const hash = {
    type: 'object',
    properties: mapFields(parts, servedSchema),
    required: Object.keys(parts),
  }
  const { description } = kind
  if (kind.many) return { type: 'array', items: hash, description }
  return { ...hash, type: ['object', 'null'], description }
}

export function listSchema(items: JsonSchema, more: Readonly<Record<string, JsonSchema>> = {}) {
  return {
    type: 'object',
    properties: {
      object: { const: 'list' },
      url: { type: 'string' },
      data: { type: 'array', items },
      has_more: { type: 'boolean' },
      next_cursor: { type: ['string', 'null'] },
      ...more,
    },
    required: ['object', 'url', 'data', 'has_more', 'next_cursor'],
  } as const satisfies JsonSchema
}

export function listExample(url: string, item: unknown) {
  return { object: 'list', url, data: [item], has_more: false, next_cursor: null }
}

/** An object schema in one line: all properties are required unless they may be left out. */
export function objectSchema(
  properties: Readonly<Record<string, JsonSchema>>,
  optional: readonly string[] = [],
): JsonSchema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name))
  return { type: 'object', properties, required }
}

export const text: JsonSchema = { type: 'string' }
export const textOrNull: JsonSchema = { type: ['string', 'null'] }
export const time: JsonSchema = { type: 'string', format: 'timestamp' }
export const timeOrNull: JsonSchema = { type: ['string', 'null'], format: 'timestamp' }
export const integer: JsonSchema = { type: 'integer' }
export const integerOrNull: JsonSchema = { type: ['integer', 'null'] }
export const currencyCode: JsonSchema = { type: ['string', 'null'], format: 'currency' }
