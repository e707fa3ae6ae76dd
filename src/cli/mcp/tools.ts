import { expandable } from '../../api/expansion.ts'
import { documented } from '../../api/openapi.ts'
import type { Operation } from '../../api/operation.ts'
import { operations } from '../../api/operations.ts'
import { documentedName, type Parameter } from '../../api/parameter.ts'
import type { JsonSchema } from '../../model/field.ts'
import { objectNamed, objectOfId, objectTypes, recordTypes } from '../../model/index.ts'
import type { Query } from '../client.ts'
import { Fault } from '../fault.ts'

/** What a tool is called with, checked against its schema. */
export type Given = { readonly [name: string]: unknown }

/** A request to the API; every tool is one, and reads only. */
export interface Asked {
  readonly path: string
  readonly query: Query
}

/** What a tool takes. Another name is refused by us, with the one that was probably meant. */
export interface InputSchema extends JsonSchema {
  readonly type: 'object'
  readonly properties: { readonly [name: string]: JsonSchema }
  readonly required: readonly string[]
}

export interface Tool {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly input: InputSchema
  readonly asked: (given: Given) => Asked
}

/** An operation of the API under a name that says what it is for, with some of its parameters. */
interface OperationTool {
  readonly name: string
  readonly operation: string
  readonly description: string
  readonly parameters: readonly string[]
}

const plurals = objectTypes.map(({ plural }) => plural)
const filters: JsonSchema = {
  type: 'object',
  description:
    'Filters by name, such as {"amount[gte]": "5000", "currency": "EUR"}; describe_object tells which there are',
  additionalProperties: { type: 'string' },
}

const paging = ['limit', 'cursor']
const scope = ['ledgerAccountId', 'institutionAccountId']

const byOperation: readonly OperationTool[] = [
  {
    name: 'find_customers',
    operation: 'list_customers',
    description:
      "Finds a business's buyers over all partner systems by e-mail, beginning of the name or date.",
    parameters: [
      'email',
      'name[prefix]',
      'partnerSource',
      'created_date[gte]',
      'recordState',
      ...scope,
      ...paging,
    ],
  },
  {
    name: 'get_customer',
    operation: 'retrieve_customer',
    description: 'One buyer by id; `expand` puts in the instrument on file or the subscriptions.',
    parameters: ['expand'],
  },
  {
    name: 'customer_summary',
    operation: 'customer_summary',
    description: 'What a buyer is worth: paid, refunded, disputed, by currency and year.',
    parameters: [],
  },
  {
    name: 'customer_timeline',
    operation: 'customer_timeline',
    description: 'Everything that happened with a buyer, newest first.',
    parameters: paging,
  },
  {
    name: 'settlement_summary',
    operation: 'settlement_summary',
    description: 'What was paid out to a business, per period and currency, with fees and refunds.',
    parameters: [...scope, 'partnerSource', 'granularity', 'milestone_date', 'periods'],
  },
  {
    name: 'list_changes',
    operation: 'list_changes',
    description: 'What changed at a business since a number of its feed, in order.',
    parameters: [...scope, 'after', 'types', 'include', 'limit'],
  },
  {
    name: 'list_connections',
    operation: 'list_partner_account_connections',
    description: 'The accounts at partner systems, with the state and freshness of each stream.',
    parameters: ['status', 'partnerSource', ...scope, ...paging],
  },
  {
    name: 'describe_object',
    operation: 'retrieve_model',
    description: 'The data dictionary of an object: its attributes, their types and filters.',
    parameters: [],
  },
]

/** Every tool there is. Few, so that whoever chooses among them can tell them apart. */
export const tools: readonly Tool[] = [...byOperation.map(toolOf), listRecords(), getRecord()]

function toolOf({ name, operation: id, description, parameters: wanted }: OperationTool): Tool {
  const operation = operationNamed(id)
  const path = operation.parameters.filter((parameter) => parameter.in === 'path')
  const query = wanted.map((one) => parameterOf(operation, one))
  return {
    name,
    title: operation.summary,
    description,
    input: {
      type: 'object',
      properties: Object.fromEntries([...path, ...query].map((one) => [one.name, schemaOf(one)])),
      required: [...path, ...query.filter(({ required }) => required)].map((one) => one.name),
    },
    asked: (given) => ({
      path: operation.path.replaceAll(/\{(\w+)\}/g, (_, part: string) =>
        encodeURIComponent(String(given[part])),
      ),
      query: query.flatMap((parameter) =>
        valuesOf(given[parameter.name]).map((value) => [documentedName('v2', parameter), value]),
      ),
    }),
  }
}

function operationNamed(id: string): Operation {
  const found = operations.find((operation) => operation.id === id)
  if (!found) throw new Error(`there is no operation ${id}`)
  return found
}

function parameterOf({ id, parameters }: Operation, name: string): Parameter {
  const found = parameters.find((parameter) => parameter.name === name)
  if (!found) throw new Error(`${id} has no parameter ${name}`)
  return found
}

function schemaOf({ schema, description, many }: Parameter): JsonSchema {
  const value = documented('v2', schema)
  return many ? { type: 'array', items: value, description } : { ...value, description }
}

function valuesOf(value: unknown): string[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value.map(String) : [String(value)]
}

function listRecords(): Tool {
  const links = [...new Set(recordTypes.flatMap((type) => [...expandable(type).keys()]))]
  return {
    name: 'list_records',
    title: 'List records of any object',
    description: `Lists ${plurals.join(', ')}, newest first, with filters.`,
    input: {
      type: 'object',
      properties: {
        objects: { type: 'string', enum: plurals },
        filters,
        expand: {
          type: 'array',
          items: { type: 'string' },
          description: `Ids to replace by what they name: ${links.join(', ')}`,
        },
        limit: { type: 'integer', minimum: 1, maximum: 100, default: 25 },
        cursor: { type: 'string', description: 'The `next_cursor` of the page before' },
      },
      required: ['objects'],
    },
    asked: ({ objects, filters: wanted = {}, expand, limit, cursor }) => ({
      path: `/${objects}`,
      query: [
        ...Object.entries(wanted as Given).map(([name, value]) => [name, String(value)] as const),
        ...valuesOf(expand).map((path) => ['expand[]', path] as const),
        ...valuesOf(limit).map((value) => ['limit', value] as const),
        ...valuesOf(cursor).map((value) => ['cursor', value] as const),
      ],
    }),
  }
}

function getRecord(): Tool {
  const prefixes = objectTypes.map(({ prefix }) => `${prefix}_`).join(', ')
  return {
    name: 'get_record',
    title: 'Retrieve any record',
    description: 'One record by its id, whatever object it is; deleted ones too.',
    input: {
      type: 'object',
      properties: { id: { type: 'string', description: `Begins with one of ${prefixes}` } },
      required: ['id'],
    },
    asked({ id }) {
      const type = objectOfId(String(id))
      if (!type) throw new Fault(`id: expected it to begin with one of ${prefixes}, got "${id}"`)
      return {
        path: `/${objectNamed(type.name).plural}/${encodeURIComponent(String(id))}`,
        query: [],
      }
    },
  }
}
