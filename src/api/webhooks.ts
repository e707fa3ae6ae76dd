import { type EventType, eventTypes } from '../model/event.ts'
import type { JsonSchema } from '../model/field.ts'
import { objectNamed } from '../model/index.ts'
import type { Version } from '../model/versions.ts'
import { endpoint_tag } from './event_call.ts'
import { exampleEvent } from './event_example.ts'
import { integer, objectSchema, refTo, text, time } from './schemas.ts'

type Part = { readonly [name: string]: unknown }

const example_ms = Date.parse('2026-03-14T09:26:53.000Z')

const headers: { readonly [name: string]: string } = {
  'webhook-id': 'Id of the event: the same on every attempt and in every replay',
  'webhook-timestamp': 'When this attempt was made, in seconds since 1970',
  'webhook-signature': 'Signatures by the Standard Webhooks specification, separated by spaces',
}

/** How a document says what it says, which is not a matter of events. */
export interface Documenting {
  readonly version: Version
  /** A schema in the names of the version. */
  readonly named: (schema: JsonSchema) => JsonSchema
  /** Parameters that are written once. */
  readonly shared: Map<string, Part>
}

/** The catalogue of events: what is posted to endpoints, by type. */
export function webhooksOf(documenting: Documenting): Part {
  for (const [name, description] of Object.entries(headers)) {
    const schema = { type: 'string' }
    documenting.shared.set(name, { name, in: 'header', required: true, description, schema })
  }
  return Object.fromEntries(eventTypes.map((one) => [one.type, { post: postOf(one, documenting) }]))
}

function postOf({ type, object, description }: EventType, { version, named }: Documenting): Part {
  const told = { type, version, mode: 'live', payload: 'thin', date_ms: example_ms } as const
  const schema = named(schemaOf(type, object))
  const example = JSON.parse(exampleEvent(told))
  return {
    operationId: `event_${type.replace('.', '_')}`,
    tags: [endpoint_tag],
    summary: description,
    security: [],
    parameters: Object.keys(headers).map((name) => ({ $ref: `#/components/parameters/${name}` })),
    requestBody: { required: true, content: { 'application/json': { schema, example } } },
    responses: {
      '2XX': { description: 'Received. Anything else, redirects too, is tried again' },
      '410': { description: 'Gone: the endpoint is disabled' },
    },
  }
}

function schemaOf(type: string, object: string): JsonSchema {
  return objectSchema({
    id: text,
    object: { const: 'event' },
    type: { const: type },
    timestamp: time,
    mode: { type: 'string', enum: ['test', 'live'] },
    data: objectSchema(
      {
        ledgerAccountId: text,
        seq: { ...integer, description: 'Its number in the change feed of the ledger account' },
        object: { const: object },
        id: text,
        changed: { type: 'array', items: text },
        record: {
          anyOf: [refTo(objectNamed(object)), { type: 'null' }],
          description: 'Where the endpoint wants full payloads: as it is when it is sent',
        },
      },
      ['record'],
    ),
  })
}
