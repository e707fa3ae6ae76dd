import type { Payload } from '../rule.ts'
import { referenceId } from '../rules.ts'

/** Until 2025 under `subscription`, since then under `parent`. */
export function subscriptionOfInvoice(invoice: Payload): string | null {
  const parent = invoice.parent as Payload | null | undefined
  const details = parent?.subscription_details as Payload | null | undefined
  return referenceId(invoice.subscription) ?? referenceId(details?.subscription)
}

/** Until 2025 the intent or charge, since then the `payments` list, which is only there if asked. */
export function paymentOfInvoice(invoice: Payload): string | null | undefined {
  const named = referenceId(invoice.payment_intent) ?? referenceId(invoice.charge)
  if (named !== null) return named
  const { data } = (invoice.payments ?? {}) as { data?: unknown }
  if (Array.isArray(data)) return paymentInList(data)
  return invoice.payment_intent === undefined ? undefined : null
}

function paymentInList(payments: readonly Payload[]): string | null {
  const settled = payments.find(({ status }) => status === 'paid') ?? payments[0]
  const payment = settled?.payment as Payload | null | undefined
  return referenceId(payment?.payment_intent) ?? referenceId(payment?.charge)
}
