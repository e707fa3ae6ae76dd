// Square's own examples, signature vectors and library, as judges of the mapping and the dialect.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { WebhooksHelper } from 'square'
import { describe, expect, it } from 'vitest'
import { faultOf } from '../../src/model/validate.ts'
import { BadSignature } from '../../src/partners/errors.ts'
import { draftsOf } from '../../src/partners/mapping.ts'
import type { Notifications } from '../../src/partners/notifications.ts'
import { start } from '../../src/partners/paginate.ts'
import { objectOf, type Payload } from '../../src/partners/rule.ts'
import { square } from '../../src/partners/square/index.ts'
import { listOf } from '../../src/partners/stream.ts'
import { contextOf, stored } from '../fixtures.ts'

const MATERIAL = join(process.env.PARTNER_MATERIAL ?? '../shared/partners', 'square')
const EXAMPLES = join(MATERIAL, 'examples')
const { verify } = square.notifications as Notifications // it has them
const header = 'x-square-hmacsha256-signature'

interface Example {
  readonly path: string
  readonly method: string
  readonly response: Payload
}

const example = (name: string): Example =>
  JSON.parse(readFileSync(join(EXAMPLES, `${name}.json`), 'utf8'))

/**
 * The generator of the examples writes the name of a field where it has no value for it; those are
 * taken out, as such a text is no time, code or amount.
 */
function without(value: unknown, name = '-'): unknown {
  if (Array.isArray(value)) return value.map((one) => without(one, name)).filter(isTold)
  if (value === name || value === 'UNKNOWN_CURRENCY') return undefined
  if (typeof value !== 'object' || value === null) return value
  const parts = Object.entries(value).map(([key, inner]) => [key, without(inner, key)])
  return Object.fromEntries(parts.filter(([, inner]) => isTold(inner)))
}

function isTold(value: unknown): boolean {
  return value !== undefined
}

function recordsOf(body: unknown) {
  return (square.recognise?.(body) ?? []).flatMap(({ stream: name, payload }) => {
    const maps = square.streams.find((stream) => stream.name === name)?.maps ?? []
    return maps.flatMap((map) =>
      draftsOf(map, payload, contextOf(square)).map((draft) => ({
        record: stored(draft) as { readonly [attribute: string]: unknown },
        fault: faultOf(map.object, stored(draft)),
      })),
    )
  })
}

describe.skipIf(!existsSync(EXAMPLES))('Square, its own examples', () => {
  it.each([
    ['customers.get', 'customer'],
    ['customers.search', 'customer'],
    ['payments.list', 'payment'],
    ['refunds.list', 'payment'],
    ['refunds.get', 'payment'],
    ['payouts.list', 'settlement'],
    ['payouts.get', 'settlement'],
    ['disputes.list', 'dispute'],
    ['orders.get', 'order'],
    ['orders.batchGet', 'order'],
    ['invoices.list', 'invoice'],
    ['invoices.get', 'invoice'],
    ['subscriptions.search', 'subscription'],
    ['cards.list', 'external_account'],
    ['cards.get', 'external_account'],
    ['bankAccounts.list', 'external_account'],
  ])('%s becomes valid records', (name, object) => {
    const records = recordsOf(without(example(name).response))
    expect(records.map(({ record }) => record.object)).toContain(object)
    expect(records.map(({ fault }) => fault).filter(Boolean)).toEqual([])
  })

  it('no answer whatever makes a mapping throw', () => {
    for (const file of readdirSync(EXAMPLES)) {
      const { response } = example(file.replace(/\.json$/, ''))
      expect(() => recordsOf(response)).not.toThrow()
    }
  })

  it('a payment, as it is told', () => {
    const [payment] = recordsOf(without(example('payments.list').response))
    expect(payment?.record).toMatchObject({
      amount: 555,
      currency: 'USD',
      status: 'succeeded',
      amount_refunded: 0,
      created_date: '2021-10-13T19:34:33.524Z',
      payment_method: { type: 'card', brand: 'visa', last4: '1111' },
    })
  })

  it('an event of the log says what to read again', () => {
    const [event] = example('events.SearchEvents').response.events as Payload[]
    expect(square.events?.read(event as Payload)).toEqual([
      {
        stream: 'disputes',
        partnerRecordId: 'ORSEVtZAJxb37RA1EiGw',
        parentId: null,
        deleted: false,
      },
    ])
  })
})

const SPEC = join(MATERIAL, 'openapi.api.json')

/** Names that a schema of the specification's has. */
function namesOf(schemas: Payload, reference: string): Payload {
  const schema = objectOf(schemas[reference.split('/').at(-1) ?? ''])
  return objectOf(schema?.properties) ?? {}
}

