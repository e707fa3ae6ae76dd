import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { objectNamed } from '../src/model/index.ts'
import { faultOf } from '../src/model/validate.ts'
import { partnerList } from '../src/partners/index.ts'
import { draftsOf } from '../src/partners/mapping.ts'
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
          const context = contextOf(partner, fixture.parent)
          return draftsOf(mapping, fixture.payload, context).length > 0
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
            for (const map of stream.maps) draftsOf(map, damaged, context)
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
})
