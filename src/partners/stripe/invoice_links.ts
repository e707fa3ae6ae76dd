import { objectOf, objectsIn, type Payload } from '../rule.ts'
import { referenceId } from '../rules.ts'

/** Until 2025 under `subscription`, since then under `parent`. */
export function subscriptionOfInvoice(invoice: Payload): string | null {
  const details = objectOf(objectOf(invoice.parent)?.subscription_details)
  return referenceId(invoice.subscription) ?? referenceId(details?.subscription)
}

/** Until 2025 the intent or charge, since then the `payments` list, which is only there if asked. */
export function paymentOfInvoice(invoice: Payload): string | null | undefined {
  const named = referenceId(invoice.payment_intent) ?? referenceId(invoice.charge)
  if (named !== null) return named
  if (invoice.payments === undefined) return invoice.payment_intent === undefined ? undefined : null
  const payments = objectsIn(invoice.payments)
  const settled = payments.find(({ status }) => status === 'paid') ?? payments[0]
  const payment = objectOf(settled?.payment)
  return referenceId(payment?.payment_intent) ?? referenceId(payment?.charge)
}
