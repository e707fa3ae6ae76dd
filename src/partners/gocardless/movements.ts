import { objectOf, objectsIn, type Payload } from '../rule.ts'

/** What one payment, refund or chargeback does to a payout, in whole minor units. */
export interface Movement {
  readonly type: 'payment' | 'refund' | 'dispute' | 'adjustment'
  /** Partner's id of what it is for; of what is for nothing, its place. */
  readonly key: string
  readonly source: { readonly object: 'payment' | 'dispute'; readonly id: string } | null
  readonly amount: number
  readonly fee: number
}

const types: { readonly [item: string]: Movement['type'] } = {
  payment_paid_out: 'payment',
  payment_failed: 'payment',
  payment_charged_back: 'dispute',
  payment_refunded: 'refund',
  refund_funds_returned: 'refund',
}
const fees: readonly string[] = ['gocardless_fee', 'app_fee', 'surcharge_fee']
/** Of no payment or refund that we read. */
const adjustments: readonly string[] = ['refund', 'revenue_share']
const known = new Set([...Object.keys(types), ...fees, ...adjustments])

interface Group {
  readonly movement: Pick<Movement, 'type' | 'key' | 'source'>
  /** Millionths of a minor unit, so that nothing is rounded before all is added up. */
  amount: bigint
  fee: bigint
}

const scale = 1_000_000n
const decimal_pattern = /^(-?)(\d{1,15})(?:\.(\d{1,6}))?$/

/**
 * The items of a payout by what they are for. Fees come with fractions of a minor unit: each
 * movement gets its fee rounded down, and those that lost most get a unit more, until together they
 * are what the fees are together. Where that is itself no whole number, nothing adds up, and the
 * fraction is left for the model to refuse.
 */
export function movementsOf(payout: Payload): readonly Movement[] {
  const groups = groupsOf(objectsIn(payout.items))
  const exact = groups.reduce((sum, { fee }) => sum + fee, 0n)
  if (exact % scale !== 0n) return groups.map(unrounded)
  const rounded = groups.map(({ fee }) => floorOf(fee))
  let missing = exact / scale - rounded.reduce((sum, fee) => sum + fee, 0n)
  const byRest = groups
    .map(({ fee }, at) => ({ at, rest: fee - floorOf(fee) * scale }))
    .sort((one, other) => Number(other.rest - one.rest) || one.at - other.at)
  for (const { at } of byRest) {
    if (missing <= 0n) break
    rounded[at] = (rounded[at] ?? 0n) + 1n
    missing -= 1n
  }
  return groups.map(({ movement, amount }, at) => {
    return { ...movement, amount: Number(amount) / Number(scale), fee: Number(rounded[at]) }
  })
}

function groupsOf(items: readonly Payload[]): readonly Group[] {
  const groups = new Map<string, Group>()
  for (const [at, item] of items.entries()) {
    const amount = exactOf(item.amount)
    const isFee = fees.includes(String(item.type))
    const movement = movementFor(item, at)
    // A fee goes with what was paid out of the same payment, in the order of the items.
    const name = isFee
      ? (nameOfPayment(groups, item) ?? 'fees')
      : `${movement.type} ${movement.key}`
    const group = groups.get(name) ?? { movement: isFee ? lone : movement, amount: 0n, fee: 0n }
    groups.set(name, group)
    if (isFee) group.fee -= amount
    else group.amount += amount
  }
  return [...groups.values()]
}

const lone = { type: 'adjustment', key: 'fees', source: null } as const

function nameOfPayment(groups: ReadonlyMap<string, Group>, { links }: Payload): string | null {
  const { payment, refund } = objectOf(links) ?? {}
  const names = [`refund ${refund}`, `payment ${payment}`, `dispute ${payment}`]
  return names.find((name) => groups.has(name)) ?? null
}

function movementFor({ type: kind, links }: Payload, at: number): Group['movement'] {
  // As an adjustment it would stay beside the movement it turns out to be: the model refuses it.
  if (!known.has(String(kind)))
    return { type: kind as Movement['type'], key: `${at}`, source: null }
  const type = Object.hasOwn(types, String(kind)) ? types[String(kind)] : undefined
  const { payment, refund } = objectOf(links) ?? {}
  if (type === 'refund' && typeof refund === 'string') {
    return { type, key: refund, source: { object: 'payment', id: refund } }
  }
  if (type === 'dispute' && typeof payment === 'string') {
    return { type, key: payment, source: { object: 'dispute', id: `chargeback:${payment}` } }
  }
  if (type === 'payment' && typeof payment === 'string') {
    return { type, key: payment, source: { object: 'payment', id: payment } }
  }
  return { type: 'adjustment', key: `${at}`, source: null }
}

/** A decimal text in millionths; anything else counts as nothing and shows in the sum. */
function exactOf(text: unknown): bigint {
  const [, sign, whole = '', fraction = ''] = decimal_pattern.exec(String(text)) ?? []
  if (sign === undefined) return 0n
  const value = BigInt(whole) * scale + BigInt(fraction.padEnd(6, '0'))
  return sign === '-' ? -value : value
}

function floorOf(amount: bigint): bigint {
  const down = amount / scale
  return amount < 0n && amount % scale !== 0n ? down - 1n : down
}

function unrounded({ movement, amount, fee }: Group): Movement {
  return { ...movement, amount: Number(amount) / Number(scale), fee: Number(fee) / Number(scale) }
}
