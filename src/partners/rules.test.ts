import { describe, expect, test } from 'vitest'
import { customer } from '../model/customer.ts'
import { external_account } from '../model/external_account.ts'
import { recordId } from '../model/object.ts'
import { inside, type Mapping, mapping } from './mapping.ts'
import {
  type Context,
  objectsIn,
  type Payload,
  path,
  pathReader,
  readerOf,
  ruleOf,
} from './rule.ts'
import {
  absent,
  computed,
  constant,
  countryOf,
  each,
  fold,
  idText,
  isoTime,
  kept,
  link,
  oneOf,
  parent,
  timeOfSeconds,
  unixTime,
  upper,
} from './rules.ts'

const context: Context = {
  ledgerAccountId: 'la_1',
  partnerSource: 'stripe',
  partnerAccountId: 'acct_1',
  partnerAccountConnectionId: 'pac_1',
}

describe('paths', () => {
  test('reach into objects and lists', () => {
    const payload = { a: { b: [{ c: 1 }] }, d: 'x' }
    expect(['a.b.0.c', 'd', 'a.x', 'd.e', 'a.b.0.c.f', 'z'].map((at) => pathReader(at)(payload)))
      // Nothing is found below a text or a number.
      .toEqual([1, 'x', undefined, undefined, undefined, undefined])
  })

  test('give null for what is missing, empty or unspeakable', () => {
    const read = readerOf(ruleOf('a'))
    const values = [undefined, null, '', '\u0000', 'a\u0000b', 'x\ud800', 0, false]
    expect(values.map((a) => read({ a }, context))).toEqual([
      null,
      null,
      null,
      null,
      'ab',
      'x\ufffd',
      0,
      false,
    ])
  })
})

describe('groups', () => {
  const read = readerOf({ city: path('a.city'), code: kept('a.code', 'kept') })

  test('are unknown when nothing in them is known', () => {
    expect(read({ a: { city: '', code: null } }, context)).toBeNull()
  })

  test('hold every part once one is known', () => {
    expect(read({ a: { code: '1' } }, context)).toEqual({ city: null, code: '1' })
  })

  test('are not told when no part is', () => {
    const untold = readerOf({ city: kept('city', ''), code: kept('code', '') })
    expect(untold({}, context)).toBeUndefined()
  })
})

