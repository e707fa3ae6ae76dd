import { type Subscription, subscription } from '../../model/subscription.ts'
import { mapping } from '../mapping.ts'
import { clean, objectOf, objectsIn, type Payload } from '../rule.ts'
import { absent, computed, fold, isoTime, link, timeOfText, wordIn } from '../rules.ts'
import { amountIn } from './person.ts'

/** A subscription, with the variation of the plan that it follows under `plan`. */
export const squareSubscription = mapping(
  subscription,
  {
    partnerRecordId: 'id',
    created_date: isoTime('created_at'),
    customer_id: link('customer', 'customer_id'),
    status: fold(
      'status',
      {
        // It begins on a day to come.
        PENDING: 'incomplete',
        ACTIVE: 'active',
        PAUSED: 'paused',
        CANCELED: 'cancelled',
        DEACTIVATED: 'cancelled',
        COMPLETED: 'expired',
      },
      'other',
    ),
    amount: computed(
      ['price_override_money.amount', ...prices('amount')],
      "its own price, else that of its plan's last phase",
      (payload) => amountIn(priceOf(payload)),
    ),
    currency: computed(
      ['price_override_money.currency', ...prices('currency')],
      'of the price',
      (payload) => currencyOf(priceOf(payload)),
    ),
    interval: computed(
      ['plan[].subscription_plan_variation_data.phases[].cadence'],
      'by cadence',
      (payload) => rhythmOf(payload)?.[0] ?? null,
    ),
    interval_count: computed(
      ['plan[].subscription_plan_variation_data.phases[].cadence'],
      'by cadence',
      (payload) => rhythmOf(payload)?.[1] ?? null,
    ),
    items: computed(['plan[].subscription_plan_variation_data.name'], 'one, its plan', itemsOf),
    current_period_start: absent('not told'),
    current_period_end: isoTime('charged_through_date'),
    start_date: isoTime('start_date'),
    cancel_at: isoTime('canceled_date'),
    cancelled_date: computed(['status', 'canceled_date'], 'once it is cancelled', cancelledOf),
    external_account_id: link('external_account', 'card_id'),
    // The newest comes first.
    latest_invoice_id: link('invoice', 'invoice_ids.0'),
  },
  { title: 'Subscription' },
)

function prices(part: string): readonly string[] {
  const phase = 'plan[].subscription_plan_variation_data.phases[]'
  return [`${phase}.pricing.price_money.${part}`, `${phase}.recurring_price_money.${part}`]
}

function planOf({ plan }: Payload): Payload | null {
  return objectOf(objectsIn(plan)[0]?.subscription_plan_variation_data)
}

/** Phases follow each other; what comes before the last is a trial or an offer. */
function phaseOf(payload: Payload): Payload | undefined {
  return objectsIn(planOf(payload)?.phases).at(-1)
}

function priceOf(payload: Payload): Payload | null {
  const own = objectOf(payload.price_override_money)
  if (own) return own
  const phase = phaseOf(payload)
  return objectOf(objectOf(phase?.pricing)?.price_money) ?? objectOf(phase?.recurring_price_money)
}

function currencyOf(money: Payload | null): string | null {
  const code = clean(money?.currency)
  return (typeof code === 'string' ? code.toUpperCase() : code) as string | null // or refused
}

type Rhythm = readonly ['day' | 'week' | 'month' | 'year', number]

const rhythms: { readonly [cadence: string]: Rhythm } = {
  DAILY: ['day', 1],
  WEEKLY: ['week', 1],
  EVERY_TWO_WEEKS: ['week', 2],
  THIRTY_DAYS: ['day', 30],
  SIXTY_DAYS: ['day', 60],
  NINETY_DAYS: ['day', 90],
  MONTHLY: ['month', 1],
  EVERY_TWO_MONTHS: ['month', 2],
  QUARTERLY: ['month', 3],
  EVERY_FOUR_MONTHS: ['month', 4],
  EVERY_SIX_MONTHS: ['month', 6],
  ANNUAL: ['year', 1],
  EVERY_TWO_YEARS: ['year', 2],
}

function rhythmOf(payload: Payload): Rhythm | undefined {
  return wordIn(rhythms, phaseOf(payload)?.cadence)
}

type Item = NonNullable<Subscription['items']>[number]

function itemsOf(payload: Payload): Item[] {
  return [
    {
      product_id: null,
      description: clean(planOf(payload)?.name) as string | null, // a text, or refused
      quantity: 1,
      unit_amount: amountIn(priceOf(payload)),
    },
  ]
}

function cancelledOf({ status, canceled_date }: Payload): string | null {
  const day = clean(canceled_date)
  return status === 'CANCELED' && typeof day === 'string' ? timeOfText(day) : null
}
