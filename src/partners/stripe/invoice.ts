import { invoice } from '../../model/invoice.ts'
import { mapping } from '../mapping.ts'
import { stripeMoney } from '../money.ts'
import { objectOf, objectsIn, type Payload } from '../rule.ts'
import { absent, computed, each, fold, link, oneOf, unixTime, upper } from '../rules.ts'
import { amountAt } from './amount.ts'
import { customerKey } from './charge.ts'
import { paymentOfInvoice, subscriptionOfInvoice } from './invoice_links.ts'
import { priceOf, unitAmountOf } from './price.ts'

/** An invoice, with all its lines. */
export const stripeInvoice = mapping(
  invoice,
  {
    partnerRecordId: 'id',
    created_date: unixTime('created'),
    customer_id: link('customer', computed(['customer'], 'or its account', customerKey)),
    number: 'number',
    status: fold(
      'status',
      { draft: 'draft', open: 'open', paid: 'paid', void: 'void', uncollectible: 'uncollectible' },
      'other',
    ),
    amount_due: amountAt('amount_due'),
    amount_paid: amountAt('amount_paid'),
    amount_tax: computed(
      ['tax', 'total_taxes', 'total_tax_amounts', 'total_excluding_tax'],
      'the tax, else the sum of the taxes, else total less total without tax',
      taxOf,
    ),
    currency: upper('currency'),
    due_date: unixTime('due_date'),
    paid_date: unixTime('status_transitions.paid_at'),
    subscription_id: link(
      'subscription',
      computed(
        ['subscription', 'parent.subscription_details.subscription'],
        'since 2025 under parent',
        subscriptionOfInvoice,
      ),
    ),
    order_id: absent('Stripe keeps no orders'),
    payment_id: link(
      'payment',
      computed(
        ['payment_intent', 'charge', 'payments.data'],
        'the intent, else the charge; since 2025 in payments',
        paymentOfInvoice,
      ),
    ),
    line_items: each('lines.data', {
      description: 'description',
      product_id: link(
        'product',
        oneOf('price.product', 'plan.product', 'pricing.price_details.product'),
      ),
      quantity: 'quantity',
      unit_amount: computed(
        ['price.unit_amount', 'plan.amount', 'pricing.unit_amount_decimal'],
        'of one; null for a fraction of the minor unit',
        lineUnitAmount,
      ),
      amount: amountAt('amount'),
    }),
    hosted_url: 'hosted_invoice_url',
  },
  { title: 'Invoice' },
)

function taxOf(payload: Payload): number | null {
  return stripeMoney(stripeTax(payload), payload.currency) as number | null
}

function stripeTax(invoice: Payload): number | null {
  if (typeof invoice.tax === 'number') return invoice.tax
  const taxes = invoice.total_taxes ?? invoice.total_tax_amounts
  if (Array.isArray(taxes))
    return objectsIn(taxes).reduce((sum, one) => sum + Number(one.amount), 0)
  const { total, total_excluding_tax } = invoice
  if (typeof total !== 'number' || typeof total_excluding_tax !== 'number') return null
  return total - total_excluding_tax
}

function lineUnitAmount(line: Payload): number | null {
  const { unit_amount_decimal } = objectOf(line.pricing) ?? {}
  const amount = unitAmountOf(priceOf(line)) ?? wholeNumber(unit_amount_decimal)
  return stripeMoney(amount, line.currency) as number | null
}

function wholeNumber(decimal: unknown): number | null {
  return typeof decimal === 'string' && /^-?\d+(\.0*)?$/.test(decimal) ? Number(decimal) : null
}
