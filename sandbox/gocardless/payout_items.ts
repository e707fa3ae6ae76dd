import type { Movement } from '../world/sales.ts'
import type { Account, Json } from './account.ts'

// What a payout is made of: amounts as text with fractions of a minor unit.
export function payoutItems(account: Account, payout: string): Json[] {
  const { world, id } = account
  const key = [...world.all('payout').keys()].find((one) => id('PO', one) === payout)
  const movements = [...world.all('movement').values()].filter(
    (one) => one.payout === key && one.type !== 'payout',
  )
  const withFees = movements.filter(({ fee }) => fee > 0)
  return movements.flatMap((movement) => {
    const links = linksOf(account, movement)
    const main = { type: TYPES[movement.type] ?? 'payment_paid_out', amount: text(movement.amount) }
    const fee = movement.fee + halfUnit(withFees, movement)
    const items = [{ ...main, taxes: [], links }]
    if (movement.fee === 0) return items
    return [...items, { type: 'gocardless_fee', amount: text(-fee), taxes: [], links }]
  })
}

const TYPES: Record<string, string> = {
  charge: 'payment_paid_out',
  refund: 'payment_refunded',
  refundFailure: 'refund_funds_returned',
  dispute: 'payment_charged_back',
  disputeReversal: 'payment_charged_back',
  payoutFailure: 'refund_funds_returned',
}

// Every second fee is half a unit less, and the one before it half a unit more.
function halfUnit(withFees: Movement[], movement: Movement): number {
  const place = withFees.indexOf(movement)
  if (place % 2 === 1) return -0.5
  return place >= 0 && place + 1 < withFees.length ? 0.5 : 0
}

function text(amount: number): string {
  return amount.toFixed(1)
}

function linksOf({ world, id }: Account, { source }: Movement): Json {
  if (source.kind === 'charge')
    return { payment: id('PM', world.get('charge', source.key).payment) }
  if (source.kind === 'payout') return {}
  const of = source.kind === 'refund' ? 'refund' : 'dispute'
  const charge = world.get('charge', world.get(of, source.key).charge)
  const payment = id('PM', charge.payment)
  return source.kind === 'refund' ? { payment, refund: id('RF', source.key) } : { payment }
}