describe('rules', () => {
  const of = (source: unknown, payload: Payload, given = context) =>
    readerOf(ruleOf(source as string))(payload, given)

  test('upper', () => expect(of(upper('c'), { c: 'eur' })).toBe('EUR'))
  test('constant', () => expect(of(constant('PARTNER'), {})).toBe('PARTNER'))
  test('absent', () => expect(of(absent('never'), { a: 1 })).toBeNull())

  test('country takes codes and names', () => {
    const countries = ['se', 'SWE', 'Sweden', 'XK', 'Atlantis', '']
    expect(countries.map((c) => of(countryOf('c'), { c }))).toEqual([
      'SE',
      'SE',
      'SE',
      'XK',
      null,
      null,
    ])
  })

  test('times are RFC 3339 in UTC, as Date writes them', () => {
    for (const seconds of [0, 1, 59, 3599, 86_399, 86_400, 951_782_400, 1_773_480_413, -1, 1e11]) {
      expect(of(unixTime('t'), { t: seconds })).toBe(new Date(seconds * 1000).toISOString())
    }
    expect(timeOfSeconds(1.5)).toBe('1970-01-01T00:00:01.500Z')
  })

  test('times that are none are left to validation', () => {
    expect(['soon', 1e300, Number.NaN, true].map(timeOfSeconds)).toEqual([
      'soon',
      1e300,
      Number.NaN,
      true,
    ])
  })

  test('oneOf takes the first that says something', () => {
    expect(of(oneOf('a', upper('b')), { a: '', b: 'x' })).toBe('X')
    expect(of(oneOf('a', 'b'), {})).toBeNull()
  })

  test('fold keeps to our words, also for words every object knows', () => {
    const rule = fold('s', { open: 'open' }, 'other')
    expect(['open', 'toString', 'new', 5, null].map((s) => of(rule, { s }))).toEqual([
      'open',
      'other',
      'other',
      'other',
      null,
    ])
  })

  test('link names the record of an id, of an object, and of a tombstone', () => {
    const id = recordId(customer, context, 'cus_1')
    const references = ['cus_1', { id: 'cus_1' }, { id: 'cus_1', deleted: true }]
    expect(references.map((c) => of(link('customer', 'c'), { c }))).toEqual([id, id, id])
    expect(of(link('customer', 'c'), { c: 5 })).toBe(recordId(customer, context, '5'))
    expect([null, '', {}, 0].map((c) => of(link('customer', 'c'), { c }))).toEqual([
      null,
      null,
      null,
      null,
    ])
  })

  test('ids are texts and numbers, but neither 0 nor nothing', () => {
    expect(['7', 7, 0, '', null].map((id) => of(idText('id'), { id }))).toEqual([
      '7',
      '7',
      null,
      null,
      null,
    ])
  })

  test('times carry an offset, a Z, or mean UTC', () => {
    const texts = ['2026-01-02T03:04:05', '2026-01-02T03:04:05.123456Z', '2026-01-01T20:04:05-0700']
    expect(texts.map((t) => of(isoTime('t'), { t }))).toEqual([
      '2026-01-02T03:04:05.000Z',
      '2026-01-02T03:04:05.123Z',
      '2026-01-02T03:04:05.000Z',
    ])
    expect(of(isoTime('t'), { t: '2026-01-02' })).toBe('2026-01-02T00:00:00.000Z')
    expect(of(isoTime('t'), { t: 'soon' })).toBe('soon')
  })

  test('what is kept, and a parent that is not there, are not told', () => {
    expect(of(kept('a', ''), { a: null })).toBeUndefined()
    expect(of(link('customer', parent('customer')), {})).toBeUndefined()
    const below = { ...context, parent: { customer: 'cus_1' } }
    expect(of(parent('customer'), {}, below)).toBe('cus_1')
  })

  test('each reads every item, and takes none for an empty list', () => {
    const rule = each('items.data', { name: 'n', size: upper('s') })
    expect(of(rule, { items: { data: [{ n: 'a', s: 'x' }, null, 'odd'] } })).toEqual([
      { name: 'a', size: 'X' },
      { name: null, size: null },
      { name: null, size: null },
    ])
    expect([of(rule, {}), of(rule, { items: null })]).toEqual([[], []])
    expect(of(rule, { items: { data: 'odd' } })).toBe('odd')
    expect(rule.paths).toEqual(['items.data[].n', 'items.data[].s'])
  })

  test('objects in a list leave out what is none', () => {
    const list = [{ a: 1 }, null, 'x', [1]]
    expect([objectsIn(list), objectsIn({ data: list }), objectsIn('x')]).toEqual([
      [{ a: 1 }],
      [{ a: 1 }],
      [],
    ])
  })
})

describe('a mapping', () => {
  const accounts = mapping(
    external_account,
    {
      partnerRecordId: 'id',
      created_date: unixTime('created'),
      type: constant('card'),
      customer_id: link('customer', 'customer'),
      status: computed<never>([], '', () => undefined),
      currency: absent(''),
      country: countryOf('country'),
      holder_name: 'name',
      bank_account: absent(''),
      card: absent(''),
      other: absent(''),
    },
    { when: (payload) => payload.object === 'card', title: 'Card' },
  )
  const payload = { id: 'card_1', object: 'card', created: 0, name: 'Ada' }

  test('gives every attribute in the order of the model', () => {
    const record = accounts.read(payload, context)
    expect(Object.keys(record ?? {})).toEqual(Object.keys(external_account.attributes))
    expect(record).toMatchObject({
      object: 'external_account',
      id: recordId(external_account, context, 'card_1'),
      partnerSource: 'stripe',
      ledgerAccountId: 'la_1',
      partnerAccountConnectionId: 'pac_1',
      partnerRecordId: 'card_1',
      created_date: '1970-01-01T00:00:00.000Z',
      holder_name: 'Ada',
      status: undefined,
      recordState: 'ACTIVE',
      modifiedDate: null,
    })
  })

  test('gives no record where it does not apply', () => {
    expect(accounts.read({ ...payload, object: 'source' }, context)).toBeNull()
  })

  test('gives records of their own', () => {
    const [one, other] = [accounts.read(payload, context), accounts.read(payload, context)]
    expect(one).not.toBe(other)
    expect(one).toEqual(other)
  })

  test('may read what another payload holds under a key', () => {
    const held: Mapping = inside('destination', accounts as Mapping, 'Destination')
    expect(held.read({ destination: payload }, context)).toEqual(accounts.read(payload, context))
    const none = ['card_1', null, { ...payload, deleted: true }, { id: 'x', object: 'source' }]
    expect(none.map((destination) => held.read({ destination }, context))).toEqual([
      null,
      null,
      null,
      null,
    ])
    expect(held.rules.holder_name).toMatchObject({ paths: ['destination.name'] })
  })
})
