import { describe, expect, it } from 'vitest'
import { incomingOf } from '../../test/records.ts'
import { customer } from '../model/customer.ts'
import { decide, differences, type Incoming, readied, type Stored, visibleHash } from './decide.ts'

const now = '2026-02-03T04:05:06.007Z'

function sighting(values: object, stamp = 1, derived = false): Incoming {
  const of = { type: customer, ledgerAccountId: 'la_1', partnerRecordId: 'cus_1' }
  return incomingOf({ ...of, values: { ...values }, stamp, derived })
}

/** What the store would hold after the sightings came in this order. */
function storedAfter(...sightings: Incoming[]): Stored | null {
  let stored: Stored | null = null
  for (const one of sightings) {
    const { kind, write, text, hash, incoming } = decide(one, stored, now)
    if (!write) continue
    const known: string | null = recordIn(stored)
    stored = { id: one.id, stamp: incoming.stamp, hash, record: kind === null ? known : text }
  }
  return stored
}

function recordIn(stored: Stored | null): string | null {
  return stored === null ? null : stored.record
}

function recordOf(stored: Stored | null): { [name: string]: unknown } {
  return JSON.parse(stored?.record ?? 'null')
}

describe('decide', () => {
  it('creates what is not stored, dated now', () => {
    const { kind, text } = decide(sighting({ name: 'Ada' }), null, now)
    expect(kind).toBe('created')
    expect(JSON.parse(text)).toMatchObject({ name: 'Ada', modifiedDate: now })
  })

  it('updates what visibly changed, and nothing else', () => {
    const stored = storedAfter(sighting({ name: 'Ada' }))
    expect(decide(sighting({ name: 'Ada' }, 2), stored, now)).toMatchObject({
      kind: null,
      write: true,
    })
    expect(decide(sighting({ name: 'Bea' }, 2), stored, now).kind).toBe('updated')
  })

  it('refuses an older payload, and takes one of the same moment', () => {
    const stored = storedAfter(sighting({ name: 'Ada' }, 5))
    expect(decide(sighting({ name: 'Old' }, 4), stored, now)).toMatchObject({
      kind: null,
      write: false,
    })
    expect(decide(sighting({ name: 'Bea' }, 5), stored, now).kind).toBe('updated')
  })

  it('keeps a deletion as it was first told, and adds what became of the record', () => {
    const gone = (deletedDate: string, deletionEvidence: string, into?: string) =>
      sighting(
        {
          name: undefined,
          recordState: 'DELETED',
          deletedDate,
          deletionEvidence,
          ...(into ? { mergedInto: into } : {}),
        },
        2,
      )
    const first = gone('2026-02-03T04:05:06.000Z', 'sweep')
    const stored = storedAfter(sighting({ name: 'Ada' }), first)
    const again = gone('2026-02-03T04:10:00.000Z', 'event')
    expect(decide(again, stored, now)).toMatchObject({ kind: null, write: true })
    const merged = gone('2026-02-03T04:10:00.000Z', 'event', 'cus_2')
    expect(decide(merged, stored, now).record).toMatchObject({
      deletedDate: '2026-02-03T04:05:06.000Z',
      deletionEvidence: 'sweep',
      mergedInto: 'cus_2',
    })
  })

  it('keeps what a payload does not tell, and blanks what it says is empty', () => {
    const stored = storedAfter(sighting({ name: 'Ada', phone: '1' }))
    const { record } = decide(sighting({ name: undefined, phone: null }, 2), stored, now)
    expect(record).toMatchObject({ name: 'Ada', phone: null })
  })

  it('tells a deletion, and the return of what was deleted', () => {
    const gone = sighting({ recordState: 'DELETED', deletedDate: now }, 2)
    const stored = storedAfter(sighting({}), gone)
    expect(decide(gone, storedAfter(sighting({})), now).kind).toBe('deleted')
    expect(decide(sighting({}, 3), stored, now).kind).toBe('updated')
  })

  it('takes a text made beforehand only where nothing stored matters to it', () => {
    const stored = storedAfter(sighting({ name: 'Ada' }))
    const thin = readied(sighting({ name: undefined, phone: '1' }, 2))
    expect(decide(thin, stored, now).record).toMatchObject({ name: 'Ada', phone: '1' })
    expect(decide(thin, null, now).record).toMatchObject({ name: null, phone: '1' })
  })

  it('hashes everything but the date', () => {
    const stored = storedAfter(sighting({ name: 'Ada' }))
    const undated = { ...recordOf(stored), modifiedDate: null }
    expect(stored?.hash).toBe(visibleHash(JSON.stringify(undated)))
  })
})

describe('a derived record', () => {
  const first = { created_date: '2026-01-01T00:00:00.000Z', name: 'Ada', phone: '1' }
  const second = { created_date: '2026-01-02T00:00:00.000Z', name: 'Ada B', phone: undefined }

  it.each([
    ['in order', [first, second]],
    ['backwards', [second, first]],
    ['twice', [second, first, second, first]],
  ])('has the earliest date and the newest details: %s', (_, sightings) => {
    const told = sightings.map((one) => sighting(one, Date.parse(one.created_date), true))
    expect(recordOf(storedAfter(...told))).toMatchObject({
      created_date: first.created_date,
      name: 'Ada B',
      phone: '1',
    })
  })

  it('is unchanged by an older sighting that tells nothing new', () => {
    const stored = storedAfter(sighting(first, 1, true), sighting(second, 2, true))
    expect(decide(sighting(first, 1, true), stored, now).write).toBe(false)
  })
})

describe('differences', () => {
  it('names attributes, not the date of the change', () => {
    const before = JSON.stringify({ name: 'Ada', address: { city: 'Åbo' }, modifiedDate: 'x' })
    const record = { name: 'Ada', address: { city: 'Turku' }, modifiedDate: null }
    expect(differences(before, record)).toEqual(['address'])
  })
})
