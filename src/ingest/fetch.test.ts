import { describe, expect, test } from 'vitest'
import { contextOf } from '../../test/fixtures.ts'
import { product } from '../model/product.ts'
import { Gone, Unavailable } from '../partners/errors.ts'
import { mapping } from '../partners/mapping.ts'
import type { Partner } from '../partners/partner.ts'
import type { ApiRequest } from '../partners/request.ts'
import { absent, computed } from '../partners/rules.ts'
import type { Stream } from '../partners/stream.ts'
import { prepare, unfolded } from './fetch.ts'
import type { Run } from './run.ts'

const none = absent('not in this test')
const map = mapping(product, {
  partnerRecordId: 'id',
  created_date: none,
  name: 'name',
  description: none,
  active: none,
  sku: none,
  price: none,
  currency: none,
  prices: computed([], 'none', () => []),
  category: none,
  image_url: none,
})
const stream: Stream = {
  name: 'things',
  title: 'Things',
  strategy: 'sweep',
  list: { path: '/things' },
  maps: [map],
  retrieve: (id) => ({ path: `/things/${id}` }),
}

describe('what is listed in several states', () => {
  const stampsOf = (payloads: object[], stampAt = 'at.changed') => {
    const context = contextOf({ name: 'acme' } as Partner) // only its name
    const { records, rejects } = prepare({ ...stream, stampAt }, payloads as never, {
      context,
      stamp: 7,
    })
    expect(rejects).toEqual([])
    return records.map(({ stamp }) => stamp)
  }

  test('is as new as its last change says, whatever was read first', () => {
    const changed = ['2026-01-02T00:00:00-0800', '2026-01-01T00:00:00Z', '2026-01-03']
    expect(stampsOf(changed.map((time) => ({ id: '1', at: { changed: time } })))).toEqual([
      Date.UTC(2026, 0, 2, 8),
      Date.UTC(2026, 0, 1),
      Date.UTC(2026, 0, 3),
    ])
  })

  test('is as new as it was read where it does not say', () => {
    expect(
      stampsOf([{ id: '1' }, { id: '1', at: { changed: 'soon' } }, { id: '1', at: 3 }]),
    ).toEqual([7, 7, 7])
  })
})

describe('what is listed in summaries', () => {
  const asked: string[] = []
  const runOf = (answer: (request: ApiRequest) => unknown) => {
    const send = async (request: ApiRequest) => {
      asked.push(request.path)
      return { body: answer(request), started_ms: 0 }
    }
    return { http: { send }, signal: new AbortController().signal } as unknown as Run // all it needs
  }

  test('is read whole, and left out where it has gone meanwhile', async () => {
    const run = runOf(({ path }) => {
      if (path.endsWith('/2')) throw new Gone('gone')
      return { id: path.at(-1), name: 'whole' }
    })
    const listed = [{ id: '1' }, { id: '2' }, { name: 'without an id' }]
    expect(await unfolded(run, { ...stream, summaries: true }, listed)).toEqual([
      { id: '1', name: 'whole' },
      { name: 'without an id' },
    ])
    expect(asked).toEqual(['/things/1', '/things/2'])
  })

  test('fails with the partner, and nothing else is asked for by id', async () => {
    const down = runOf(() => {
      throw new Unavailable('down')
    })
    const reading = unfolded(down, { ...stream, summaries: true }, [{ id: '1' }])
    await expect(reading).rejects.toBeInstanceOf(Unavailable)
    expect(await unfolded(down, stream, [{ id: '1' }])).toEqual([{ id: '1' }])
  })
})
