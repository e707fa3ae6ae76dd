// Subscriptions, and the plans and products they are of.
import type { Subscription, SubscriptionStatus } from '../world/billing.ts'
import type { Price, Product } from '../world/entities.ts'
import type { Account } from './account.ts'
import { type Json, known, money, nameOf, phoneOf, portableAddress, stamp } from './format.ts'

const STATUS: Record<SubscriptionStatus, string> = {
  incomplete: 'APPROVAL_PENDING',
  incompleteExpired: 'EXPIRED',
  trialing: 'ACTIVE',
  active: 'ACTIVE',
  pastDue: 'ACTIVE',
  unpaid: 'SUSPENDED',
  paused: 'SUSPENDED',
  canceled: 'CANCELLED',
}

export function statusOf({ status }: Subscription): string {
  return STATUS[status]
}

// Who signed up, as they were then.
export function subscriberOf(
  { world, payer }: Pick<Account, 'world' | 'payer'>,
  { buyer: key }: Subscription,
): Json {
  const buyer = world.get('buyer', key)
  const phone_number = phoneOf(buyer.phone)
  const shipping = buyer.shipping
  return known({
    name: nameOf(buyer),
    email_address: buyer.email,
    payer_id: payer(key),
    phone: phone_number ? { phone_number } : null,
    address: portableAddress(buyer.address),
    shipping_address: shipping
      ? known({
          name: { full_name: shipping.name },
          address: portableAddress(shipping.address),
        })
      : null,
  })
}

export function changedAt({ touched }: Account, one: Subscription): number {
  return touched.get(`subscription ${one.key}`) ?? one.createdAt
}

// In lists, hardly more than that there is one.
export function subscriptionSummary(account: Account, one: Subscription): Json {
  const id = account.id('subscription', one.key)
  return {
    id,
    status: statusOf(one),
    status_update_time: stamp(changedAt(account, one)),
    plan_id: account.id('plan', one.price),
    create_time: stamp(one.createdAt),
    links: [
      { href: `https://api-m.sandbox.paypal.com/v1/billing/subscriptions/${id}`, rel: 'self' },
    ],
  }
}

export function renderSubscription(account: Account, one: Subscription, withPlan: boolean): Json {
  const { world, subscribers } = account
  const price = world.get('price', one.price)
  return {
    ...subscriptionSummary(account, one),
    start_time: stamp(one.trialEnd ?? one.createdAt),
    quantity: String(one.quantity),
    subscriber: subscribers.get(one.key) ?? {},
    billing_info: billingOf(account, one, price),
    update_time: stamp(changedAt(account, one)),
    plan_overridden: false,
    ...(withPlan ? { plan: renderPlan(account, price) } : {}),
  }
}

function billingOf({ world }: Account, one: Subscription, price: Price): Json {
  const last = one.lastInvoice ? world.get('invoice', one.lastInvoice) : null
  const paid = last?.status === 'paid' && last.paidAt !== null && last.total > 0 ? last : null
  const over = ['CANCELLED', 'EXPIRED'].includes(statusOf(one))
  const trial = one.trialEnd !== null
  const cycle = { cycles_completed: 0, cycles_remaining: 0, total_cycles: 0 }
  const onTrial = one.status === 'trialing' ? 1 : 0
  return known({
    outstanding_balance: money(price.currency, 0),
    cycle_executions: [
      ...(trial
        ? [
            {
              tenure_type: 'TRIAL',
              sequence: 1,
              ...cycle,
              cycles_remaining: onTrial,
              total_cycles: 1,
            },
          ]
        : []),
      { tenure_type: 'REGULAR', sequence: trial ? 2 : 1, ...cycle },
    ],
    last_payment: paid
      ? { amount: money(paid.currency, paid.total), time: stamp(paid.paidAt!) }
      : null,
    next_billing_time: over ? null : stamp(one.periodEnd),
    final_payment_time: one.cancelAtPeriodEnd ? stamp(one.periodEnd) : null,
    failed_payments_count: one.status === 'pastDue' ? 1 : 0,
  })
}

export function renderPlan({ world, id }: Account, price: Price): Json {
  const product = world.get('product', price.product)
  const { currency, amount, active, createdAt, interval } = price
  return {
    id: id('plan', price.key),
    product_id: id('product', product.key),
    name: `${product.name}, ${currency.toUpperCase()}`,
    status: active ? 'ACTIVE' : 'INACTIVE',
    billing_cycles: [
      {
        pricing_scheme: { version: 1, fixed_price: money(currency, amount) },
        frequency: { interval_unit: (interval ?? 'month').toUpperCase(), interval_count: 1 },
        tenure_type: 'REGULAR',
        sequence: 1,
        total_cycles: 0,
      },
    ],
    quantity_supported: true,
    create_time: stamp(createdAt),
    update_time: stamp(createdAt),
  }
}

export function productSummary({ id }: Account, product: Product): Json {
  return {
    id: id('product', product.key),
    name: product.name,
    description: product.description,
    create_time: stamp(product.createdAt),
  }
}

export function renderProduct(account: Account, product: Product): Json {
  return {
    ...productSummary(account, product),
    type: product.physical ? 'PHYSICAL' : 'SERVICE',
    category: 'GARDEN_SUPPLIES',
    image_url: `https://garden.example/${product.key}.png`,
    update_time: stamp(product.updatedAt),
  }
}

// What is paid again and again; PayPal knows no price of a thing that is bought once.
export function plansOf({ world, id }: Account, product: string | null): Price[] {
  return [...world.all('price').values()].filter(
    (price) =>
      price.interval !== null && (product === null || id('product', price.product) === product),
  )
}
