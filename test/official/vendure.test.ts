// Recordings of a real server, through the same mapping; and the simulated one beside them.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startSandbox } from '../../sandbox/server.ts'
import { clientOf } from '../../src/connect/credential.ts'
import { faultOf } from '../../src/model/validate.ts'
import { newHttp } from '../../src/partners/http.ts'
import { draftsOf } from '../../src/partners/mapping.ts'
import { itemsOf } from '../../src/partners/paginate.ts'
import { listOf } from '../../src/partners/stream.ts'
import { vendure } from '../../src/partners/vendure/index.ts'
import { contextOf, stored } from '../fixtures.ts'

const RECORDED = join(
  process.env.PARTNER_MATERIAL ?? '../shared/partners',
  'vendure',
  'recorded-3.7.3',
)
const recorded = (name: string) => JSON.parse(readFileSync(join(RECORDED, `${name}.json`), 'utf8'))
const bodyOf = (name: string) => recorded(name).body

function recordsOf(body: unknown) {
  return (vendure.recognise?.(body) ?? []).flatMap(({ stream: name, payload }) => {
    const maps = vendure.streams.find((stream) => stream.name === name)?.maps ?? []
    return maps.flatMap((map) =>
      draftsOf(map, payload, contextOf(vendure)).map((draft) => ({
        record: stored(draft) as { readonly [attribute: string]: unknown },
        fault: faultOf(map.object, stored(draft)),
      })),
    )
  })
}

describe.skipIf(!existsSync(RECORDED))('Vendure 3.7.3, recorded', () => {
  it.each(['customers-page1', 'customers-updated-after', 'orders-page1', 'products'])(
    '%s becomes valid records',
    (name) => {
      const records = recordsOf(bodyOf(name))
      expect(records.length).toBeGreaterThan(9)
      expect(records.map(({ fault }) => fault).filter(Boolean)).toEqual([])
    },
  )

  it('a customer whose addresses are no defaults', () => {
    expect(recordsOf(bodyOf('customers-page1'))[0]?.record).toMatchObject({
      partnerRecordId: '2',
      name: 'Trevor Donnelly',
      address: { city: 'Helenafurt', postal_code: 'NF6 2ID', country: 'GB' },
      shipping_address: null,
      created_date: '2026-11-23T00:41:47.000Z',
    })
  })

  it('an order with its payment', () => {
    const records = recordsOf(bodyOf('orders-page1')).map(({ record }) => record)
    const order = records.find(({ number }) => number === 'QL4ZTM86QZLDVW5N')
    expect(order).toMatchObject({ amount: 336260, amount_shipping: 500, currency: 'USD' })
    expect(records.some(({ object, type }) => object === 'payment' && type === 'refund')).toBe(true)
  })

  it('refusals are told, though they come with 200', () => {
    expect(vendure.refused?.(bodyOf('error-forbidden'))).toEqual({ status: 401 })
    expect(vendure.refused?.(bodyOf('error-take-too-large'))).toEqual({ status: 400 })
    expect(vendure.refused?.(bodyOf('channel'))).toBe(null)
  })

  it('asks only for fields that the recorded documents name', () => {
    const names = (text: string) => new Set(text.match(/[A-Za-z]\w*/g))
    const known = names(
      ['customers-page1', 'orders-page1', 'products', 'channel', 'login']
        .map((name) => recorded(name).request.query as string)
        .join(' '),
    )
    // Of the schema, but in none of the recordings.
    const beyond = ['featuredAsset', 'preview', 'collections', 'discounts', 'amountWithTax', 'on']
    for (const stream of vendure.streams) {
      const { query } = listOf(stream).body as { query: string }
      const fields = names(query.slice(query.indexOf('items{') + 6))
      const unknown = [...fields].filter((name) => !known.has(name) && !beyond.includes(name))
      expect([stream.name, ...unknown]).toEqual([stream.name])
    }
  })

  it('the simulated server answers with the attributes that are asked for, and no others', async () => {
    const sandbox = await startSandbox({ seed: 1, buyers: 60 })
    const { baseUrl, oracle } = sandbox.partner('vendure')
    const http = newHttp({ ...clientOf(vendure, oracle), baseUrl })
    for (const stream of vendure.streams) {
      const list = listOf(stream)
      const { query } = list.body as { query: string }
      const rows = await itemsOf(http.send, vendure.paging, list)
      expect(rows.length).toBeGreaterThan(10)
      const asked = new Set(query.match(/[A-Za-z]\w*/g))
      const keys = new Set(rows.flatMap(keysIn))
      expect([stream.name, ...[...keys].filter((key) => !asked.has(key))]).toEqual([stream.name])
    }
    await http.close()
    await sandbox.stop()
  })
})

function keysIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  if (Array.isArray(value)) return value.flatMap(keysIn)
  return Object.entries(value).flatMap(([key, inner]) => [key, ...keysIn(inner)])
}
