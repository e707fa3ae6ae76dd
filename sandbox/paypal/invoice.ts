// Invoices that the seller writes by hand.
import type { Invoice, InvoiceStatus } from '../world/billing.ts'
import type { Account } from './account.ts'
import { day, type Json, known, money, nameOf, phoneOf, portableAddress, stamp } from './format.ts'
import { chargeKey } from './report.ts'

const STATUS: Record<InvoiceStatus, string> = {
  draft: 'DRAFT',
  open: 'SENT',
  paid: 'PAID',
  void: 'CANCELLED',
  uncollectible: 'UNPAID',
}

export function isInvoice({ removed, id }: Account, one: Invoice): boolean {
  return one.subscription === null && one.deletedAt === null && !removed.has(id('invoice', one.key))
}

// A payment is named once the report has it, so that whoever follows the link finds it.
export function renderInvoice(account: Account, one: Invoice): Json {
  const { id, report, touched } = account
  const payment = one.charge ? id('transaction', chargeKey(one.charge)) : null
  const paid = one.status === 'paid' && payment !== null && report.isVisible(payment)
  const { billedTo } = one
  return known({
    id: id('invoice', one.key),
    status: one.status === 'paid' && !paid ? 'PAYMENT_PENDING' : STATUS[one.status],
    detail: known({
      currency_code: one.currency.toUpperCase(),
      invoice_number: one.number ?? `D-${one.key}`,
      invoice_date: day(one.createdAt),
      payment_term: one.dueAt
        ? { term_type: 'DUE_ON_DATE_SPECIFIED', due_date: day(one.dueAt) }
        : null,
      metadata: {
        create_time: stamp(one.createdAt),
        last_update_time: stamp(touched.get(`invoice ${one.key}`) ?? one.createdAt),
        created_by_flow: 'REGULAR_SINGLE',
        recipient_view_url: `https://www.sandbox.paypal.com/invoice/p/#${id('invoice', one.key)}`,
      },
    }),
    primary_recipients: [{ billing_info: billingInfo(billedTo) }],
    items: one.lines.map((line) => ({
      id: `ITEM-${line.key}`,
      name: line.description,
      quantity: String(line.quantity),
      unit_amount: money(one.currency, line.amount / line.quantity),
    })),
    amount: {
      ...money(one.currency, one.total),
      breakdown: { item_total: money(one.currency, one.total), tax_total: money(one.currency, 0) },
    },
    due_amount: money(one.currency, paid ? 0 : one.total),
    payments: paid ? paymentsOf(one, payment) : null,
  })
}

function billingInfo(person: Invoice['billedTo']): Json {
  const phone = phoneOf(person.phone)
  return known({
    name: nameOf(person),
    email_address: person.email,
    address: portableAddress(person.address),
    phones: phone ? [{ ...phone, phone_type: 'HOME' }] : null,
  })
}

function paymentsOf(one: Invoice, payment_id: string): Json {
  const amount = money(one.currency, one.total)
  const made = {
    type: 'PAYPAL',
    payment_id,
    payment_date: day(one.paidAt!),
    method: 'PAYPAL',
    amount,
  }
  return { paid_amount: amount, transactions: [made] }
}
