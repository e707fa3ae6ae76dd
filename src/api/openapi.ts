import type { JsonSchema } from '../model/field.ts'
import { objectTypes } from '../model/index.ts'
import { nameIn, type Version } from '../model/versions.ts'
import { delivery } from './delivery.ts'
import { deliveryPaths } from './openapi_delivery.ts'
import type { Operation } from './operation.ts'
import { operations } from './operations.ts'
import { documentedName, type Parameter } from './parameter.ts'
import { type ProblemCode, problems } from './problem.ts'
import { answerSchemaOf } from './schemas.ts'
import { exampleIn, schemaIn } from './version_names.ts'
import { webhooksOf } from './webhooks.ts'

type Part = { readonly [name: string]: unknown }

/** The OpenAPI 3.1 document of a version, from the table of operations and the model. Pure. */
export function openApiDocument(version: Version, release = '0.1.0'): Part {
  const parameters = new Map<string, Part>()
  return {
    openapi: '3.1.0',
    info: {
      title: 'Furrow',
      version: release,
      summary:
        'One model and one API over the commerce and payment systems a business sells through',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: `/${version}` }],
    security: [{ key: [] }, { bearer: [] }],
    tags: [...new Set([...operations, delivery].map(({ tag }) => tag))].map((name) => ({ name })),
    paths: { ...pathsOf(version, parameters), ...deliveryPaths() },
    webhooks: webhooksOf({ version, named: (one) => documented(version, one), shared: parameters }),
    components: {
      securitySchemes: {
        key: { type: 'apiKey', in: 'header', name: 'x-api-key' },
        bearer: { type: 'http', scheme: 'bearer' },
      },
      schemas: {
        ...Object.fromEntries(
          objectTypes.map((type) => [type.name, documented(version, answerSchemaOf(type))]),
        ),
        problem: problem_schema,
      },
      parameters: Object.fromEntries(parameters),
      responses: Object.fromEntries(
        (Object.keys(problems) as ProblemCode[]).map((code) => [code, problemResponse(code)]),
      ),
    },
  }
}

function pathsOf(version: Version, shared: Map<string, Part>): Part {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const operation of operations) {
    paths[operation.path] ??= {}
    Object.assign(paths[operation.path] ?? {}, {
      [operation.method.toLowerCase()]: operationPart(version, operation, shared),
    })
  }
  return paths
}

function operationPart(version: Version, operation: Operation, shared: Map<string, Part>): Part {
  const { answer, body } = operation
  const type = 'application/json'
  const answered = {
    schema: documented(version, answer.schema),
    example: inPath(version, exampleIn(version, answer.example)),
  }
  return {
    operationId: operation.id,
    tags: [operation.tag],
    summary: operation.summary,
    description: `${operation.description}\n\nNeeds a key with the scope \`${operation.scope}\`.`,
    'x-scope': operation.scope,
    parameters: [
      ...operation.parameters.map((parameter) => shareParameter(version, parameter, shared)),
      ...(operation.method === 'POST' ? [idempotencyParameter] : []),
    ],
    ...(body
      ? {
          requestBody: {
            required: true,
            content: {
              [type]: {
                schema: documented(version, body.schema),
                example: exampleIn(version, body.example),
              },
            },
          },
        }
      : {}),
    responses: {
      [answer.status]: {
        description: answer.description,
        headers: answer_headers,
        content: Object.fromEntries((answer.types ?? [type]).map((one) => [one, answered])),
      },
      ...errorResponses(operation),
    },
  }
}

/** Urls in examples name the version. */
function inPath(version: Version, example: unknown): unknown {
  return JSON.parse(JSON.stringify(example).replaceAll('"/v2/', `"/${version}/`))
}

const answer_headers: Part = {
  'Request-Id': { schema: { type: 'string' }, description: 'Finds the request in the log' },
}

const idempotencyParameter: Part = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'Repeating the request with the same key within 72 h repeats the answer only',
  schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[!-~]+$' },
  example: '3f0d5b0e-order-1042',
}

/** Parameters that several operations have in the same words are written once. */
function shareParameter(version: Version, parameter: Parameter, shared: Map<string, Part>): Part {
  const part = parameterPart(version, parameter)
  const text = JSON.stringify(part)
  const base = `${part.name}`.replaceAll(/[^\w.-]+/g, '.').replace(/\.$/, '')
  for (let n = 1; ; n++) {
    const name = n === 1 ? base : `${base}.${n}`
    const known = shared.get(name)
    if (!known) shared.set(name, part)
    if (!known || JSON.stringify(known) === text) return { $ref: `#/components/parameters/${name}` }
  }
}

function parameterPart(version: Version, parameter: Parameter): Part {
  const { description, many, values_max } = parameter
  const example =
    typeof parameter.example === 'string' ? nameIn(version, parameter.example) : parameter.example
  const value = documented(version, parameter.schema)
  const schema = many ? { type: 'array', items: value, maxItems: values_max ?? 100 } : value
  return {
    name: documentedName(version, parameter),
    in: parameter.in,
    description,
    required: parameter.required ?? false,
    schema,
    ...(many ? { style: 'form', explode: many === 'repeated' } : {}),
    ...(example === '' ? {} : { example: many ? [example] : example }),
  }
}

const always: readonly ProblemCode[] = [
  'unknown_parameter',
  'unauthorised',
  'forbidden',
  'too_many_requests',
  'internal',
  'unavailable',
]
const with_body: readonly ProblemCode[] = [
  'body_too_large',
  'unsupported_media_type',
  'invalid_body',
]

function errorResponses(operation: Operation): Part {
  const codes = [
    ...always,
    ...(operation.path.includes('{id}') ? (['not_found'] as const) : []),
    ...(operation.body ? with_body : []),
    ...(operation.method === 'POST'
      ? (['idempotency_in_flight', 'idempotency_mismatch'] as const)
      : []),
    ...operation.errors,
  ]
  return Object.fromEntries(
    codes.map((code) => [problems[code][0], { $ref: `#/components/responses/${code}` }]),
  )
}

function problemResponse(code: ProblemCode): Part {
  const [status, description] = problems[code]
  return {
    description,
    content: {
      'application/problem+json': {
        schema: { $ref: '#/components/schemas/problem' },
        example: {
          type: `/errors/${code}`,
          title: description,
          status,
          detail: description,
          code,
          param: null,
          request_id: 'req_1f0c3b9a-5f6e-4a57-8a55-2b7f5b2f0a11',
          errors: [],
        },
      },
    },
  }
}

export const problem_schema: JsonSchema = {
  type: 'object',
  description: 'RFC 9457',
  properties: {
    type: { type: 'string', description: 'Page that explains the error' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'What was expected, what came, and where' },
    code: { type: 'string', description: 'Stable', enum: Object.keys(problems) },
    param: { type: ['string', 'null'], description: 'The parameter it is about' },
    request_id: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: { param: { type: 'string' }, detail: { type: 'string' } },
        required: ['param', 'detail'],
      },
    },
  },
  required: ['type', 'title', 'status', 'detail', 'code', 'param', 'request_id', 'errors'],
}

/** A schema in a version's names, and in the formats that OpenAPI knows. */
/** A schema in a version's names, with formats that everybody knows. */
export function documented(version: Version, schema: JsonSchema): JsonSchema {
  return knownFormats(schemaIn(version, schema)) as JsonSchema
}

function knownFormats(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(knownFormats)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([keyword, held]) =>
      keyword === 'format' && held === 'timestamp'
        ? [keyword, 'date-time']
        : [keyword, knownFormats(held)],
    ),
  )
}