/** What is asked in a body that its schema does not have. */
function unknownIn(schemas: Payload, body: unknown, reference: string, at = ''): string[] {
  const names = namesOf(schemas, reference)
  return Object.entries(objectOf(body) ?? {}).flatMap(([name, value]) => {
    const property = objectOf(names[name])
    if (!property) return [`${at}.${name}`]
    const inner = property.$ref
    return typeof inner === 'string' && objectOf(value)
      ? unknownIn(schemas, value, inner, `${at}.${name}`)
      : []
  })
}

describe.skipIf(!existsSync(SPEC))('Square, its own specification', () => {
  const spec = existsSync(SPEC) ? JSON.parse(readFileSync(SPEC, 'utf8')) : {}
  const schemas = spec.components?.schemas
  const requests = square.streams.flatMap((stream) => {
    const facts = { currency: 'USD', locations: 'L1,L2' }
    const lists = stream.parent?.lists('po_1') ?? [listOf(stream, facts)]
    const attached = (stream.attach ?? []).flatMap(
      ({ list }) => list({ id: 'X1', plan_variation_id: 'P1' }) ?? [],
    )
    const events = square.events ? [square.events.list] : []
    return [...lists, ...attached, ...events].map((list) =>
      (list.paging ?? square.paging).request(list, {
        ...start,
        from_ms: Date.UTC(2026, 0, 1),
        to_ms: list.timeFilter === 'begin_time' && list.body ? null : Date.UTC(2026, 1, 1),
      }),
    )
  })

  it.each(requests.map((request) => [request.path, request] as const))(
    '%s is asked what it takes',
    (path, { method = 'GET', query = {}, body }) => {
      const places = Object.keys(spec.paths)
      const place = places.includes(path) ? path : path.replace('po_1', '{payout_id}')
      const operation = spec.paths[place][method.toLowerCase()]
      const names = (operation.parameters ?? []).map(({ name }: { name: string }) => name)
      expect(Object.keys(query).filter((name) => !names.includes(name))).toEqual([])
      if (body === undefined) return
      const schema = operation.requestBody.content['application/json'].schema.$ref
      expect(unknownIn(schemas, body, schema)).toEqual([])
    },
  )

  it('every object is read where one is', () => {
    for (const { retrieve } of square.streams) {
      const path = retrieve?.('{id}', null).path
      if (path === undefined) continue
      const like = decodeURIComponent(path).replace('{id}', '{x}')
      const known = Object.keys(spec.paths).filter((place) => spec.paths[place].get)
      expect(known.map((place) => place.replace(/\{\w+\}/g, '{x}'))).toContain(like)
    }
  })
})

const VECTORS = join(MATERIAL, 'webhook-signature-vectors.json')

describe.skipIf(!existsSync(VECTORS))('Square, its own signatures', () => {
  const { vectors } = existsSync(VECTORS) ? JSON.parse(readFileSync(VECTORS, 'utf8')) : {}

  it('hold, and no other does', () => {
    expect(vectors.length).toBeGreaterThan(0)
    for (const { rawBody, signature, signatureKey, notificationUrl: url } of vectors) {
      const request = { url, headers: { [header]: signature }, body: Buffer.from(rawBody) }
      verify(request, ['another', signatureKey], 0)
      expect(() => verify(request, [`${signatureKey}x`], 0)).toThrow(BadSignature)
      expect(() => verify({ ...request, url: `${url}/` }, [signatureKey], 0)).toThrow(BadSignature)
      const other = { ...request, body: Buffer.from(`${rawBody} `) }
      expect(() => verify(other, [signatureKey], 0)).toThrow(BadSignature)
    }
  })

  it('are judged by its library as by us', async () => {
    const [{ rawBody, signature, signatureKey, notificationUrl }] = vectors
    const cases = [
      { requestBody: rawBody, signatureHeader: signature, signatureKey, notificationUrl },
      { requestBody: `${rawBody} `, signatureHeader: signature, signatureKey, notificationUrl },
      { requestBody: rawBody, signatureHeader: `${signature}x`, signatureKey, notificationUrl },
      { requestBody: rawBody, signatureHeader: signature, signatureKey: 'x', notificationUrl },
      { requestBody: rawBody, signatureHeader: signature, signatureKey, notificationUrl: '/' },
    ]
    for (const one of cases) {
      const theirs = await WebhooksHelper.verifySignature(one)
      const body = Buffer.from(one.requestBody)
      const headers = { [header]: one.signatureHeader }
      const ours = () => verify({ url: one.notificationUrl, headers, body }, [one.signatureKey], 0)
      if (theirs) expect(ours).not.toThrow()
      else expect(ours).toThrow(BadSignature)
    }
  })
})
