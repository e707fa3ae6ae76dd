import { type DeliveryOperation, delivery } from './delivery.ts'
import { problems } from './problem.ts'

type Part = { readonly [name: string]: unknown }

/** Deliveries as a document has them: without a key, and with bodies of any type. */
export function deliveryPaths(): Part {
  return { [delivery.path]: { [delivery.method.toLowerCase()]: deliveryPart(delivery) } }
}

function deliveryPart(operation: DeliveryOperation): Part {
  const { id, tag, summary, description, parameters, body, answer, errors } = operation
  return {
    operationId: id,
    tags: [tag],
    summary,
    description: `${description}\n\nNeeds no key: it is signed.`,
    security: [],
    parameters: parameters.map(({ name, in: place, description, required, schema, example }) => ({
      name,
      in: place,
      description,
      required,
      schema,
      example,
    })),
    requestBody: {
      required: true,
      description: body.description,
      content: { '*/*': { schema: {} } },
    },
    responses: {
      [answer.status]: {
        description: answer.description,
        content: { 'application/json': { schema: answer.schema, example: answer.example } },
      },
      ...Object.fromEntries(
        errors.map((code) => [problems[code][0], { $ref: `#/components/responses/${code}` }]),
      ),
    },
  }
}
