// Recordings of a real shop, through the same mapping; the simulated shop against its schemas.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Ajv from 'ajv'
import { describe, expect, it } from 'vitest'
import { createWooCommerce } from '../../sandbox/woocommerce/partner.ts'
import { faultOf } from '../../src/model/validate.ts'
import { draftsOf } from '../../src/partners/mapping.ts'
import type { Notifications } from '../../src/partners/notifications.ts'
import { woocommerce } from '../../src/partners/woocommerce/index.ts'
import { contextOf, stored } from '../fixtures.ts'

const MATERIAL = join(process.env.PARTNER_MATERIAL ?? '../shared/partners', 'woocommerce')
const RECORDED = join(MATERIAL, 'recorded-11.0.1')
const parsed = (path: string) => JSON.parse(readFileSync(path, 'utf8'))

/** Every record that a body becomes, with what is wrong with it. */
function recordsOf(body: unknown) {
  const context = { ...contextOf(woocommerce), facts: { currency: 'EUR' } }
  return (woocommerce.recognise?.(body) ?? []).flatMap(({ stream: name, payload }) => {
    const maps = woocommerce.streams.find((stream) => stream.name === name)?.maps ?? []
    return maps.flatMap((map) =>
      draftsOf(map, payload, context).map((draft) => ({
        stream: name,
        record: stored(draft) as { readonly [attribute: string]: unknown },
        fault: faultOf(map.object, stored(draft)),
      })),
    )
  })
}

describe.skipIf(!existsSync(RECORDED))('WooCommerce 11.0.1, recorded', () => {
  const files = existsSync(RECORDED) ? readdirSync(RECORDED) : []
  const bodyOf = (name: string) => parsed(join(RECORDED, `${name}.json`)).body

  it.each(files.filter((name) => !/webhook|gateways|variations|order-0-refunds/.test(name)))(
    '%s becomes valid records',
    (name) => {
      const { status, body } = parsed(join(RECORDED, name))
      const records = recordsOf(body)
      expect(records.map(({ fault }) => fault).filter(Boolean)).toEqual([])
      if (status === 200 && !name.includes('currencies')) expect(records.length).toBeGreaterThan(0)
    },
  )

  it('a customer with everything', () => {
    expect(recordsOf(bodyOf('customer-full'))[0]?.record).toMatchObject({
      partnerRecordId: '2',
      name: 'Siobhán Ní Bhriain',
      email: 'full@example.test',
      phone: '+353 91 000 000',
      shipping_name: 'Pádraig Ó Briain',
      shipping_address: { city: 'Corcaigh', postal_code: 'T12 ABC1', country: 'IE' },
      payment_currency: 'EUR',
      origin: 'PARTNER',
    })
  })

  it('an order with a refund, and its payment', () => {
    const [order, payment] = recordsOf(bodyOf('order-0')).map(({ record }) => record)
    expect(order).toMatchObject({
      number: '16',
      status: 'open',
      payment_status: 'partially_refunded',
      amount: 2834,
      amount_shipping: 500,
      currency: 'EUR',
      placed_date: '2026-11-23T00:55:40.000Z',
    })
    expect(payment).toMatchObject({ type: 'charge', amount: 2834, amount_refunded: 450 })
  })

  it('deliveries are verified by their secret, and say what to read again', () => {
    const { secret, deliveries } = parsed(join(RECORDED, 'webhook-deliveries.json'))
    const { verify, isPing, read, touches } = woocommerce.notifications as Notifications
    const kinds = new Set<string>()
    for (const { headers, body } of deliveries) {
      const request = { headers, url: '/', body: Buffer.from(body) }
      if (isPing?.(request)) {
        kinds.add('ping')
        continue
      }
      expect(() => verify(request, [secret], 0)).not.toThrow()
      expect(() => verify(request, [`${secret}x`], 0)).toThrow()
      const found = read(JSON.parse(body), headers).flatMap((event) => touches?.(event) ?? [])
      expect(found).toHaveLength(1)
      kinds.add(found[0]?.stream ?? '')
    }
    expect([...kinds].sort()).toEqual(['customers', 'orders', 'ping', 'products'])
  })
})

const SCHEMAS = join(MATERIAL, 'schemas.wc-v3.11.0.1.json')
const KINDS = ['customers', 'orders', 'products', 'refunds'] as const

describe.skipIf(!existsSync(SCHEMAS))('the simulated shop, by the schemas of a real one', () => {
  const ajv = new Ajv.Ajv({ strict: false, validateFormats: false })

  it.each(KINDS)('%s are valid, and have nothing that a real shop has not', (kind) => {
    const { schema } = parsed(SCHEMAS)[kind]
    const validate = ajv.compile(translated(schema) as object)
    const partner = createWooCommerce({ seed: 1, buyers: 60 })
    const { consumer_key, consumer_secret } = partner.access.oracle
    const pair = Buffer.from(`${consumer_key}:${consumer_secret}`).toString('base64')
    const { status, body } = partner.answer({
      method: 'GET',
      path: `/wp-json/wc/v3/${kind}`,
      query: 'per_page=100',
      headers: { authorization: `Basic ${pair}` },
      body: '',
    })
    expect(status).toBe(200)
    const rows = body as Record<string, unknown>[]
    expect(rows.length).toBeGreaterThan(5)
    // Links and what the schema itself leaves out, though a real shop sends it.
    const beyond = ['_links', 'currency_symbol']
    for (const row of rows) {
      const { properties } = schema as { properties: object }
      const unknown = Object.keys(row).filter((key) => !(key in properties))
      expect(unknown.filter((key) => !beyond.includes(key))).toEqual([])
      expect(validate(row), JSON.stringify(validate.errors)).toBe(true)
    }
  })
})

/** WordPress' own words for types, in JSON Schema's; what is not set is null or empty there. */
function translated(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(translated)
  if (typeof value !== 'object' || value === null) return value
  const { type, properties, items } = value as Record<string, unknown>
  const words: Record<string, string[]> = {
    'date-time': ['string', 'null'],
    bool: ['boolean'],
    mixed: ['string', 'number', 'object', 'array', 'null', 'boolean'],
  }
  const named = Object.entries((properties ?? {}) as object)
  return {
    ...(type === undefined
      ? {}
      : { type: typeof type === 'string' ? (words[type] ?? type) : type }),
    ...(items === undefined ? {} : { items: translated(items) }),
    properties: Object.fromEntries(named.map(([name, part]) => [name, translated(part)])),
  }
}
