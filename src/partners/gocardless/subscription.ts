import { subscription } from '../../model/subscription.ts'
import { mapping } from '../mapping.ts'
import { clean, objectsIn, type Payload } from '../rule.ts'
import { absent, computed, fold, isoTime, link, through, upper } from '../rules.ts'

export const gocardlessSubscription = mapping(
  subscription,
  {
    partnerRecordId: 'id',
    created_date: isoTime('created_at'),
    customer_id: through('external_account_id'),
    status: fold(
      'status',
      {
        pending_customer_approval: 'incomplete',
        customer_approval_denied: 'cancelled',
        active: 'active',
        paused: 'paused',
        cancelled: 'cancelled',
        finished: 'expired',
      },
      'other',
    ),
    amount: 'amount',
    currency: upper('currency'),
    interval: fold('interval_unit', { weekly: 'week', monthly: 'month', yearly: 'year' }, 'month'),
    interval_count: 'interval',
    items: computed(['name'], 'one, without a product', itemsOf),
    current_period_start: absent('not told'),
    current_period_end: computed(
      ['upcoming_payments[].charge_date'],
      'the next charge',
      nextCharge,
    ),
    start_date: isoTime('start_date'),
    cancel_at: isoTime('end_date'),
    cancelled_date: absent('only its events tell'),
    external_account_id: link('external_account', 'links.mandate'),
    latest_invoice_id: absent('GoCardless keeps no invoices'),
  },
  { title: 'Subscription' },
)

function itemsOf({ name, amount }: Payload) {
  return [
    {
      product_id: null,
      description: clean(name) as string | null, // validation refuses what is no text
      quantity: 1,
      unit_amount: (amount ?? null) as number | null,
    },
  ]
}

function nextCharge({ upcoming_payments }: Payload): string | null {
  const date = objectsIn(upcoming_payments)[0]?.charge_date
  return typeof date === 'string' && date !== '' ? `${date}T00:00:00.000Z` : null
}
