import { type Invoice, invoice } from '../../model/invoice.ts'
import { mapping } from '../mapping.ts'
import { clean, objectOf, objectsIn, type Payload, pathReader } from '../rule.ts'
import { absent, computed, fold, isoTime, link, timeOfText } from '../rules.ts'
import { amountAt, amountIn, currencyAt, timesOf, wholeOf } from './amounts.ts'
import { recipientOf } from './customer.ts'

const payments = 'payments.transactions'
const paymentsOf = pathReader(payments)

/** An invoice that the seller wrote at PayPal. */
export const paypalInvoice = mapping(
  invoice,
  {
    partnerRecordId: 'id',
    created_date: isoTime('detail.metadata.create_time'),
    customer_id: link(
      'customer',
      computed(
        ['primary_recipients.0.billing_info.email_address'],
        'the first recipient, by e-mail',
        recipientOf,
      ),
    ),
    number: 'detail.invoice_number',
    status: fold(
      'status',
      {
        DRAFT: 'draft',
        SCHEDULED: 'draft',
        SENT: 'open',
        UNPAID: 'open',
        PARTIALLY_PAID: 'open',
        PAYMENT_PENDING: 'open',
        PAID: 'paid',
        MARKED_AS_PAID: 'paid',
        // It was paid; what was given back is a refund.
        REFUNDED: 'paid',
        PARTIALLY_REFUNDED: 'paid',
        MARKED_AS_REFUNDED: 'paid',
        CANCELLED: 'void',
      },
      'other',
    ),
    amount_due: amountAt('amount'),
    amount_paid: amountAt('payments.paid_amount'),
    amount_tax: amountAt('amount.breakdown.tax_total'),
    currency: currencyAt('amount'),
    due_date: isoTime('detail.payment_term.due_date'),
    paid_date: computed(
      [`${payments}[].payment_date`, 'due_amount.value'],
      'of the last payment, once nothing is due',
      paidDate,
    ),
    subscription_id: absent('subscriptions are charged without an invoice'),
    order_id: absent('not told'),
    payment_id: link(
      'payment',
      computed([`${payments}[].payment_id`], 'the first one through PayPal', paymentOf),
    ),
    line_items: computed(['items'], 'each with its price', linesOf),
    hosted_url: 'detail.metadata.recipient_view_url',
  },
  { title: 'Invoice' },
)

function paidDate(payload: Payload): string | null {
  const dates = objectsIn(paymentsOf(payload)).map(({ payment_date }) => String(payment_date))
  const last = dates.sort().at(-1)
  return last !== undefined && amountIn(payload.due_amount) === 0 ? timeOfText(last) : null
}

function paymentOf(payload: Payload): string | null {
  const own = objectsIn(paymentsOf(payload)).find(({ type }) => type === 'PAYPAL')
  return clean(own?.payment_id) as string | null // validation refuses what is no text
}

type Line = NonNullable<Invoice['line_items']>[number]

function linesOf({ items }: Payload): Line[] {
  return objectsIn(items).map((item) => {
    const unit_amount = amountIn(objectOf(item.unit_amount) ?? null)
    return {
      description: clean(item.name) as string | null, // validation refuses what is no text
      product_id: null,
      quantity: wholeOf(item.quantity),
      unit_amount,
      amount: timesOf(unit_amount, item.quantity),
    }
  })
}
