import type { Version } from '../../model/versions.ts'
import type { Partner } from '../../partners/partner.ts'
import { mappingsOf, type Placed, sourcesOf } from '../../partners/source.ts'
import { nothing, type Operation, operation } from '../operation.ts'
import { parameterNameIn } from '../parameter.ts'
import { listExample, listSchema, objectSchema, text } from '../schemas.ts'
import { objectParameter, typeNamed } from './model.ts'

const common = { method: 'GET', tag: 'model', scope: 'read', prepare: nothing } as const
const texts = { type: 'array', items: text } as const

const partner_schema = objectSchema({
  object: { const: 'partner_source' },
  name: text,
  title: text,
  docs: text,
  api_version: text,
  credential: {
    type: 'array',
    items: objectSchema({
      name: text,
      description: text,
      secret: { type: 'boolean' },
      optional: { type: 'boolean' },
      example: text,
    }),
  },
  streams: texts,
  deletions: text,
  gaps: texts,
})

const partner_example = {
  object: 'partner_source',
  name: 'stripe',
  title: 'Stripe',
  docs: 'https://docs.stripe.com/api',
  api_version: '2025-09-30.clover',
  credential: [
    {
      name: 'api_key',
      description: 'A restricted key that may read',
      secret: true,
      optional: false,
      example: 'rk_test_51H…',
    },
  ],
  streams: ['customers', 'charges'],
  deletions: 'Within a minute, by the event log',
  gaps: ['No phone number of guests'],
}

const source_schema = objectSchema({
  object: { const: 'source' },
  partnerSource: text,
  partner: text,
  stream: text,
  payload: text,
  attributes: {
    type: 'array',
    items: objectSchema({ name: text, paths: texts, rule: text }),
  },
})

const source_example = {
  object: 'source',
  partnerSource: 'stripe',
  partner: 'Stripe',
  stream: 'customers',
  payload: 'customers',
  attributes: [
    { name: 'address.postal_code', paths: ['address.postal_code'], rule: '' },
    { name: 'payment_currency', paths: ['currency'], rule: 'upper: ISO 4217' },
  ],
}

/** What partners there are, and what each of their payloads becomes. */
export const sourceOperations: readonly Operation[] = [
  operation({
    ...common,
    id: 'list_partner_sources',
    path: '/partner_sources',
    summary: 'The partner systems that can be connected',
    description: 'What a connection needs, which streams are read, and what the partner lacks.',
    parameters: [],
    answer: {
      status: 200,
      description: 'All of them',
      schema: listSchema(partner_schema),
      example: listExample('/v2/partner_sources', partner_example),
    },
    async handle({ context, version, path }) {
      const data = (context.partners.described ?? []).map(describedPartner)
      return { body: listText(`/${version}${path}`, data), served: true }
    },
  }),
  operation({
    ...common,
    id: 'list_model_sources',
    path: '/model/{object}/sources',
    summary: 'Where the attributes of an object come from',
    description:
      "For each partner and each kind of payload: the path of every attribute in the partner's JSON, and what is done with it.",
    parameters: [objectParameter],
    answer: {
      status: 200,
      description: 'Every mapping that makes the object',
      schema: listSchema(source_schema),
      example: listExample('/v2/model/customer/sources', source_example),
    },
    errors: ['not_found'],
    async handle({ context, version, path, params }) {
      const type = typeNamed(params.object)
      const data = (context.partners.described ?? []).flatMap((partner) =>
        mappingsOf(partner, type).map((placed) => describedSource(partner, placed, version)),
      )
      return { body: listText(`/${version}${path}`, data), served: true }
    },
  }),
]

function listText(url: string, data: readonly object[]): string {
  return JSON.stringify({ object: 'list', url, data, has_more: false, next_cursor: null })
}

function describedPartner(partner: Partner) {
  return {
    object: 'partner_source',
    name: partner.name,
    title: partner.title,
    docs: partner.docs,
    api_version: partner.apiVersion,
    credential: partner.credential.map(({ name, description, secret, optional, example }) => ({
      name,
      description,
      secret,
      optional: optional ?? false,
      example,
    })),
    streams: partner.streams.map(({ name }) => name),
    deletions: partner.deletions.bound,
    gaps: partner.gaps,
  }
}

function describedSource(partner: Partner, { map, stream, title }: Placed, version: Version) {
  const attributes = sourcesOf(map.rules).map(({ attribute, paths, rule }) => ({
    name: parameterNameIn(version, attribute),
    paths,
    rule,
  }))
  const { name, title: shown } = partner
  return {
    object: 'source',
    ...{ [parameterNameIn(version, 'partnerSource')]: name },
    partner: shown,
    stream,
    payload: title,
    attributes,
  }
}
