import type { Partner } from '../../partners/partner.ts'

/** What each object means to a business that is asked for it. */
const words: { readonly [object: string]: string } = {
  customer: 'Your customers: names, e-mail and postal addresses, phone numbers',
  payment: 'Payments and refunds',
  order: 'Orders and what was ordered',
  product: 'Products and prices',
  subscription: 'Subscriptions',
  invoice: 'Invoices to your customers',
  billing_invoice: 'Invoices to your customers',
  dispute: 'Disputes',
  external_account: 'Saved cards and bank accounts, never their full numbers',
  settlement: 'Payouts to you',
  transaction: 'Movements on your balance, with their fees',
}

/** What is read at partners, in a business's words, each once. */
export function readAt(partners: readonly Partner[]): readonly string[] {
  const read = new Set(
    partners.flatMap(({ streams }) =>
      streams.flatMap(({ maps }) => maps.map((m) => m.object.name)),
    ),
  )
  const told = Object.entries(words).filter(([object]) => read.has(object))
  return [...new Set(told.map(([, sentence]) => sentence))]
}
