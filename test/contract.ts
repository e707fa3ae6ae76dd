import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { openApiDocument } from '../src/api/openapi.ts'
import { isCurrency, isTimestamp } from '../src/model/validate.ts'
import type { Version } from '../src/model/versions.ts'

export type Schema = { readonly [keyword: string]: unknown }

export interface ContractParameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required?: boolean
  readonly schema: Schema
  readonly example?: unknown
  readonly explode?: boolean
}

/** One operation as the OpenAPI document promises it. */
export interface Promised {
  readonly id: string
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** With the version: `/v2/customers/{id}`. */
  readonly path: string
  /** Of the key; null where none is asked for. */
  readonly scope: string | null
  readonly parameters: readonly ContractParameter[]
  readonly body: { readonly schema: Schema; readonly example: unknown } | null
  readonly status: number
  readonly example: unknown
  /** What is wrong with an answer; null if nothing. `partial` when only some fields were asked. */
  readonly fault: (body: unknown, partial?: boolean) => string | null
  readonly faultOfProblem: (body: unknown) => string | null
}

interface Document {
  readonly paths: { readonly [path: string]: { readonly [method: string]: Documented } }
  readonly components: { readonly parameters: { readonly [name: string]: ContractParameter } }
}

interface Documented {
  readonly operationId: string
  readonly 'x-scope'?: string
  readonly parameters: readonly (ContractParameter | { readonly $ref: string })[]
  readonly requestBody?: { readonly content: Content }
  readonly responses: { readonly [status: string]: { readonly content?: Content } }
}

type Content = { readonly [type: string]: { readonly schema: Schema; readonly example: unknown } }

/** Every operation of a version, read from its document and from nothing else. */
export function promises(version: Version): Promised[] {
  const document = openApiDocument(version) as unknown as Document
  const engines = { whole: engineFor(document, true), partial: engineFor(document, false) }
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) =>
      promised({ document, engines, path: `/${version}${path}`, method, operation }),
    ),
  )
}

interface Reading {
  readonly document: Document
  readonly engines: { readonly whole: Engine; readonly partial: Engine }
  readonly path: string
  readonly method: string
  readonly operation: Documented
}

function promised({ document, engines, path, method, operation }: Reading): Promised {
  const [status = '200'] = Object.keys(operation.responses).filter((code) => code.startsWith('2'))
  const answer = operation.responses[status]?.content?.['application/json']
  const body = operation.requestBody?.content['application/json'] ?? null
  const whole = lazily(() => engines.whole(answer?.schema ?? {}))
  const partial = lazily(() => engines.partial(answer?.schema ?? {}))
  const problem = lazily(() => engines.whole({ $ref: '#/components/schemas/problem' }))
  return {
    id: operation.operationId,
    method: method.toUpperCase() as Promised['method'],
    path,
    scope: operation['x-scope'] ?? null,
    parameters: operation.parameters.map((one) => resolved(document, one)),
    body,
    status: Number(status),
    example: answer?.example,
    fault: (value, some = false) => faultBy(some ? partial() : whole(), value),
    faultOfProblem: (value) => faultBy(problem(), value),
  }
}

function resolved(document: Document, one: ContractParameter | { $ref: string }) {
  if (!('$ref' in one)) return one
  const found = document.components.parameters[one.$ref.split('/').at(-1) ?? '']
  if (!found) throw new Error(`${one.$ref} leads nowhere`)
  return found
}

function lazily<T>(make: () => T): () => T {
  let made: T | null = null
  return () => {
    made ??= make()
    return made
  }
}

function faultBy(check: ValidateFunction, value: unknown): string | null {
  if (check(value)) return null
  const [error] = check.errors ?? []
  return `${error?.instancePath} ${error?.message} ${JSON.stringify(error?.params)}`
}

type Engine = (schema: Schema) => ValidateFunction

/** Closed objects, so that an answer with something extra is found too. */
function engineFor(document: Document, required: boolean): Engine {
  const ajv = new Ajv2020({ strict: false })
  ajv.addFormat('date-time', { type: 'string', validate: isTimestamp })
  ajv.addFormat('currency', { type: 'string', validate: isCurrency })
  ajv.addFormat('date', /^\d{4}-\d\d-\d\d$/)
  ajv.addSchema(closed(document, required) as Schema, 'document')
  return (schema) => ajv.compile(absolute(closed(schema, required)) as Schema)
}

function closed(value: unknown, required: boolean): unknown {
  if (Array.isArray(value)) return value.map((one) => closed(one, required))
  if (typeof value !== 'object' || value === null) return value
  const parts = Object.entries(value).map(([name, held]) => [name, closed(held, required)])
  const copy = Object.fromEntries(parts) as Record<string, unknown>
  const object = typeof copy.properties === 'object' && [copy.type].flat().includes('object')
  if (object) copy.additionalProperties ??= false
  if (object && !required) delete copy.required
  return copy
}

function absolute(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll('"#/', '"document#/'))
}
