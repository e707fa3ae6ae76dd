import { invoice } from '../../model/invoice.ts'
import { mapping } from '../mapping.ts'
import { clean, objectsIn, type Payload } from '../rule.ts'
import { absent, computed, fold, isoTime, link, timeOfText, upper } from '../rules.ts'
import { amountIn } from './person.ts'

/** An invoice bills an order, whose lines are what is billed. */
export const squareInvoice = mapping(
  invoice,
  {
    partnerRecordId: 'id',
    created_date: isoTime('created_at'),
    customer_id: link('customer', 'primary_recipient.customer_id'),
    number: 'invoice_number',
    status: fold(
      'status',
      {
        DRAFT: 'draft',
        SCHEDULED: 'open',
        UNPAID: 'open',
        PARTIALLY_PAID: 'open',
        PAYMENT_PENDING: 'open',
        PAID: 'paid',
        PARTIALLY_REFUNDED: 'paid',
        REFUNDED: 'paid',
        CANCELED: 'void',
        FAILED: 'uncollectible',
      },
      'other',
    ),
    amount_due: computed(
      ['payment_requests[].computed_amount_money.amount'],
      'sum of its payment requests',
      (payload) => sumOf(payload, 'computed_amount_money'),
    ),
    amount_paid: computed(
      ['payment_requests[].total_completed_amount_money.amount'],
      'sum of its payment requests',
      (payload) => sumOf(payload, 'total_completed_amount_money'),
    ),
    amount_tax: absent("its order's"),
    currency: upper('payment_requests.0.computed_amount_money.currency'),
    due_date: computed(['payment_requests[].due_date'], 'the last one', dueOf),
    paid_date: absent('only its payments tell'),
    subscription_id: link('subscription', 'subscription_id'),
    order_id: link('order', 'order_id'),
    payment_id: absent('its payments name its order'),
    line_items: computed([], 'its order has them', () => []),
    hosted_url: 'public_url',
  },
  { title: 'Invoice' },
)

function sumOf({ payment_requests }: Payload, part: string): number | null {
  const requests = objectsIn(payment_requests)
  if (requests.length === 0) return null
  let sum = 0
  for (const request of requests) {
    const amount = amountIn(request[part]) ?? 0
    // What is no number is left for validation to refuse.
    if (typeof amount !== 'number') return amount
    sum += amount
  }
  return sum
}

function dueOf({ payment_requests }: Payload): string | null {
  const days = objectsIn(payment_requests)
    .map(({ due_date }) => clean(due_date))
    .filter((day) => typeof day === 'string')
  const last = days.sort().at(-1)
  return last === undefined ? null : timeOfText(last)
}
