import { problem_schema } from '../api/openapi.ts'
import type { Operation } from '../api/operation.ts'
import { operations } from '../api/operations.ts'
import { documentedName, type Parameter } from '../api/parameter.ts'
import { type Fields, type Kind, schemaOf } from '../model/field.ts'
import { objectTypes } from '../model/index.ts'
import type { ObjectType } from '../model/object.ts'
import { comment, interfaceName, key, literal, typeOf } from './typescript.ts'

/** The version of the API that the client speaks. */
const version = 'v2'

/** What the client knows of the API: objects, links between them, and every operation. */
export function clientText(): string {
  return `${[
    '// Made by `npm run generate` from the model and the table of operations.',
    ...objectTypes.map(interfaceOf),
    block(
      'export interface Objects',
      objectTypes.map(({ name }) => `${key(name)}: ${interfaceName(name)}`),
    ),
    comment('What an id becomes when it is expanded; a list of it in brackets.'),
    block('export interface Links', objectTypes.map(linksOf)),
    comment('How the API refuses (RFC 9457).'),
    `export interface Problem ${typeOf(problem_schema)}`,
    comment('Query parameters, body and answer of every operation.'),
    block('export interface Operations', operations.map(operationType)),
    comment('Method and path of every operation, and whether it answers a list.'),
    `${block(
      'export const operations =',
      operations.map((one) => `${key(one.id)}: ${literal(wireOf(one))}`),
      ',',
    )} as const satisfies { readonly [O in keyof Operations]: string }`,
  ].join('\n\n')}\n`.replaceAll(/(\/\*\* .* \*\/)\n\n(export)/g, '$1\n$2')
}

function wireOf({ method, path, answer }: Operation): string {
  const { properties } = answer.schema as {
    readonly properties?: { readonly [name: string]: unknown }
  }
  return `${method} ${path}${properties && 'next_cursor' in properties ? ' list' : ''}`
}

function block(head: string, lines: readonly string[], end = ''): string {
  return `${head} {\n${lines.map((line) => `${indented(line)}${end}\n`).join('')}}`
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ')
}

function interfaceOf(type: ObjectType): string {
  const attributes = Object.entries(type.attributes).map(([name, kind]) =>
    attribute(type, name, kind),
  )
  return `${comment(type.description)}\n${block(`export interface ${interfaceName(type.name)}`, attributes)}`
}

function attribute({ name: object }: ObjectType, name: string, kind: Kind): string {
  const schema = name === 'object' ? { const: object } : schemaOf(kind)
  return `${comment(kind.description)}\nreadonly ${key(name)}: ${typeOf(schema)}`
}

function linksOf({ name, attributes }: ObjectType): string {
  return `${key(name)}: ${linksIn(attributes)}`
}

function linksIn(fields: Fields): string {
  const links = Object.entries(fields).flatMap(([name, kind]) => {
    const inside = kind.parts ? linksIn(kind.parts) : null
    if (inside !== null && inside !== '{}') return [`readonly ${key(name)}: ${inside}`]
    if (kind.targets.length === 0) return []
    const targets = kind.targets.map(literal).join(' | ')
    return [`readonly ${key(name)}: ${kind.back ? `readonly [${targets}]` : targets}`]
  })
  return links.length === 0 ? '{}' : `{ ${links.join('; ')} }`
}

function operationType(operation: Operation): string {
  const { id, summary, parameters, body, answer } = operation
  const query = parameters.filter((parameter) => parameter.in === 'query')
  return `${comment(summary)}\n${block(`readonly ${key(id)}:`, [
    query.length === 0 ? 'readonly query: {}' : block('readonly query:', query.map(parameterType)),
    `readonly body: ${body ? typeOf(body.schema) : 'undefined'}`,
    `readonly answer: ${typeOf(answer.schema)}`,
  ])}`
}

function parameterType(parameter: Parameter): string {
  const { description, required, schema, many } = parameter
  const value = typeOf(schema)
  const several = many ? ` | readonly ${value.includes(' ') ? `(${value})` : value}[]` : ''
  const name = documentedName(version, parameter).replace(/\[\]$/, '')
  return `${comment(description)}\nreadonly ${key(name)}${required ? '' : '?'}: ${value}${several}`
}
