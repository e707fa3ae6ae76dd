// What happens in the world, as it shows in the account: rows, and what the log says of them.
import type { Invoice } from '../world/billing.ts'
import type { Product, Thing } from '../world/entities.ts'
import type { Charge, Dispute, Movement, Payment, Payout, Refund } from '../world/sales.ts'
import { catalogId, pricesOf, renderPrice, renderProduct } from './catalog.ts'
import { stamp } from './format.ts'
import { invoiceId, renderInvoice } from './invoice.ts'
import { renderBilledOrder, renderOrder } from './order.ts'
import {
  disputeId,
  orderId,
  paymentId,
  placeOf,
  refundId,
  renderDispute,
  renderPayment,
  renderRefund,
} from './payment.ts'
import { bankAccountId, payoutId, renderBankAccount, renderPayout } from './payout.ts'
import { ofBuyer, ofInstrument, ofSubscription, tell } from './profile.ts'
import { type Account, type Kind, locationOf } from './types.ts'

type Happening = { verb: string; subject: Thing }

export function listen(account: Account, { verb, subject }: Happening): void {
  if (subject.kind === 'buyer') ofBuyer(account, verb, subject)
  if (subject.kind === 'instrument') ofInstrument(account, subject)
  if (subject.kind === 'payment') ofPayment(account, subject)
  if (subject.kind === 'charge') ofCharge(account, subject)
  if (subject.kind === 'refund') ofRefund(account, subject)
  if (subject.kind === 'dispute') ofDispute(account, subject)
  if (subject.kind === 'invoice') ofInvoice(account, verb, subject)
  if (subject.kind === 'subscription') ofSubscription(account, subject)
  if (subject.kind === 'product') ofProduct(account, subject)
  if (subject.kind === 'price') {
    const product = account.world.all('product').get(subject.product)
    if (product) ofProduct(account, product)
  }
  if (subject.kind === 'payout') ofPayout(account, verb, subject)
  if (subject.kind === 'movement') ofMovement(account, verb, subject)
}

function ofPayment(account: Account, payment: Payment): void {
  const { key, invoice } = payment
  if (invoice !== null) {
    writeOrder(account, account.world.get('invoice', invoice))
    return
  }
  const location = placeOf(account, payment)
  writtenOrder(account, { id: orderId(account, key), key, location }, (stamps) =>
    renderOrder(account, payment, stamps),
  )
}

function writeOrder(account: Account, invoice: Invoice): void {
  const { key, subscription } = invoice
  const location = locationOf(account, subscription ?? key)
  writtenOrder(account, { id: orderId(account, key), key, location }, (stamps) =>
    renderBilledOrder(account, invoice, stamps),
  )
}

function writtenOrder(account: Account, ...[place, render]: DropFirst<Account['put']>): void {
  const put = account.put('orders', place, render)
  if (!put) return
  const { id, location, json } = put.row
  const { created_at, updated_at, state, version } = json
  const told = { order_id: id, version, location_id: location, state, created_at }
  const name = put.isNew ? 'order_created' : 'order_updated'
  const object = { [name]: put.isNew ? told : { ...told, updated_at } }
  const type = put.isNew ? 'order.created' : 'order.updated'
  account.events.tell(type, { id, location, data: { type: name, object } })
}

type DropFirst<F> = F extends (kind: Kind, ...rest: infer R) => unknown ? R : never

function ofCharge(account: Account, charge: Charge): void {
  // A charge is known before its payment names it.
  const payment = account.world.get('payment', charge.payment)
  const place = { id: paymentId(account, charge.key), key: charge.key }
  const location = placeOf(account, payment)
  const put = account.put('payments', { ...place, location }, (stamps) =>
    renderPayment(account, charge, stamps),
  )
  if (put) tell(account, put.isNew ? 'payment.created' : 'payment.updated', put.row)
}

