import { amount, currency, enumOf, idOf, integer, listOf, string, url } from './field.ts'
import { object, type RecordOf } from './object.ts'

export type BillingInvoice = RecordOf<typeof billing_invoice>
export type BillingInvoiceLineItem = RecordOf<typeof billing_invoice_line_item>

// The spelling of these names is the source dictionary's.
export const billing_invoice = object(
  'billing_invoice',
  'bil',
  "The partner's statement of its fees to the seller",
  {
    accountId: string("The seller's id at the partner", { example: 'acct_1032D82eZvKYlo2C' }),
    InvoiceYear: integer('Year it covers', { filter: true, example: 2026 }),
    InvoiceMonth: integer('Month it covers, 1–12', { example: 3 }),
    InvoicePeriod: string('Period it covers, in words', { example: '2026-03' }),
    amount: amount('Sum of the fees', { filter: true }),
    currency: currency('Currency of the amount', { filter: true }),
    description: string('Free text', { example: 'Fees of March 2026' }),
    invoiceReference: string("The partner's reference", { example: '2026-03-0001' }),
    invoiceDocument: url('Link to the document'),
    billingAccount: string('Account the fees are charged to', { example: 'balance' }),
    origin: enumOf(['PARTNER', 'DERIVED'], 'DERIVED: computed from the fees on transactions'),
    line_items: listOf('billing_invoice_line_item', 'billing_invoice_id', 'The fees one by one'),
  },
)

export const billing_invoice_line_item = object(
  'billing_invoice_line_item',
  'bli',
  "One line of a partner's statement",
  {
    billing_invoice_id: idOf('billing_invoice', 'The statement it is on'),
    description: string('What the fee is for', { example: 'Card processing' }),
    fee_type: string('Kind of fee', { example: 'processing' }),
    quantity: integer('How many charges it sums', { example: 120 }),
    amount: amount('Amount of the fee'),
    currency: currency('Currency of the amount'),
  },
)
