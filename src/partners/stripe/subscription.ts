import { subscription } from '../../model/subscription.ts'
import { mapping } from '../mapping.ts'
import { stripeMoney } from '../money.ts'
import { objectOf, objectsIn, type Payload } from '../rule.ts'
import { computed, each, fold, link, oneOf, timeOfSeconds, unixTime, upper } from '../rules.ts'
import { customerKey } from './charge.ts'
import { priceOf, unitAmountOf } from './price.ts'

export const stripeSubscription = mapping(
  subscription,
  {
    partnerRecordId: 'id',
    created_date: unixTime('created'),
    customer_id: link('customer', computed(['customer'], 'or its account', customerKey)),
    status: fold(
      'status',
      {
        incomplete: 'incomplete',
        incomplete_expired: 'expired',
        trialing: 'trialing',
        active: 'active',
        past_due: 'past_due',
        unpaid: 'past_due',
        paused: 'paused',
        canceled: 'cancelled',
      },
      'other',
    ),
    amount: computed(
      ['items.data', 'items.data.0.price.unit_amount', 'items.data.0.quantity'],
      'sum of price × quantity, without what is metered; unknown with tiers or mixed intervals',
      amountOf,
    ),
    currency: oneOf(
      upper('currency'),
      upper('items.data.0.price.currency'),
      upper('items.data.0.plan.currency'),
    ),
    interval: oneOf('items.data.0.price.recurring.interval', 'items.data.0.plan.interval'),
    interval_count: oneOf(
      'items.data.0.price.recurring.interval_count',
      'items.data.0.plan.interval_count',
    ),
    items: each('items.data', {
      product_id: link('product', oneOf('price.product', 'plan.product')),
      description: oneOf('price.nickname', 'plan.nickname'),
      quantity: 'quantity',
      unit_amount: computed(['price.unit_amount', 'plan.amount'], 'of one', itemUnitAmount),
    }),
    current_period_start: period('current_period_start'),
    current_period_end: period('current_period_end'),
    start_date: unixTime('start_date'),
    cancel_at: unixTime('cancel_at'),
    cancelled_date: unixTime('canceled_at'),
    external_account_id: link(
      'external_account',
      oneOf('default_payment_method', 'default_source'),
    ),
    latest_invoice_id: link('invoice', 'latest_invoice'),
  },
  { title: 'Subscription' },
)

function amountOf(payload: Payload): number | null {
  const items = objectsIn(payload.items)
  const prices = items.map(priceOf)
  if (new Set(prices.map(rhythmOf)).size > 1) return null
  let sum = 0
  for (const [at, price] of prices.entries()) {
    if (recurringOf(price).usage_type === 'metered') continue
    const unit_amount = unitAmountOf(price)
    if (typeof unit_amount !== 'number') return unit_amount
    sum += unit_amount * packsOf(price, items[at]?.quantity)
  }
  return stripeMoney(sum, payload.currency ?? prices[0]?.currency) as number
}

function rhythmOf(price: Payload): string {
  const { interval, interval_count } = recurringOf(price)
  return `${interval_count} ${interval}`
}

/** What a plan says itself, a price says under `recurring`. */
function recurringOf(price: Payload): Payload {
  return objectOf(price.recurring) ?? price
}

/** How often the price is charged: some are for packs of several. */
function packsOf(price: Payload, quantity: unknown): number {
  const count = typeof quantity === 'number' ? quantity : 1
  const packs = objectOf(price.transform_quantity ?? price.transform_usage)
  const { divide_by, round } = packs ?? {}
  if (typeof divide_by !== 'number' || divide_by <= 0) return count
  return round === 'up' ? Math.ceil(count / divide_by) : Math.floor(count / divide_by)
}

function itemUnitAmount(item: Payload): number | null {
  const price = priceOf(item)
  return stripeMoney(unitAmountOf(price), price.currency) as number | null
}

/** Since 2025 the period is told by the items; the one that ends first speaks for them. */
function period(name: 'current_period_start' | 'current_period_end') {
  return computed<string>([name], 'since 2025 of the item that ends first', (payload) => {
    if (payload[name] !== undefined) return timeOfSeconds(payload[name]) as string | null
    const [first] = objectsIn(payload.items)
      .filter(({ current_period_end }) => typeof current_period_end === 'number')
      .sort((a, b) => Number(a.current_period_end) - Number(b.current_period_end))
    return (timeOfSeconds(first?.[name]) ?? null) as string | null
  })
}