function ofRefund(account: Account, refund: Refund): void {
  const id = refundId(account, refund)
  const charge = account.world.get('charge', refund.charge)
  const payment = account.world.get('payment', charge.payment)
  const location = placeOf(account, payment)
  const name = `refunds ${charge.key}`
  const ids = (account.fixed.get(name)?.ids ?? []) as string[] // only written below
  if (!ids.includes(id)) account.fixed.set(name, { ids: [...ids, id] })
  const put = account.put('refunds', { id, key: refund.key, location }, (stamps) =>
    renderRefund(account, refund, stamps),
  )
  if (put) tell(account, put.isNew ? 'refund.created' : 'refund.updated', put.row)
  const { invoice } = payment
  const verb = refund.status === 'failed' ? 'invoice.changed' : 'invoice.refunded'
  if (invoice) ofInvoice(account, verb, account.world.get('invoice', invoice))
}

function ofDispute(account: Account, dispute: Dispute): void {
  const id = disputeId(account, dispute.key)
  const { payment } = account.world.get('charge', dispute.charge)
  const location = placeOf(account, account.world.get('payment', payment))
  const put = account.put('disputes', { id, key: dispute.key, location }, (stamps) =>
    renderDispute(account, dispute, stamps),
  )
  if (put) tell(account, put.isNew ? 'dispute.created' : 'dispute.state.updated', put.row)
}

const INVOICE_EVENTS: Record<string, string> = {
  'invoice.created': 'invoice.created',
  'invoice.finalised': 'invoice.published',
  'invoice.paid': 'invoice.payment_made',
  'invoice.paymentFailed': 'invoice.scheduled_charge_failed',
  'invoice.voided': 'invoice.canceled',
  'invoice.refunded': 'invoice.refunded',
}

function ofInvoice(account: Account, verb: string, invoice: Invoice): void {
  const { key, subscription } = invoice
  writeOrder(account, invoice)
  const id = invoiceId(account, key)
  const location = locationOf(account, subscription ?? key)
  if (verb === 'invoice.deleted') {
    account.drop('invoices', id)
    account.events.tell(verb, { id, location, data: { deleted: true } })
  } else {
    const put = account.put('invoices', { id, key, location }, (stamps) =>
      renderInvoice(account, invoice, stamps),
    )
    if (put) tell(account, INVOICE_EVENTS[verb] ?? 'invoice.updated', put.row)
  }
  const isNew = verb === 'invoice.created' || verb === 'invoice.deleted'
  if (subscription === null || !isNew) return
  ofSubscription(account, account.world.get('subscription', subscription))
}

// What a product is shows in its prices and the other way round.
function ofProduct(account: Account, product: Product): void {
  const now = account.world.now()
  const written = pricesOf(account, product).map((price) =>
    account.put('catalog', { id: catalogId(account, price.key), key: price.key }, (stamps) =>
      renderPrice(account, price, { stamps, version: now }),
    ),
  )
  const place = { id: catalogId(account, product.key), key: product.key }
  written.push(
    account.put('catalog', place, (stamps) =>
      renderProduct(account, product, { stamps, version: now }),
    ),
  )
  if (!written.some(Boolean)) return
  const data = { object: { catalog_version: { updated_at: stamp(now) } } }
  const id = account.id('', 36, 'catalog version', now)
  account.events.tell('catalog.version.updated', { id, data: { type: 'catalog_version', ...data } })
}

const PAYOUT_EVENTS: Record<string, string> = {
  'payout.created': 'payout.sent',
  'payout.paid': 'payout.paid',
  'payout.failed': 'payout.failed',
}

function ofPayout(account: Account, verb: string, payout: Payout): void {
  const { key, currency } = payout
  const [location] = account.locations
  const bank = { id: bankAccountId(account, currency), key: currency, location }
  account.put('bankAccounts', bank, () => renderBankAccount(account, currency))
  const place = { id: payoutId(account, key), key, location }
  const put = account.put('payouts', place, (stamps) => renderPayout(account, payout, stamps))
  const type = PAYOUT_EVENTS[verb]
  if (put && type) tell(account, type, put.row)
}

// A movement names its payout once; the payout itself is no part of what it pays.
function ofMovement(account: Account, verb: string, movement: Movement): void {
  if (verb === 'movement.created' || movement.payout === null || movement.type === 'payout') return
  const paid = account.movements.get(movement.payout) ?? []
  account.movements.set(movement.payout, paid)
  paid.push(movement)
}
