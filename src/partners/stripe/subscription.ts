import { subscription } from '../../model/subscription.ts'
import { mapping } from '../mapping.ts'
import { stripeMoney } from '../money.ts'
import type { Payload } from '../rule.ts'
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
      'the sum of price × quantity; what is metered adds nothing, a tiered price makes it unknown',
      amountOf,
    ),
    currency: oneOf(
      upper('currency'),
      upper('items.data.0.price.currency'),
      upper('plan.currency'),
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

function itemsOf(payload: Payload): readonly Payload[] {
  const { data } = (payload.items ?? {}) as { data?: unknown }
  return Array.isArray(data) ? data : []
}

function amountOf(payload: Payload): number | null {
  let sum = 0
  for (const item of itemsOf(payload)) {
    const price = priceOf(item)
    if (isMetered(price)) continue
    const unit_amount = unitAmountOf(price)
    if (unit_amount === null) return null
    sum += unit_amount * packsOf(price, item.quantity)
  }
  const { currency } = priceOf(itemsOf(payload)[0] ?? {})
  return stripeMoney(sum, payload.currency ?? currency) as number
}

function isMetered(price: Payload): boolean {
  const recurring = (price.recurring ?? price) as Payload
  return recurring.usage_type === 'metered'
}

/** How often the price is charged: some are for packs of several. */
function packsOf(price: Payload, quantity: unknown): number {
  const count = typeof quantity === 'number' ? quantity : 1
  const { divide_by, round } = (price.transform_quantity ?? price.transform_usage ?? {}) as Payload
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
    const [first] = itemsOf(payload)
      .filter(({ current_period_end }) => typeof current_period_end === 'number')
      .sort((a, b) => Number(a.current_period_end) - Number(b.current_period_end))
    return (timeOfSeconds(first?.[name]) ?? null) as string | null
  })
}
