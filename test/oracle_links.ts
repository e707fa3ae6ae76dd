// Links and promotions that ingest derives, worked out anew from everything at once.
import { customer } from '../src/model/customer.ts'
import { external_account } from '../src/model/external_account.ts'
import type { Expected, Sighting, Values } from './oracle.ts'

/** What is told only by the record that a link leads to. */
export function withThroughs(records: Map<string, Expected>, sightings: Map<string, Sighting[]>) {
  const silent = [...records].flatMap(([id, { type, values }]) => {
    const [seen] = sightings.get(id) ?? []
    const links = (seen?.map.rules.customer_id as { through?: readonly string[] } | undefined)
      ?.through
    return links && !values.customer_id ? [{ id, type, links }] : []
  })
  // A refund leads to a payment that is itself led on.
  for (let step = 0; step < 4; step++) {
    for (const { id, type, links } of silent) {
      const { values } = records.get(id) as Expected
      const leading = links.map((link) => records.get(String(values[link]))?.values.customer_id)
      const customer_id = leading.find(Boolean) ?? null
      records.set(id, { type, values: { ...values, customer_id } })
    }
  }
  return records
}

/** Guests that have a customer's e-mail address are that customer, also when it is gone later. */
export function withoutGuests(records: Map<string, Expected>, promoted: Map<string, string>) {
  const people = [...records].filter(([, { type }]) => type === customer)
  const place = ({ created_date, id }: Values) => `${created_date} ${id}`
  const owners = new Map<string, Values>()
  for (const [, { values }] of people) {
    if (values.origin !== 'PARTNER' || !values.email) continue
    const email = String(values.email).trim().toLowerCase()
    const known = owners.get(email)
    if (!known || place(values) < place(known)) owners.set(email, values)
  }
  for (const [id, { values }] of people) {
    const owner = owners.get(
      String(values.email ?? '')
        .trim()
        .toLowerCase(),
    )
    const isOwn = String(values.partnerRecordId) === `guest:${owner?.email}`.toLowerCase()
    if (values.origin === 'DERIVED' && owner && isOwn && !promoted.has(id)) {
      promoted.set(id, String(owner.id))
    }
    if (promoted.has(id)) records.delete(id)
  }
  for (const [id, { type, values }] of records) {
    const customer_id = promoted.get(String(values.customer_id))
    if (customer_id) records.set(id, { type, values: { ...values, customer_id } })
  }
  return records
}

/**
 * Guests that were led to a customer who is deleted by now. Whether they were hangs on what was read
 * first, the guest or the deletion; either is right where the address is the same.
 */
export function guestsOfTheGone(stored: ReadonlyMap<string, Values>): [string, string][] {
  const addressOf = (one: Values | undefined) => String(one?.email).trim().toLowerCase()
  return [...stored].flatMap(([id, guest]): [string, string][] => {
    if (guest.deletionEvidence !== 'merge' || guest.origin !== 'DERIVED') return []
    const owner = stored.get(String(guest.mergedInto))
    const isGone = owner?.recordState === 'DELETED' && addressOf(owner) === addressOf(guest)
    return isGone ? [[id, String(guest.mergedInto)]] : []
  })
}

/** A customer whose partner names no default gets the newest active instrument. */
export function withInstruments(records: Map<string, Expected>): Map<string, Expected> {
  const newest = new Map<string, Values>()
  for (const { type, values } of records.values()) {
    if (type !== external_account || values.status !== 'active') continue
    const owner = String(values.customer_id)
    const known = newest.get(owner)
    if (!known || isNewer(values, known)) newest.set(owner, values)
  }
  for (const [id, { type, values }] of records) {
    if (type !== customer || values.external_account_id) continue
    if (isGuest(values)) continue
    const external_account_id = newest.get(id)?.id ?? null
    records.set(id, { type, values: { ...values, external_account_id } })
  }
  return records
}

function isGuest({ origin, partnerRecordId }: Values): boolean {
  return origin === 'DERIVED' && String(partnerRecordId).startsWith('guest:')
}

function isNewer(one: Values, other: Values): boolean {
  const place = ({ created_date, id }: Values) => `${created_date ?? ''} ${id}`
  return place(one) > place(other)
}
