import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clientOf } from '../src/connect/credential.ts'
import { fullPlan } from '../src/ingest/plan.ts'
import { faultOf } from '../src/model/validate.ts'
import { BadAnswer, Gone, Refused, Rejected, Unavailable } from '../src/partners/errors.ts'
import { type Http, newHttp } from '../src/partners/http.ts'
import { partnerList } from '../src/partners/index.ts'
import { pagesOf } from '../src/partners/paginate.ts'
import type { Facts } from '../src/partners/partner.ts'
import type { ApiRequest, Page, Position } from '../src/partners/request.ts'
import { type Payload, pathReader } from '../src/partners/rule.ts'
import type { Stream } from '../src/partners/stream.ts'
import { listOf } from '../src/partners/stream.ts'
import { doubles, type PartnerDouble } from './doubles.ts'
import { contextOf, drafts, read, stored } from './fixtures.ts'

describe.each(partnerList)('$name', (partner) => {
  const openDouble = doubles[partner.name]
  describe.skipIf(!openDouble)('at the simulated partner', () => {
    let double: PartnerDouble
    let http: Http
    let facts: Facts
    let created_ms: number

    beforeAll(async () => {
      double = await (openDouble as () => Promise<PartnerDouble>)()
      http = open()
      const bodies: unknown[] = []
      for (const one of partner.account.requests) bodies.push((await http.send(one)).body)
      const account = partner.account.read(bodies, double.credential)
      expect(account.partnerAccountId).toBe(double.partnerAccountId)
      facts = account.facts ?? {}
      created_ms = account.created_ms
    })

    afterAll(async () => {
      await http.close()
      await double.stop()
    })

    function open(credential = double.credential): Http {
      const limits = { patience_ms: 8000, attempt_ms: 2000 }
      return newHttp({ ...clientOf(partner, credential), baseUrl: double.baseUrl, ...limits })
    }

    const top = partner.streams.filter(({ parent }) => !parent)
    const first = (top.find(({ name }) => name === 'customers') ?? top[0]) as Stream
    const context = () => ({ ...contextOf(partner), facts })
    const idOf = (stream: Stream, payload: Payload) =>
      String(pathReader(stream.idAt ?? 'id')(payload))
    /** What tells two payloads of a list apart: the record each is. */
    const keyOf = (payload: Payload) => {
      const [draft] = drafts(first, payload, context())
      return String(draft?.record.id ?? JSON.stringify(payload))
    }

    function spansOf(stream: Stream): Position[] {
      const plan = fullPlan(stream, { account_created_ms: created_ms, horizon_ms: double.now() })
      const time = (text: string | null) => (text === null ? null : Number(text))
      return plan.map(({ from, to }) => ({ from_ms: time(from), to_ms: time(to), cursor: null }))
    }

    async function whole(stream = first, spans = spansOf(stream)): Promise<Payload[]> {
      const items: Payload[] = []
      for (const position of spans) {
        const list = listOf(stream, facts)
        for await (const page of pagesOf(http.send, partner.paging, list, { position })) {
          items.push(...page.items)
        }
      }
      return items
    }

    async function one(request: ApiRequest): Promise<Payload> {
      const { body } = await http.send(request)
      const payload = request.at === undefined ? body : pathReader(request.at)(body)
      if (payload === null) throw new Gone(request.path)
      return payload as Payload
    }

    test('the account is told', () => {
      expect(created_ms).toBeLessThan(double.now())
    })

    test('a list is read to its end, each item once, more than a page', async () => {
      const keys = (await whole()).map(keyOf)
      expect(keys.length).toBeGreaterThan(partner.paging.page_size_max)
      expect(new Set(keys).size).toBe(keys.length)
    })

    test('a list comes in smaller pages where they are asked for', async () => {
      const page_size = 7
      const list = { ...listOf(first, facts), page_size }
      const [position] = spansOf(first) as [Position]
      const found: Payload[] = []
      for await (const { items } of pagesOf(http.send, partner.paging, list, { position })) {
        expect(items.length).toBeLessThanOrEqual(page_size)
        found.push(...items)
        if (found.length > 3 * page_size) break
      }
      const keys = (await whole(first, [position])).map(keyOf)
      expect([...new Set(found.map(keyOf))]).toEqual(keys.slice(0, found.length))
    })

    test('a list is taken up again at any cursor', async () => {
      const list = listOf(first, facts)
      for (const position of spansOf(first)) {
        const keys = (await whole(first, [position])).map(keyOf)
        const pages = pagesOf(http.send, partner.paging, list, { position })
        const { value: page } = (await pages.next()) as { value: Page }
        if (page.next === null) continue
        const at = { ...position, cursor: page.next }
        const rest: Payload[] = []
        for await (const next of pagesOf(http.send, partner.paging, list, { position: at })) {
          rest.push(...next.items)
        }
        // Pages may overlap, so that no row between them is missed.
        expect([...new Set([...page.items, ...rest].map(keyOf))]).toEqual([...new Set(keys)])
      }
    })

    const byCreation = top.filter(({ strategy }) => strategy.startsWith('created'))
    test.each(byCreation.slice(0, 1))(
      '$name: spans of time next to each other hold every item once',
      async (stream) => {
        const ids = (await whole(stream)).map((item) => idOf(stream, item))
        const cut_ms = Math.floor(double.now() / 1000 - 90 * 86_400) * 1000
        const spans = [
          { from_ms: null, to_ms: cut_ms, cursor: null },
          { from_ms: cut_ms, to_ms: null, cursor: null },
        ]
        const parts = await Promise.all(spans.map((span) => whole(stream, [span])))
        expect(parts.every((part) => part.length > 0)).toBe(true)
        const found = parts.flat().map((item) => idOf(stream, item))
        expect(found.sort()).toEqual([...ids].sort())
      },
    )

    test.each(top)(
      '$name: each item is valid, and reads the same alone as in its list',
      async (stream) => {
        const items = await firstItems(stream)
        expect(items.length).toBeGreaterThan(0)
        for (const listed of items) {
          for (const { type, record } of drafts(stream, listed, context())) {
            expect(faultOf(type, stored(record))).toBeNull()
          }
        }
        if (!stream.retrieve) return
        // What a list tells to be deleted may not be there to be read.
        const there = items.filter((item) => !stream.isDeleted?.(item))
        for (const summary of there.slice(0, 5)) {
          const alone = await one(stream.retrieve(idOf(stream, summary), null))
          // A summary tells less than the whole, but is of the same thing.
          expect(idOf(stream, alone)).toBe(idOf(stream, summary))
          const listed = stream.summaries ? alone : summary
          expect(stream.isDeleted?.(alone) ?? false).toBe(false)
          expect(read(stream, alone, context())).toEqual(read(stream, listed, context()))
        }
      },
    )

    /** The first page that holds anything. */
    async function firstItems(stream: Stream): Promise<readonly Payload[]> {
      for (const position of spansOf(stream)) {
        const list = listOf(stream, facts)
        for await (const page of pagesOf(http.send, partner.paging, list, { position })) {
          if (page.items.length > 0) return page.items
        }
      }
      return []
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
        const keys = (await whole()).map(keyOf)
        double.inject({ name, path: listOf(first, facts).path, times: 1, after: 1 })
        expect((await whole()).map(keyOf)).toEqual(keys)
        double.clearFaults()
      })

      test.each([
        ['error_500', Unavailable],
        ['html_200', BadAnswer],
        ['truncated_json', BadAnswer],
        ['cursor_loop', BadAnswer],
        ['cursor_refused', Rejected],
        ['unauthorised', Refused],
        ['scope_lost', Refused],
        ['account_deauthorised', Refused],
      ])('%s for good ends in a typed error', async (name, type) => {
        double.inject({ name, path: listOf(first, facts).path, times: null })
        await expect(whole()).rejects.toBeInstanceOf(type)
        double.clearFaults()
      })

      test.each(['huge_number', 'retyped_field', 'missing_field', 'unknown_enum'])(
        '%s is refused or folded, never taken for money',
        async (name) => {
          for (const stream of top) {
            double.inject({ name, path: listOf(stream, facts).path, times: 1 })
            // A page whose rows cannot even be told apart is refused as a whole.
            const page = await firstItems(stream).catch((error: unknown) => {
              if (error instanceof BadAnswer) return []
              throw error
            })
            double.clearFaults()
            for (const listed of page) {
              for (const { type, record } of drafts(stream, listed, context())) {
                if (faultOf(type, stored(record)) !== null) continue
                const numbers = JSON.stringify(record).match(/(?<=[:,[])-?\d{16,}/g) ?? []
                expect(numbers.filter((text) => !Number.isSafeInteger(Number(text)))).toEqual([])
              }
            }
          }
        },
      )

      test.each(['lone_surrogate', 'nul_character'])('%s does not reach a record', async (name) => {
        double.inject({ name, path: listOf(first, facts).path, times: 1 })
        const page = await firstItems(first)
        double.clearFaults()
        const texts = page.map((listed) => JSON.stringify(read(first, listed, context())))
        expect(texts.join('')).not.toMatch(/\\u0000|\\ud800/i)
      })
    })

    test('a wrong credential is refused without being repeated', async () => {
      const wrong = open(double.wrongCredential)
      const request = partner.account.requests[0]
      const failure = await wrong.send(request).catch((error: unknown) => error)
      await wrong.close()
      expect(failure).toBeInstanceOf(Refused)
      for (const secret of Object.values(double.wrongCredential)) {
        if (secret.length >= 8) expect((failure as Error).message).not.toContain(secret)
      }
    })

    test('what is not there is gone', async () => {
      const request = first.retrieve?.('999999999', null)
      if (request) await expect(one(request)).rejects.toBeInstanceOf(Gone)
    })

    test.skipIf(first.name !== 'customers')('what was deleted says so', async () => {
      const [listed] = await whole()
      const id = idOf(first, listed as Payload)
      await double.remove(id)
      const request = first.retrieve?.(id, null)
      if (!request) return
      const found = await one(request).catch((error: unknown) => error)
      if (found instanceof Gone) return
      expect(first.isDeleted?.(found as Payload)).toBe(true)
      const seen = partner.recognise?.(found)[0]
      expect(seen).toMatchObject({ stream: first.name, deleted: true })
    })
  })
})
