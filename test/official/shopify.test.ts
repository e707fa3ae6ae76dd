// The official schema of the pinned version: every document, its price, and every answer of the
// simulated shop.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import {
  buildClientSchema,
  type GraphQLEnumType,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  graphqlSync,
  isListType,
  Kind,
  NoDeprecatedCustomRule,
  parse,
  specifiedRules,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import { beforeAll, describe, expect, it } from 'vitest'
import { createShopify, type Shopify } from '../../sandbox/shopify/partner.ts'
import { faultOf } from '../../src/model/validate.ts'
import { pagesOf } from '../../src/partners/paginate.ts'
import type { ApiRequest } from '../../src/partners/request.ts'
import type { Payload } from '../../src/partners/rule.ts'
import { fields } from '../../src/partners/shopify/fields.ts'
import { shopify } from '../../src/partners/shopify/index.ts'
import { listOf } from '../../src/partners/stream.ts'
import { contextOf, drafts, stored } from '../fixtures.ts'

const MATERIAL = join(process.env.PARTNER_MATERIAL ?? '../shared/partners', 'shopify')
const SCHEMA = join(MATERIAL, 'admin-graphql-introspection.2026-07.json.gz')
const points_max = 1000
const rules = [...specifiedRules, NoDeprecatedCustomRule]

interface Body {
  readonly query: string
  readonly variables?: { readonly [name: string]: unknown }
}

describe.skipIf(!existsSync(SCHEMA))('the schema of 2026-07', () => {
  let schema: GraphQLSchema
  let double: Shopify
  let asked: ApiRequest[]

  beforeAll(async () => {
    const { data } = JSON.parse(gunzipSync(readFileSync(SCHEMA)).toString())
    // It deprecates fields of types that their interfaces do not.
    schema = buildClientSchema(data, { assumeValid: true })
    double = createShopify({ seed: 3, buyers: 160 })
    asked = await everyRequest(double)
  }, 60_000)

  it('knows every document that is sent, and deprecates nothing in it', () => {
    const documents = new Set(asked.map(({ body }) => (body as Body).query))
    expect(documents.size).toBeGreaterThan(20)
    for (const document of documents) {
      expect([document, ...validate(schema, parse(document), rules).map(String)]).toEqual([
        document,
      ])
    }
  })

  it('knows every topic and document of the registration', () => {
    const { registration } = shopify.notifications ?? {}
    const made = registration?.create({ url: 'https://furrow.example', secret: '' }) ?? []
    const requests = [...made, registration?.list, registration?.remove('gid://shopify/X/1')]
    const bodies = requests.map((one) => one?.body as Body) // each is a document
    for (const { query } of bodies) {
      expect(validate(schema, parse(query), rules).map(String)).toEqual([])
    }
    const topics = schema.getType('WebhookSubscriptionTopic') as GraphQLEnumType // as the schema says
    const known = topics.getValues().map(({ name }) => name)
    const asked = made.map((one) => String((one.body as Body).variables?.topic))
    expect(asked.length).toBeGreaterThan(20)
    expect(asked.filter((topic) => !known.includes(topic))).toEqual([])
  })

  it('knows what bulk operations are to write', () => {
    const documents = shopify.streams.flatMap(({ bulk }) => {
      const { variables } = (bulk?.start.body ?? {}) as Partial<Body>
      return variables ? [String(variables.query)] : []
    })
    expect(documents.length).toBeGreaterThan(3)
    for (const document of documents) {
      expect([document, ...validate(schema, parse(document), rules).map(String)]).toEqual([
        document,
      ])
    }
  })

  it('finds no document too dear, and counts as the simulated shop does', () => {
    const dearest = new Map<string, number>()
    for (const request of asked) {
      const { query, variables } = request.body as Body
      const cost = costOf(schema, query, Number(variables?.first ?? 0))
      const { extensions } = answerOf(double, request)
      expect([query, extensions.cost.requestedQueryCost]).toEqual([query, cost])
      expect([query, cost <= points_max]).toEqual([query, true])
      dearest.set(query, cost)
    }
    // Pages are as large as they may be.
    expect(Math.max(...dearest.values())).toBeGreaterThan(0.9 * points_max)
  })

  it('gives every answer of the simulated shop, as it is', () => {
    for (const request of asked) {
      const { query, variables } = request.body as Body
      const { data } = answerOf(double, request)
      const found = graphqlSync({
        schema,
        source: query,
        rootValue: data,
        ...(variables ? { variableValues: variables } : {}),
        fieldResolver: byKey,
        typeResolver: typeNamed,
      })
      expect([query, ...(found.errors ?? []).map(String)]).toEqual([query])
      expect(JSON.parse(JSON.stringify(found.data))).toEqual(data)
    }
  })

  it('has room for each selection in a bulk operation', () => {
    for (const [kind, selection] of Object.entries(fields)) {
      const connections = connectionsIn(schema, typeOfSelection[kind] ?? '', selection)
      expect([kind, connections.length <= 4]).toEqual([kind, true])
      expect([kind, ...connections.filter(({ depth, inList }) => depth > 1 || inList)]).toEqual([
        kind,
      ])
    }
  })

  it('gives payloads that become valid records, and some of each object', () => {
    const met = new Set<string>()
    for (const request of asked) {
      for (const { stream: name, payload } of shopify.recognise?.(answerOf(double, request)) ??
        []) {
        const stream = shopify.streams.find((one) => one.name === name)
        if (!stream) continue
        for (const { type, record } of drafts(stream, payload, contextOf(shopify))) {
          expect(faultOf(type, stored(record))).toBeNull()
          met.add(type.name)
        }
      }
    }
    expect([...met].sort()).toEqual([
      ...['customer', 'dispute', 'external_account', 'order', 'payment', 'product'],
      ...['settlement', 'subscription', 'transaction'],
    ])
  })
})

