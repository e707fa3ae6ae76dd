// Recordings of a real server, through the same mapping; and the simulated one beside them.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createMedusa } from '../../sandbox/medusa/partner.ts'
import { faultOf } from '../../src/model/validate.ts'
import { draftsOf } from '../../src/partners/mapping.ts'
import { medusa } from '../../src/partners/medusa/index.ts'
import { exponentOf } from '../../src/partners/money.ts'
import { contextOf, stored } from '../fixtures.ts'

const RECORDED = join(
  process.env.PARTNER_MATERIAL ?? '../shared/partners',
  'medusa',
  'recorded-2.21.2',
)
const bodyOf = (name: string) =>
  JSON.parse(readFileSync(join(RECORDED, `${name}.json`), 'utf8')).body

function recordsOf(body: unknown) {
  return (medusa.recognise?.(body) ?? []).flatMap(({ stream: name, payload }) => {
    const maps = medusa.streams.find((stream) => stream.name === name)?.maps ?? []
    return maps.flatMap((map) =>
      draftsOf(map, payload, contextOf(medusa)).map((draft) => ({
        record: stored(draft) as { readonly [attribute: string]: unknown },
        fault: faultOf(map.object, stored(draft)),
      })),
    )
  })
}

describe.skipIf(!existsSync(RECORDED))('Medusa 2.21.2, recorded', () => {
  it.each(['customers-page1', 'customers-updated-gte', 'orders-with-payments'])(
    '%s becomes valid records',
    (name) => {
      const records = recordsOf(bodyOf(name))
      expect(records.length).toBeGreaterThan(4)
      expect(records.map(({ fault }) => fault).filter(Boolean)).toEqual([])
    },
  )

  it('a customer with its address', () => {
    expect(recordsOf(bodyOf('customers-page1'))[0]?.record).toMatchObject({
      name: 'Åsa 1 Nguyễn',
      email: 'buyer1@example.test',
      address: { city: 'Göteborg', postal_code: '211 34', country: 'SE', line1: 'Storgatan 1' },
      shipping_name: 'Åsa Nguyễn',
      origin: 'PARTNER',
    })
  })

  it('orders in yen and crowns, to the unit', () => {
    const all = recordsOf(bodyOf('orders-with-payments')).map(({ record }) => record)
    const amounts = (object: string, currency: string) =>
      new Set(
        all
          .filter((one) => one.object === object && one.currency === currency)
          .map((one) => one.amount),
      )
    expect(amounts('order', 'JPY')).toContain(1500)
    expect(amounts('payment', 'JPY')).toContain(1500)
    expect(amounts('payment', 'SEK')).toContain(3750)
  })

  it('knows as many decimals as the server, where the world agrees on them', () => {
    const { currencies } = bodyOf('currencies') as {
      currencies: { code: string; decimal_digits: number }[]
    }
    const known = ['eur', 'usd', 'gbp', 'jpy', 'kwd', 'sek', 'bhd', 'tnd']
    for (const { code, decimal_digits } of currencies.filter((one) => known.includes(one.code))) {
      expect([code, exponentOf(code.toUpperCase())]).toEqual([code, decimal_digits])
    }
  })

  it('the simulated server answers with the same attributes, and no others', () => {
    const real = {
      customers: bodyOf('customers-page1').customers as object[],
      orders: bodyOf('orders-with-payments').orders as object[],
    }
    const double = createMedusa({ seed: 1, buyers: 60 })
    const pair = Buffer.from(`${double.access.oracle.api_key}:`).toString('base64')
    for (const kind of ['customers', 'orders'] as const) {
      const { body } = double.answer({
        method: 'GET',
        path: `/admin/${kind}`,
        query: 'limit=500',
        headers: { authorization: `Basic ${pair}` },
        body: '',
      })
      const rows = (body as Record<string, object[]>)[kind] as object[]
      expect(rows.length).toBeGreaterThan(20)
      // Totals that the recording did not ask for.
      const asked = ['shipping_total', 'discount_total']
      const known = shapeOf(real[kind])
      // None of the recorded orders has this address, which is like the other one.
      const like = (path: string) => path.replace(/^billing_address\./, 'shipping_address.')
      const unknown = [...shapeOf(rows)].filter((path) => !known.has(like(path)))
      expect(unknown.filter((path) => !asked.includes(path))).toEqual([])
    }
  })
})

/** Every path that some row has a value at. */
function shapeOf(rows: readonly unknown[], at = ''): Set<string> {
  const paths = new Set<string>()
  for (const row of rows) {
    if (typeof row !== 'object' || row === null) continue
    for (const [key, value] of Object.entries(row)) {
      paths.add(at + key)
      const inner = Array.isArray(value) ? value : [value]
      for (const path of shapeOf(inner, `${at}${key}.`)) paths.add(path)
    }
  }
  return paths
}
