import { recordId } from '../../model/object.ts'
import { product } from '../../model/product.ts'
import { type Subscription, subscription } from '../../model/subscription.ts'
import { mapping } from '../mapping.ts'
import { type Context, clean, objectOf, objectsIn, type Payload, pathReader } from '../rule.ts'
import { absent, computed, isoTime, link, wordIn } from '../rules.ts'
import { amountIn, timesOf, wholeOf } from './amounts.ts'
import { subscriberOf } from './customer.ts'

const cycles = ['plan.billing_cycles']
const cyclesOf = pathReader('plan.billing_cycles')
const planOf = pathReader('plan')

/** A subscription, with its plan as it applies to it. */
export const paypalSubscription = mapping(
  subscription,
  {
    partnerRecordId: 'id',
    created_date: isoTime('create_time'),
    customer_id: link(
      'customer',
      computed(
        ['subscriber.payer_id', 'subscriber.email_address'],
        'the subscriber, by id, else by e-mail',
        subscriberOf,
      ),
    ),
    status: computed(
      ['status', 'billing_info.cycle_executions', 'billing_info.failed_payments_count'],
      'an active one may be on trial or behind',
      statusOf,
    ),
    amount: computed([...cycles, 'quantity'], 'price times quantity', amountOf),
    currency: computed(cycles, 'of the price', (payload) => {
      const code = clean(priceOf(payload)?.currency_code)
      return (typeof code === 'string' ? code.toUpperCase() : code) as string | null
    }),
    interval: computed(cycles, 'of the regular cycle', (payload) => {
      const unit = frequencyOf(payload)?.interval_unit
      return unit === undefined ? null : (wordIn(units, unit) ?? null)
    }),
    interval_count: computed(cycles, 'of the regular cycle; 1 where it is left out', (payload) => {
      const frequency = frequencyOf(payload)
      return frequency === null ? null : ((frequency.interval_count ?? 1) as number) // see above
    }),
    items: computed(['plan.product_id', 'plan.name', 'quantity'], 'one: the plan', itemsOf),
    current_period_start: isoTime('billing_info.last_payment.time'),
    current_period_end: isoTime('billing_info.next_billing_time'),
    start_date: isoTime('start_time'),
    cancel_at: isoTime('billing_info.final_payment_time'),
    cancelled_date: computed(
      ['status', 'status_update_time'],
      'of the last state, where it is cancelled',
      (payload, context) =>
        payload.status === 'CANCELLED' ? changedAt.read(payload, context) : null,
    ),
    external_account_id: absent('the instrument is not named'),
    latest_invoice_id: absent('subscriptions are charged without an invoice'),
  },
  { title: 'Subscription' },
)

const changedAt = isoTime('status_update_time')

const units = { DAY: 'day', WEEK: 'week', MONTH: 'month', YEAR: 'year' } as const

type Status = NonNullable<Subscription['status']>

const statuses: { readonly [status: string]: Status } = {
  APPROVAL_PENDING: 'incomplete',
  APPROVED: 'incomplete',
  ACTIVE: 'active',
  SUSPENDED: 'paused',
  CANCELLED: 'cancelled',
  EXPIRED: 'expired',
}

function statusOf({ status, billing_info }: Payload): Status | null {
  if (clean(status) === null) return null
  const { cycle_executions, failed_payments_count } = objectOf(billing_info) ?? {}
  const onTrial = objectsIn(cycle_executions).some(
    ({ tenure_type, cycles_remaining }) => tenure_type === 'TRIAL' && Number(cycles_remaining) > 0,
  )
  if (status === 'ACTIVE' && Number(failed_payments_count) > 0) return 'past_due'
  if (status === 'ACTIVE' && onTrial) return 'trialing'
  return wordIn(statuses, status) ?? 'other'
}

/** The cycle that goes on, after the trials. */
function regularOf(payload: Payload): Payload | null {
  return objectsIn(cyclesOf(payload)).find((one) => one.tenure_type === 'REGULAR') ?? null
}

function frequencyOf(payload: Payload): Payload | null {
  return objectOf(regularOf(payload)?.frequency) ?? null
}

function priceOf(payload: Payload): Payload | null {
  return objectOf(objectOf(regularOf(payload)?.pricing_scheme)?.fixed_price) ?? null
}

function amountOf(payload: Payload): number | null {
  return timesOf(amountIn(priceOf(payload)), payload.quantity ?? '1')
}

function itemsOf(payload: Payload, context: Context) {
  const { product_id, name } = objectOf(planOf(payload)) ?? {}
  const named = clean(product_id)
  return [
    {
      product_id: typeof named === 'string' ? recordId(product, context, named) : null,
      description: clean(name) as string | null, // validation refuses what is no text
      quantity: wholeOf(payload.quantity ?? '1'),
      unit_amount: amountIn(priceOf(payload)),
    },
  ]
}