/** Every page of every list, and one object of each kind, as the engine would ask for them. */
async function everyRequest(double: Shopify): Promise<ApiRequest[]> {
  const asked: ApiRequest[] = [...shopify.account.requests]
  const send = async (request: ApiRequest) => {
    asked.push(request)
    return { status: 200, headers: {}, body: answerOf(double, request), started_ms: 0, date_ms: 0 }
  }
  for (const stream of shopify.streams) {
    const payloads: Payload[] = []
    const parents = stream.parent?.lists('100000001') ?? [listOf(stream)]
    for (const list of parents) {
      const position = { from_ms: 0, to_ms: 4e12, cursor: null }
      for await (const page of pagesOf(send, shopify.paging, list, { position })) {
        payloads.push(...page.items)
      }
    }
    expect([stream.name, payloads.length > 0]).toEqual([stream.name, true])
    for (const { at, list, form } of stream.embedded ?? []) {
      const cut = payloads.filter((payload) => form?.isCut(payload[at]))
      expect([stream.name, cut.length > 0]).toEqual([stream.name, at !== 'lines'])
      for (const payload of [...cut, ...payloads].slice(0, 3)) {
        for await (const page of pagesOf(send, shopify.paging, list(payload))) {
          expect(page.items.length).toBeGreaterThan(-1)
        }
      }
    }
    if (stream.bulk) {
      const { count, start, started, status } = stream.bulk
      await send(count)
      await send(status(String(started((await send(start)).body))))
    }
    for (const { id } of payloads.slice(0, 2)) {
      if (stream.retrieve) asked.push(stream.retrieve(String(id), null))
    }
    const methods = payloads.flatMap(({ paymentMethods }) => (paymentMethods as Nodes)?.nodes ?? [])
    for (const { id } of methods.slice(0, 2)) {
      if (stream.retrieve) asked.push(stream.retrieve(String(id), null))
    }
  }
  return asked
}

interface Nodes {
  readonly nodes?: readonly Payload[]
}

interface Answered {
  readonly data: Payload
  readonly extensions: { readonly cost: { readonly requestedQueryCost: number } }
}

function answerOf(double: Shopify, { path, body }: ApiRequest): Answered {
  const headers = { 'x-shopify-access-token': String(double.access.oracle.access_token) }
  const asked = { method: 'POST', path, query: '', headers, body: JSON.stringify(body) }
  const answer = double.answer(asked)
  expect([answer.status, (answer.body as { errors?: unknown }).errors]).toEqual([200, undefined])
  return answer.body as Answered
}

/** What an answer holds under the name that the document gives it; nothing may be left out. */
const byKey: GraphQLFieldResolver<Payload, unknown> = (source, _args, _context, { path }) => {
  if (source[path.key] === undefined) throw new Error(`${path.key} is missing`)
  return source[path.key]
}

function typeNamed(value: unknown): string {
  const { __typename, id } = value as Payload
  if (typeof __typename === 'string') return __typename
  return /^gid:\/\/shopify\/(\w+)\//.exec(String(id))?.[1] ?? 'MediaImage'
}

/** The published rule: an object is 1, a connection 2 and what its first objects are. */
function costOf(schema: GraphQLSchema, document: string, first: number): number {
  const types = new TypeInfo(schema)
  const factors = [1]
  let cost = 0
  visit(
    parse(document),
    visitWithTypeInfo(types, {
      Field: {
        enter({ name, arguments: args = [], selectionSet }) {
          const factor = factors.at(-1) ?? 1
          factors.push(factor)
          if (!selectionSet || name.value === 'pageInfo')
            return name.value === 'pageInfo' ? false : undefined
          const isConnection = /Connection$/.test(String(getNamedType(types.getType())))
          if (!isConnection) {
            cost += factor
            return undefined
          }
          const size = args.find((one) => one.name.value === 'first')?.value
          cost += 2 * factor
          factors[factors.length - 1] =
            factor * (size?.kind === Kind.INT ? Number(size.value) : first)
          return undefined
        },
        leave() {
          factors.pop()
        },
      },
    }),
  )
  return cost
}

const typeOfSelection: { readonly [kind: string]: string } = {
  customers: 'Customer',
  products: 'Product',
  orders: 'Order',
  payment_methods: 'Customer',
  subscriptions: 'SubscriptionContract',
  settlements: 'ShopifyPaymentsPayout',
  transactions: 'ShopifyPaymentsBalanceTransaction',
  disputes: 'ShopifyPaymentsDispute',
  bank_accounts: 'ShopifyPaymentsBankAccount',
}

/** The connections in a selection, how deep they are, and whether inside a plain list. */
function connectionsIn(schema: GraphQLSchema, type: string, selection: string) {
  const found: { name: string; depth: number; inList: boolean }[] = []
  const types = new TypeInfo(schema, schema.getType(type) as GraphQLObjectType)
  const lists: boolean[] = []
  let depth = 0
  const { selectionSet } = parse(`{${selection}}`).definitions[0] as never as {
    selectionSet: Parameters<typeof visit>[0]
  }
  visit(
    selectionSet,
    visitWithTypeInfo(types, {
      Field: {
        enter({ name }) {
          const isConnection = /Connection$/.test(String(getNamedType(types.getType())))
          if (isConnection)
            found.push({ name: name.value, depth: ++depth, inList: lists.includes(true) })
          lists.push(
            !isConnection && name.value !== 'nodes' && isListType(getNullableType(types.getType())),
          )
        },
        leave() {
          if (/Connection$/.test(String(getNamedType(types.getType())))) depth--
          lists.pop()
        },
      },
    }),
  )
  return found
}
