import { describe, expect, it } from 'vitest'
import { createStripe, type Stripe } from '../sandbox/stripe/partner.ts'
import { client } from '../sandbox/testing/client.ts'
import { CURRENCIES } from '../sandbox/world/money.ts'
import { normalise } from '../src/ingest/normalise.ts'
import { queryText } from '../src/partners/http_request.ts'
import type { ListRequest } from '../src/partners/request.ts'
import { listOf, type Stream } from '../src/partners/stream.ts'
import { stripe } from '../src/partners/stripe/index.ts'
import { brokenMoney } from './invariants.ts'

const worlds = 200
const day_ms = 86_400_000
const context = {
  ledgerAccountId: 'la_1',
  partnerSource: 'stripe',
  partnerAccountId: 'acct_1',
  partnerAccountConnectionId: 'pac_1',
}

type Values = { readonly [attribute: string]: unknown }
type Records = ReadonlyMap<string, Values>

const read = ['payments', 'charges', 'refunds', 'settlements', 'transactions', 'disputes']
const money_streams = stripe.streams.filter(({ name }) => read.includes(name))
const members = stripe.streams.find(({ name }) => name === 'settlement_transactions') as Stream

/** Every record of a world that is about money, as normalised from the partner's lists. */
function recordsOf(partner: Stripe): Records {
  const ask = client(partner)
  const records = new Map<string, Values>()
  const add = (stream: Stream, list: ListRequest, parent?: { payout: string }) => {
    const rows = ask.all(list.path, queryText(list.query).slice(1))
    for (const payload of rows) {
      const sighting = { payload, text: '', stamp: 0 }
      const { records: found, fault } = normalise(stream.maps, sighting, {
        ...context,
        ...(parent ? { parent } : {}),
      })
      if (fault !== null) throw new Error(`${stream.name} ${payload.id}: ${fault}`)
      for (const { id, record } of found) records.set(id, { ...records.get(id), ...told(record) })
    }
  }
  for (const stream of money_streams) add(stream, listOf(stream))
  for (const settlement of ofObject(records, 'settlement')) {
    if (!settlement.automatic) continue
    const payout = String(settlement.partnerRecordId)
    for (const list of members.parent?.lists(payout) ?? []) add(members, list, { payout })
  }
  return records
}

function told(record: Values): Values {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined))
}

function ofObject(records: Records, object: string): Values[] {
  return [...records.values()].filter((record) => record.object === object)
}

/** A small world, somewhere in its history. */
function worldOf(seed: number): Stripe {
  const partner = createStripe({ seed: 15_000 + seed, buyers: 5 + (seed % 30) })
  partner.advanceTo(partner.now() + (seed % 9) * 3 * day_ms)
  return partner
}

describe(`money, in ${worlds} worlds`, () => {
  const seen = { settlements: 0, refunds: 0, fees: 0, currencies: new Set<unknown>() }

  it('adds up to the unit: settlements, refunds, fees and the movements of each', () => {
    for (let seed = 1; seed <= worlds; seed++) {
      const partner = worldOf(seed)
      const records = recordsOf(partner)
      const found = [...brokenMoney(records), ...brokenFees(records), ...unlike(partner, records)]
      expect({ seed, found }).toEqual({ seed, found: [] })
      seen.settlements += ofObject(records, 'settlement').length
      for (const { type, currency } of ofObject(records, 'payment')) {
        if (type === 'refund') seen.refunds++
        seen.currencies.add(currency)
      }
      for (const { fee } of ofObject(records, 'transaction')) if (fee !== 0) seen.fees++
    }
  }, 120_000)

  it('was there to be added up, in currencies of no, two and three decimals', () => {
    expect([...seen.currencies].sort()).toEqual(['EUR', 'GBP', 'JPY', 'KWD', 'USD'])
    expect(seen.settlements).toBeGreaterThan(worlds)
    expect(seen.refunds).toBeGreaterThan(worlds)
    expect(seen.fees).toBeGreaterThan(worlds)
  })
})

/** The fees one by one are the fee; a settlement's own movement takes out what it pays. */
function brokenFees(records: Records): string[] {
  const transactions = ofObject(records, 'transaction')
  const wrong = transactions.filter(({ fee, fee_details }) => {
    const parts = fee_details as readonly Values[]
    return parts.reduce((sum, part) => sum + Number(part.amount), 0) !== fee
  })
  const moved = ofObject(records, 'settlement').filter(({ id, amount, status }) => {
    const own = transactions.filter(({ source_id }) => source_id === id)
    const sum = own.reduce((all, { net }) => all + Number(net), 0)
    return sum !== (status === 'failed' ? 0 : 0 - Number(amount))
  })
  return [
    ...wrong.map(({ partnerRecordId }) => `fees do not add up: ${partnerRecordId}`),
    ...moved.map(({ partnerRecordId }) => `not taken out of the balance: ${partnerRecordId}`),
  ]
}

/** What the world knows in its own units is what the records say in those of ISO 4217. */
function unlike(partner: Stripe, records: Records): string[] {
  const { world, id } = partner.account
  const byPartnerId = new Map([...records.values()].map((one) => [one.partnerRecordId, one]))
  const pairs = [
    ...[...world.all('refund').values()].map((one) => ({ ...one, amount: 0 - one.amount })),
    ...world.all('payout').values(),
    ...world.all('dispute').values(),
    ...world.all('movement').values(),
    ...[...world.all('payment').values()].filter(({ direct }) => !direct),
  ]
  return pairs.flatMap(({ kind, key, amount, currency }) => {
    const ids = partnerKinds[kind].map((name) => id(name, key))
    const record = ids.map((one) => byPartnerId.get(one)).find(Boolean)
    if (!record) return [`no ${kind} ${key}`]
    const code = currency.toUpperCase()
    const theirs = amount / 10 ** (CURRENCIES[currency]?.exponent ?? 2)
    const ours = Number(record.amount) / 10 ** decimalsOf(code)
    return record.currency === code && ours === theirs
      ? []
      : [`${kind} ${key}: ${theirs} ${code}, but ${ours} ${record.currency}`]
  })
}

const partnerKinds = {
  refund: ['refund', 'payment_refund'],
  payout: ['payout'],
  dispute: ['dispute'],
  movement: ['balance_transaction'],
  payment: ['payment_intent'],
} as const

const decimals = new Map<string, number>()

/** ISO 4217's, as the platform's own tables have it. */
function decimalsOf(currency: string): number {
  const known = decimals.get(currency)
  if (known !== undefined) return known
  const format = new Intl.NumberFormat('en', { style: 'currency', currency })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  decimals.set(currency, digits)
  return digits
}
