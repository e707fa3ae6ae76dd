// GoCardless' own fixtures and signature vector, through the same mapping; and the simulated one.
import { createHmac } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as judge from 'gocardless-nodejs/webhooks'
import { describe, expect, it } from 'vitest'
import { KINDS } from '../../sandbox/gocardless/account.ts'
import { createGoCardless } from '../../sandbox/gocardless/partner.ts'
import { faultOf } from '../../src/model/validate.ts'
import { BadSignature } from '../../src/partners/errors.ts'
import { gocardless } from '../../src/partners/gocardless/index.ts'
import { draftsOf } from '../../src/partners/mapping.ts'
import type { Notifications } from '../../src/partners/notifications.ts'
import { contextOf, stored } from '../fixtures.ts'

const MATERIAL = join(process.env.PARTNER_MATERIAL ?? '../shared/partners', 'gocardless')
const FIXTURES = join(MATERIAL, 'fixtures')
const fixture = (name: string) => JSON.parse(readFileSync(join(FIXTURES, `${name}.json`), 'utf8'))
const kinds = KINDS.filter((kind) => kind !== 'events')

function recordsOf(body: unknown) {
  return (gocardless.recognise?.(body) ?? []).flatMap(({ stream: name, payload }) => {
    const maps = gocardless.streams.find((stream) => stream.name === name)?.maps ?? []
    return maps.flatMap((map) =>
      draftsOf(map, payload, contextOf(gocardless)).map((draft) => ({
        record: stored(draft) as { readonly [attribute: string]: unknown },
        fault: faultOf(map.object, stored(draft)),
      })),
    )
  })
}

describe.skipIf(!existsSync(FIXTURES))('GoCardless, its own fixtures', () => {
  it.each(kinds)('%s become valid records', (kind) => {
    // Its generator gives some of them ids of other kinds.
    const { list, get } = fixture(kind)
    for (const { body } of [list, get]) {
      const records = recordsOf(body)
      expect(records.length).toBeGreaterThan(0)
      expect(records.map(({ fault }) => fault).filter(Boolean)).toEqual([])
    }
  })

  it('a payment, as it is told', () => {
    const [payment] = recordsOf(fixture('payments').get.body).map(({ record }) => record)
    expect(payment).toMatchObject({
      amount: 1000,
      amount_refunded: 150,
      currency: 'EUR',
      status: 'pending',
      created_date: '2014-01-01T12:00:00.000Z',
    })
  })

  it('the signature of its webhook holds, and no other', () => {
    const [vector] = JSON.parse(
      readFileSync(join(MATERIAL, 'webhook-signature-vectors.json'), 'utf8'),
    ).vectors
    const body = Buffer.from(readFileSync(join(FIXTURES, 'webhook_body.json'), 'utf8').trimEnd())
    const { verify, read } = gocardless.notifications as Notifications
    const headers = { 'webhook-signature': vector.signature }
    expect(() => verify({ url: '/', headers, body }, [vector.secret], 0)).not.toThrow()
    expect(() => verify({ url: '/', headers, body }, [`${vector.secret}x`], 0)).toThrow()
    const events = read(JSON.parse(body.toString()), headers)
    expect(events.length).toBeGreaterThan(0)
    expect(events.flatMap((event) => gocardless.events?.read(event) ?? []).length).toBeGreaterThan(
      0,
    )
  })

  it.each([...kinds, 'events' as const])(
    'the simulated %s have nothing that the real have not',
    (kind) => {
      const [real] = fixture(kind).list.body[kind] as Record<string, unknown>[]
      const double = createGoCardless({ seed: 1, buyers: 60 })
      const headers = { authorization: `Bearer ${double.access.oracle.access_token}` }
      const asked = { method: 'GET', path: `/${kind}`, query: 'limit=500', headers, body: '' }
      const { status, body } = double.answer(asked)
      expect(status).toBe(200)
      const rows = (body as Record<string, Record<string, unknown>[]>)[kind] ?? []
      expect(rows.length).toBeGreaterThan(5)
      for (const row of rows) {
        expect(Object.keys(row).filter((key) => !(key in (real ?? {})))).toEqual([])
        const links = Object.keys((row.links ?? {}) as object)
        expect(links.filter((key) => !(key in ((real?.links ?? {}) as object)))).toEqual([])
        for (const [key, value] of Object.entries(row)) {
          if (value === null || real?.[key] === null) continue
          expect([kind, key, typeof value]).toEqual([kind, key, typeof real?.[key]])
        }
      }
    },
  )
})

describe('GoCardless, its own helper for signatures', () => {
  const body = JSON.stringify({ events: [{ id: 'EV1', links: { payment: 'PM1' }, name: 'Åse' }] })
  const { verify } = gocardless.notifications as Notifications
  const signed = (text: string, secret: string) =>
    createHmac('sha256', secret).update(text).digest('hex')
  const cases = [
    ['signed by the secret', body, signed(body, 'secret'), true],
    ['signed by another', body, signed(body, 'other'), false],
    ['changed on the way', `${body} `, signed(body, 'secret'), false],
    ['unsigned', body, '', false],
  ] as const

  it.each(cases)('agrees on a body that was %s', (_, text, signature, holds) => {
    const request = {
      url: '/',
      headers: { 'webhook-signature': signature },
      body: Buffer.from(text),
    }
    const theirs = () => judge.parse(text, 'secret', signature)
    const ours = () => verify(request, ['secret'], 0)
    if (holds) {
      expect(ours).not.toThrow()
      expect(theirs).not.toThrow()
    } else {
      expect(ours).toThrow(BadSignature)
      expect(theirs).toThrow()
    }
  })
})
