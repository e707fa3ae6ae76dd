import type { Fields, Kind } from '../../model/field.ts'
import { objectTypes } from '../../model/index.ts'
import type { ObjectType } from '../../model/object.ts'
import { nameIn, type Version, versions } from '../../model/versions.ts'
import { columnsOf } from '../../store/table.ts'
import { nothing, type Operation, operation } from '../operation.ts'
import type { Parameter } from '../parameter.ts'
import { Problem, shown } from '../problem.ts'
import { objectSchema, text } from '../schemas.ts'
import { didYouMean } from '../suggest.ts'

const tag = 'model'
const numbers = Object.keys(versions).map((name) => name.slice(1))
const names = { type: 'array', items: text } as const

const attribute_schema = objectSchema(
  {
    name: text,
    type: text,
    description: text,
    required: { type: 'boolean' },
    personal: { type: 'boolean' },
    filters: names,
    expandable: names,
    values: names,
    attributes: { type: 'array', items: { type: 'object' } },
  },
  ['values', 'attributes'],
)

const object_schema = objectSchema({
  object: { const: 'object_type' },
  name: text,
  plural: text,
  prefix: text,
  description: text,
  attributes: { type: 'array', items: attribute_schema },
})

const attribute_example = {
  name: 'email',
  type: 'email',
  description: "The customer's e-mail address",
  required: false,
  personal: true,
  filters: ['email', 'email[in]'],
  expandable: [],
}

const object_example = {
  object: 'object_type',
  name: 'customer',
  plural: 'customers',
  prefix: 'cus',
  description: "A buyer of the seller's, as saved at one partner system",
  attributes: [attribute_example],
}

export const objectParameter: Parameter = {
  name: 'object',
  in: 'path',
  description: 'Name of an object',
  schema: { type: 'string', enum: objectTypes.map((type) => type.name) },
  required: true,
  example: 'customer',
}

const common = { method: 'GET', tag, scope: 'read' } as const

export const modelOperations: readonly Operation[] = [
  operation({
    ...common,
    id: 'list_model',
    path: '/model',
    summary: 'The data dictionary as data',
    description: 'Every object with its attributes, as this version names them.',
    parameters: [],
    answer: {
      status: 200,
      description: 'All objects',
      schema: objectSchema({
        object: { const: 'model' },
        version: text,
        data: { type: 'array', items: object_schema },
      }),
      example: { object: 'model', version: 'v2', data: [object_example] },
    },
    prepare: nothing,
    async handle({ version }) {
      const data = objectTypes.map((type) => described(type, version))
      return { body: JSON.stringify({ object: 'model', version, data }), served: true }
    },
  }),
  operation({
    ...common,
    id: 'retrieve_model',
    path: '/model/{object}',
    summary: 'One object of the data dictionary',
    description: 'Its attributes, as this version names them.',
    parameters: [objectParameter],
    answer: {
      status: 200,
      description: 'The object',
      schema: object_schema,
      example: object_example,
    },
    errors: ['not_found'],
    prepare: nothing,
    async handle({ version, params }) {
      return { body: JSON.stringify(described(typeNamed(params.object), version)), served: true }
    },
  }),
  operation({
    ...common,
    id: 'compare_model',
    path: '/model/{object}/compare',
    summary: 'What differs between two versions',
    description: 'Attributes added, removed, renamed and changed.',
    parameters: [objectParameter, versionParameter('from'), versionParameter('to')],
    answer: {
      status: 200,
      description: 'The differences',
      schema: objectSchema({
        object: { const: 'comparison' },
        name: text,
        from: text,
        to: text,
        added: names,
        removed: names,
        renamed: { type: 'array', items: objectSchema({ from: text, to: text }) },
        changed: names,
      }),
      example: {
        object: 'comparison',
        name: 'customer',
        from: 'v1',
        to: 'v2',
        added: [],
        removed: [],
        renamed: [{ from: 'partner_source', to: 'partnerSource' }],
        changed: [],
      },
    },
    errors: ['missing_parameter', 'not_found'],
    // Both are required, and checked against the known numbers.
    prepare: (given) => ({
      from: `v${given.get('from')}` as Version,
      to: `v${given.get('to')}` as Version,
    }),
    async handle({ params, query: { from, to } }) {
      const body = compared(typeNamed(params.object), from, to)
      return { body: JSON.stringify(body), served: true }
    },
  }),
]

function versionParameter(name: string): Parameter {
  const schema = { type: 'string', enum: numbers } as const
  const description = `Number of the version to compare ${name}`
  return { name, in: 'query', description, schema, required: true, example: numbers[0] }
}

/** The object of that name, or of that plural. Throws 404. */
export function typeNamed(name: string | undefined): ObjectType {
  const type = objectTypes.find((one) => one.name === name || one.plural === name)
  if (type) return type
  const known = objectTypes.map((one) => one.name)
  const hint = didYouMean(name ?? '', known)
  const detail = `object: no object ${shown(name)} in the model${hint}`
  throw new Problem({ code: 'not_found', detail, param: 'object' })
}

function described(type: ObjectType, version: Version) {
  const { name, plural, prefix, description } = type
  const filters = new Map(columnsOf(type).map((column) => [column.path.join('.'), column.kind]))
  const attributes = describedFields(type.attributes, { version, filters, under: '' })
  return { object: 'object_type', name, plural, prefix, description, attributes }
}

interface Describing {
  readonly version: Version
  readonly filters: ReadonlyMap<string, Kind>
  readonly under: string
}

function describedFields(fields: Fields, about: Describing): object[] {
  return Object.entries(fields).map(([name, kind]) => {
    const { version, filters, under } = about
    const path = `${under}${name}`
    const served = nameIn(version, name)
    const words = kind.json.enum
    return {
      name: served,
      type: kind.kind,
      description: kind.description,
      required: kind.required,
      personal: kind.pii,
      filters: (filters.get(path)?.operators ?? []).map((operator) =>
        operator === 'eq' ? `${under}${served}` : `${under}${served}[${operator}]`,
      ),
      expandable: kind.targets,
      ...(Array.isArray(words) ? { values: words } : {}),
      ...(kind.parts
        ? { attributes: describedFields(kind.parts, { ...about, under: `${path}.` }) }
        : {}),
    }
  })
}

function compared(type: ObjectType, from: Version, to: Version) {
  const pairs = Object.keys(type.attributes).map((name) => ({
    from: nameIn(from, name),
    to: nameIn(to, name),
  }))
  const [before, after] = [from, to].map((version) => facts(type, version))
  const known = (side: typeof before, name: string) => side?.get(name)
  return {
    object: 'comparison',
    name: type.name,
    from,
    to,
    added: pairs.filter((pair) => !known(before, pair.from)).map((pair) => pair.to),
    removed: pairs.filter((pair) => !known(after, pair.to)).map((pair) => pair.from),
    renamed: pairs.filter((pair) => pair.from !== pair.to),
    changed: pairs
      .filter((pair) => known(before, pair.from) !== known(after, pair.to))
      .map((pair) => pair.to),
  }
}

/** What an attribute is, whatever it is called. */
function facts(type: ObjectType, version: Version): Map<string, string> {
  return new Map(
    Object.entries(type.attributes).map(([name, kind]) => [
      nameIn(version, name),
      JSON.stringify([kind.kind, kind.description, kind.required, kind.json.enum ?? null]),
    ]),
  )
}
