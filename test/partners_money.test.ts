// Money to the unit: what every partner tells is what its world says was charged, refunded, paid out.
import { describe, expect, it } from 'vitest'
import type { Partner as Double } from '../sandbox/partner.ts'
import {
  partners as doubles,
  type PartnerName,
  type PartnerOptions,
  partnerNames,
} from '../sandbox/partners.ts'
import { CURRENCIES } from '../sandbox/world/money.ts'
import type { Payment } from '../sandbox/world/sales.ts'
import { partners } from '../src/partners/index.ts'
import type { Partner } from '../src/partners/partner.ts'
import { brokenMoney } from './invariants.ts'
import { ofObject, type Records, toldRecords } from './told_records.ts'

const worlds = Number(process.env.MONEY_WORLDS ?? 40)
const day_ms = 86_400_000
const shop_currencies = ['eur', 'usd', 'jpy', 'kwd'] as const
const money_objects = ['payment', 'order', 'settlement', 'transaction', 'dispute']

/** How a partner differs; without a row, it tells every payment, exactly, in all currencies. */
interface Telling {
  /** Decimals it counts in, whatever the currency has; what is finer is lost at the partner. */
  readonly decimals?: number
  /** Whether the partner knows of a payment at all. */
  readonly tells?: (payment: Payment) => boolean
  /** A shop writes down what it gave back, and never hears that the bank could not. */
  readonly keepsFailedRefunds?: boolean
  /** Currencies that it can have. */
  readonly currencies?: readonly string[]
  /** Set-ups beyond the currency, in turn. */
  readonly setups?: readonly (object & { readonly decimals?: number })[]
}

const tellings: { readonly [partner: string]: Telling } = {
  woocommerce: { decimals: 2, keepsFailedRefunds: true },
  medusa: { keepsFailedRefunds: true },
  // Debits need a mandate, and exist in few currencies.
  gocardless: { tells: ({ instrument }) => instrument !== null, currencies: ['EUR', 'USD'] },
  vendure: { setups: [2, 3, 4].map((precision) => ({ precision, decimals: precision })) },
}

/** A small world, somewhere in its history. */
function worldOf(name: PartnerName, seed: number) {
  const { decimals = 9, setups = [{}] } = tellings[name] ?? {}
  const setup = setups[seed % setups.length] ?? {}
  const currency = shop_currencies[seed % shop_currencies.length] ?? 'eur'
  const people = { seed: 25_000 + seed, buyers: 5 + (seed % 30) }
  const make: (options: PartnerOptions) => Double = doubles[name]
  const double = make({ ...people, currency, ...setup })
  double.advanceTo(double.now() + (seed % 9) * 3 * day_ms)
  return { double, decimals: setup.decimals ?? decimals }
}

describe.each(partnerNames)(`%s, in ${worlds} worlds`, (name) => {
  const partner: Partner = partners[name]
  const { currencies = ['EUR', 'JPY', 'KWD', 'USD'] } = tellings[name] ?? {}
  const seen = { charged: 0, refunded: 0, settled: 0, fees: 0, currencies: new Set<unknown>() }

  it('tells what was charged and refunded, and settlements that add up', async () => {
    for (let seed = 1; seed <= worlds; seed++) {
      const { double, decimals } = worldOf(name, seed)
      const records = await toldRecords(partner, double, money_objects)
      const told = amountsIn(records)
      const really = amountsOf(double, { decimals, ...tellings[name] })
      expect({ seed, ...told }).toEqual({ seed, ...really })
      const broken = [...brokenMoney(records), ...brokenFees(records), ...unsafe(records)]
      expect({ seed, broken }).toEqual({ seed, broken: [] })
      seen.charged += told.charged.length
      seen.refunded += told.refunded.length
      seen.settled += ofObject(records, 'settlement').length
      for (const { fee } of ofObject(records, 'transaction')) if (fee !== 0) seen.fees++
      for (const { currency } of ofObject(records, 'payment')) seen.currencies.add(currency)
    }
  }, 120_000)

  it('had money to tell of, in every currency it can have', () => {
    expect([...seen.currencies]).toEqual(expect.arrayContaining([...currencies]))
    expect(seen.charged).toBeGreaterThan(worlds)
    expect(seen.refunded).toBeGreaterThan(worlds / 2)
    const objects = partner.streams.flatMap(({ maps }) => maps.map(({ object }) => object.name))
    if (objects.includes('settlement')) expect(seen.settled).toBeGreaterThan(worlds)
    if (objects.includes('transaction')) expect(seen.fees).toBeGreaterThan(worlds)
  })
})

interface Amounts {
  /** Each as its currency and minor units, in order. */
  readonly charged: readonly string[]
  readonly refunded: readonly string[]
}

function amountsIn(records: Records): Amounts {
  const payments = ofObject(records, 'payment')
  const written = (type: string, states: readonly unknown[], sign: number) =>
    payments
      .filter((one) => one.type === type && states.includes(one.status))
      .map(({ currency, amount }) => `${currency} ${sign * Number(amount)}`)
      .sort()
  return {
    charged: written('charge', ['succeeded'], 1),
    refunded: written('refund', ['succeeded', 'pending'], -1),
  }
}

/** What the world says, as far as the partner tells of it. */
function amountsOf({ world }: Double, telling: Telling): Amounts {
  const { decimals = 9, tells = () => true, keepsFailedRefunds = false } = telling
  const given = keepsFailedRefunds ? ['succeeded', 'pending', 'failed'] : ['succeeded', 'pending']
  const isTold = (charge: string) => {
    const { payment } = world.get('charge', charge)
    return tells(world.get('payment', payment))
  }
  const charges = [...world.all('charge').values()].filter(({ key }) => isTold(key))
  const refunds = [...world.all('refund').values()].filter(({ charge }) => isTold(charge))
  const written = (code: string, amount: number) => {
    return `${code.toUpperCase()} ${cut(amount, code, decimals)}`
  }
  return {
    charged: charges
      .filter(({ captured }) => captured > 0)
      .map(({ currency, captured }) => written(currency, captured))
      .sort(),
    refunded: refunds
      .filter(({ status }) => given.includes(status))
      .map(({ currency, amount }) => written(currency, amount))
      .sort(),
  }
}

/** An amount without the decimals that the partner does not count. */
function cut(amount: number, code: string, decimals: number): number {
  const finer = Math.max(0, (CURRENCIES[code]?.exponent ?? 2) - decimals)
  return Math.round(amount / 10 ** finer) * 10 ** finer
}

/** The fees one by one are the fee. */
function brokenFees(records: Records): string[] {
  const wrong = ofObject(records, 'transaction').filter(({ fee, fee_details }) => {
    const parts = fee_details as readonly { readonly amount: number }[]
    return parts.reduce((sum, { amount }) => sum + amount, 0) !== fee
  })
  return wrong.map(({ partnerRecordId }) => `fees do not add up: ${partnerRecordId}`)
}

function unsafe(records: Records): string[] {
  const amounts = ['amount', 'fee', 'net', 'amount_refunded', 'amount_tax'] as const
  return [...records.values()].flatMap((record) =>
    amounts
      .filter((name) => (record[name] ?? null) !== null && !Number.isSafeInteger(record[name]))
      .map((name) => `${record.object} ${record.partnerRecordId} ${name}: ${record[name]}`),
  )
}
