import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { objectNamed } from '../src/model/index.ts'
import { faultOf } from '../src/model/validate.ts'
import { BadAnswer, Gone, Refused, Rejected, Unavailable } from '../src/partners/errors.ts'
import { type Http, newHttp } from '../src/partners/http.ts'
import { partnerList } from '../src/partners/index.ts'
import { itemsOf, pagesOf, start } from '../src/partners/paginate.ts'
import type { ListRequest, Stream } from '../src/partners/partner.ts'
import type { Payload } from '../src/partners/rule.ts'
import { doubles, type PartnerDouble } from './doubles.ts'
import {
  contextOf,
  drafts,
  fixturesIn,
  idsIn,
  isCardNumber,
  pathsOf,
  placesIn,
  read,
  resolves,
  secrets,
  stored,
} from './fixtures.ts'

describe.each(partnerList)('$name', (partner) => {
  const folder = join(import.meta.dirname, '../src/partners', partner.name, 'fixtures')
  const fixtures = new Map(partner.streams.map(({ name }) => [name, fixturesIn(folder, name)]))
  const cases = partner.streams.flatMap((stream) =>
    (fixtures.get(stream.name) ?? []).map((fixture) => ({ stream, ...fixture })),
  )
  const mappings = [...new Set(partner.streams.flatMap(({ maps }) => maps))]

  describe('mappings', () => {
    test.each(cases)('$stream.name: $title', ({ stream, payload, records, parent }) => {
      expect(read(stream, payload, contextOf(partner, parent))).toEqual(records)
    })

    test.each(cases)('$stream.name: $title: the records are valid', ({ stream, ...fixture }) => {
      const context = contextOf(partner, fixture.parent)
      for (const { type, record } of drafts(stream, fixture.payload, context)) {
        expect(faultOf(type, stored(record))).toBeNull()
      }
    })

    test.each(mappings)('$object.name: $title: every path is in a payload', (mapping) => {
      const payloads = cases
        .filter(({ stream, ...fixture }) => {
          if (!stream.maps.includes(mapping)) return false
          return mapping.read(fixture.payload, contextOf(partner, fixture.parent)) !== null
        })
        .map(({ payload }) => payload)
      const missing = pathsOf(mapping.rules).filter(
        (path) => !payloads.some((payload) => resolves(payload, path.split('.'))),
      )
      expect(missing).toEqual([])
    })

    test('reading twice gives the same ids and links; another account gives others', () => {
      for (const { stream, payload, parent } of cases) {
        const context = contextOf(partner, parent)
        const ids = idsIn(read(stream, payload, context))
        expect(idsIn(read(stream, structuredClone(payload), context))).toEqual(ids)
        const other = { ...context, partnerAccountId: 'acct_1Other' }
        const shared = idsIn(read(stream, payload, other)).filter((id) => ids.includes(id))
        expect(shared).toEqual([])
      }
    })

    test('no payload, however broken in one place, makes a mapping throw', () => {
      const broken = [null, undefined, '', 'x', 0, -1, 2 ** 60, true, [], {}, [null], ['x']]
      for (const { stream, payload, parent } of cases) {
        const context = contextOf(partner, parent)
        const damaged = structuredClone(payload)
        for (const { holder, key } of placesIn(damaged)) {
          const whole = holder[key]
          for (const value of broken) {
            holder[key] = value
            for (const map of stream.maps) map.read(damaged, context)
          }
          holder[key] = whole
        }
      }
    })

    test('fixtures hold no secret and no full card number', () => {
      const text = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))
      expect(text.join('\n').match(secrets)).toBeNull()
      const numbers = text.join('\n').match(/\b\d{13,19}\b/g) ?? []
      expect(numbers.filter(isCardNumber)).toEqual([])
    })
  })

  describe('declaration', () => {
    test('streams have names of their own, and events only name these', () => {
      const names = partner.streams.map(({ name }) => name)
      expect(new Set(names).size).toBe(names.length)
      for (const { parent } of partner.streams) if (parent) objectNamed(parent.object)
    })

    test('parents come before their children', () => {
      const objects = partner.streams.map(({ maps }) => maps.map(({ object }) => object.name))
      for (const [at, { parent }] of partner.streams.entries()) {
        if (!parent) continue
        expect(objects.slice(0, at).flat()).toContain(parent.object)
      }
    })

    test('every payload finds its stream', () => {
      for (const { stream, payload } of cases) {
        const found = partner.recognise?.({ object: 'list', data: [payload] }) ?? []
        const maps = found.flatMap((one) =>
          partner.streams.filter(({ name }) => name === one.stream).flatMap(({ maps }) => maps),
        )
        expect(maps).toEqual(expect.arrayContaining([...stream.maps]))
      }
    })
  })

  const openDouble = doubles[partner.name]
  describe.skipIf(!openDouble)('at the simulated partner', () => {
    let double: PartnerDouble
    let http: Http

    beforeAll(async () => {
      double = await (openDouble as () => Promise<PartnerDouble>)()
      http = open()
    })

    afterAll(async () => {
      await http.close()
      await double.stop()
    })

    function open(credential = double.credential): Http {
      return newHttp({
        baseUrl: double.baseUrl,
        headers: partner.headers(credential),
        errors: partner.errors,
        patience_ms: 8000,
        attempt_ms: 2000,
      })
    }

    const first = partner.streams.find(({ list }) => list.createdFilter) as Stream
    const whole = (list: ListRequest = first.list) => itemsOf(http.send, partner.paging, list)
    const idOf = ({ id }: Payload) => String(id)

    test('the account is told', async () => {
      const { body } = await http.send(partner.account.request)
      const facts = partner.account.read(body, double.credential)
      expect(facts.partnerAccountId).toBe(double.partnerAccountId)
      expect(facts.created_ms).toBeLessThan(double.now())
    })

    test('a list is read to its end, each item once, more than a page', async () => {
      const ids = (await whole()).map(idOf)
      expect(ids.length).toBeGreaterThan(partner.paging.page_size_max)
      expect(new Set(ids).size).toBe(ids.length)
    })

    test('a list is taken up again at any cursor', async () => {
      const ids = (await whole()).map(idOf)
      const pages = pagesOf(http.send, partner.paging, first.list)
      const { value: page } = (await pages.next()) as { value: { next: string; items: Payload[] } }
      const rest: Payload[] = []
      const position = { ...start, cursor: page.next }
      for await (const next of pagesOf(http.send, partner.paging, first.list, { position })) {
        rest.push(...next.items)
      }
      expect([...page.items, ...rest].map(idOf)).toEqual(ids)
    })

    test('spans of time next to each other hold every item once', async () => {
      const ids = (await whole()).map(idOf)
      const cut_ms = Math.floor(double.now() / 1000 - 90 * 86_400) * 1000
      const spans = [
        { from_ms: null, to_ms: cut_ms, cursor: null },
        { from_ms: cut_ms, to_ms: null, cursor: null },
      ]
      const parts: string[][] = []
      for (const position of spans) {
        const part: string[] = []
        for await (const page of pagesOf(http.send, partner.paging, first.list, { position })) {
          part.push(...page.items.map(idOf))
        }
        parts.push(part)
      }
      expect(parts.every((part) => part.length > 0)).toBe(true)
      expect(parts.flat().sort()).toEqual([...ids].sort())
    })

    test.each(partner.streams.filter(({ parent }) => !parent))(
      '$name: each item is valid, and reads the same alone as in its list',
      async (stream) => {
        const [page] = await firstPages(stream.list, 1)
        expect(page?.length).toBeGreaterThan(0)
        const context = contextOf(partner)
        for (const listed of page ?? []) {
          for (const { type, record } of drafts(stream, listed, context)) {
            expect(faultOf(type, stored(record))).toBeNull()
          }
        }
        if (!stream.retrieve) return
        for (const listed of (page ?? []).slice(0, 5)) {
          const { body } = await http.send(stream.retrieve(idOf(listed), null))
          expect(stream.isDeleted?.(body as Payload) ?? false).toBe(false)
          expect(read(stream, body as Payload, context)).toEqual(read(stream, listed, context))
        }
      },
    )

    async function firstPages(list: ListRequest, count: number): Promise<Payload[][]> {
      const pages: Payload[][] = []
      for await (const page of pagesOf(http.send, partner.paging, list)) {
        pages.push([...page.items])
        if (pages.length === count) break
      }
      return pages
    }

    describe('faults', () => {
      const passing = [
        'refused',
        'reset',
        'reset_mid_body',
        'silence',
        'half_open',
        'slow_drip',
        'gzip_bomb',
        'error_500',
        'error_502',
        'error_503_seconds',
        'error_503_date',
        'too_many_requests',
        'html_200',
        'wrong_content_type',
        'truncated_json',
        'new_field',
      ]

      test.each(passing)('%s once loses and doubles nothing', async (name) => {
        const ids = (await whole()).map(idOf)
        double.inject({ name, path: first.list.path, times: 1, after: 1 })
        expect((await whole()).map(idOf)).toEqual(ids)
        double.clearFaults()
      })

      test.each([
        ['error_500', Unavailable],
        ['html_200', BadAnswer],
        ['truncated_json', BadAnswer],
        ['empty_page_has_more', BadAnswer],
        ['cursor_loop', BadAnswer],
        ['cursor_refused', Rejected],
        ['unauthorised', Refused],
        ['scope_lost', Refused],
        ['account_deauthorised', Refused],
      ])('%s for good ends in a typed error', async (name, type) => {
        double.inject({ name, path: first.list.path, times: null })
        await expect(whole()).rejects.toBeInstanceOf(type)
        double.clearFaults()
      })

      test.each(['huge_number', 'retyped_field', 'missing_field', 'unknown_enum'])(
        '%s is refused or folded, never taken for money',
        async (name) => {
          for (const stream of partner.streams.filter(({ parent }) => !parent)) {
            double.inject({ name, path: stream.list.path, times: 1 })
            const [page] = await firstPages(stream.list, 1)
            double.clearFaults()
            for (const listed of page ?? []) {
              for (const { type, record } of drafts(stream, listed, contextOf(partner))) {
                if (faultOf(type, stored(record)) !== null) continue
                const numbers = JSON.stringify(record).match(/(?<=[:,[])-?\d{16,}/g) ?? []
                expect(numbers.filter((text) => !Number.isSafeInteger(Number(text)))).toEqual([])
              }
            }
          }
        },
      )

      test.each(['lone_surrogate', 'nul_character'])('%s does not reach a record', async (name) => {
        double.inject({ name, path: first.list.path, times: 1 })
        const [page] = await firstPages(first.list, 1)
        double.clearFaults()
        const texts = (page ?? []).map((listed) =>
          JSON.stringify(read(first, listed, contextOf(partner))),
        )
        expect(texts.join('')).not.toMatch(/\\u0000|\\ud800/i)
      })
    })

    test('a wrong credential is refused without being repeated', async () => {
      const wrong = open(double.wrongCredential)
      const failure = await wrong.send(first.list).catch((error: unknown) => error)
      await wrong.close()
      expect(failure).toBeInstanceOf(Refused)
      for (const secret of Object.values(double.wrongCredential)) {
        expect((failure as Error).message).not.toContain(secret)
      }
    })

    test('what is not there is gone', async () => {
      const request = first.retrieve?.('no_such_id', null)
      if (request) await expect(http.send(request)).rejects.toBeInstanceOf(Gone)
    })

    test('what was deleted says so', async () => {
      const [listed] = await whole()
      await double.remove(idOf(listed as Payload))
      const request = first.retrieve?.(idOf(listed as Payload), null)
      if (!request) return
      const { body } = await http.send(request)
      expect(first.isDeleted?.(body as Payload)).toBe(true)
      expect(partner.recognise?.(body)[0]).toMatchObject({ stream: first.name, deleted: true })
    })
  })
})
