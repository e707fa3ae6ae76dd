import { recordId } from '../../model/object.ts'
import { product } from '../../model/product.ts'
import { type Subscription, subscription } from '../../model/subscription.ts'
import { mapping } from '../mapping.ts'
import { type Context, clean, type Payload } from '../rule.ts'
import { absent, computed, fold, idText, isoTime, link, upper } from '../rules.ts'
import { amountOf, sum } from './amounts.ts'
import { nodesIn, numberIn } from './ids.ts'

/** A subscription contract, of those that the app itself made. */
export const shopifySubscription = mapping(
  subscription,
  {
    partnerRecordId: 'id',
    created_date: isoTime('createdAt'),
    customer_id: link('customer', idText('customer.legacyResourceId')),
    status: fold(
      'status',
      {
        ACTIVE: 'active',
        PAUSED: 'paused',
        FAILED: 'past_due',
        CANCELLED: 'cancelled',
        EXPIRED: 'expired',
      },
      'other',
    ),
    amount: computed(
      ['lines.nodes', 'deliveryPrice'],
      'its lines after their discounts, and delivery',
      amountCharged,
    ),
    currency: upper('currencyCode'),
    interval: fold(
      'billingPolicy.interval',
      { DAY: 'day', WEEK: 'week', MONTH: 'month', YEAR: 'year' },
      'month',
    ),
    interval_count: 'billingPolicy.intervalCount',
    items: computed(['lines.nodes'], 'its lines', itemsOf),
    current_period_start: absent('not told'),
    current_period_end: isoTime('nextBillingDate'),
    start_date: isoTime('createdAt'),
    cancel_at: absent('not told'),
    cancelled_date: absent('not told; the last change may be another one'),
    external_account_id: link('external_account', 'customerPaymentMethod.id'),
    latest_invoice_id: absent('Shopify keeps no invoices'),
  },
  { title: 'Subscription contract' },
)

function amountCharged({ lines, deliveryPrice }: Payload): number | null {
  const parts = nodesIn(lines).map(({ lineDiscountedPrice }) => amountOf(lineDiscountedPrice))
  return sum([...parts, amountOf(deliveryPrice) ?? 0])
}

type Item = NonNullable<Subscription['items']>[number]

function itemsOf({ lines }: Payload, context: Context): Item[] {
  return nodesIn(lines).map(({ productId, title, quantity, currentPrice }) => {
    const named = numberIn(productId)
    return {
      product_id: named === null ? null : recordId(product, context, named),
      description: clean(title) as string | null, // validation refuses what is no text
      quantity: (quantity ?? null) as number | null,
      unit_amount: amountOf(currentPrice),
    }
  })
}
