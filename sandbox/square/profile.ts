// Whose things are: profiles of buyers, merged and removed, and what is on file with them.
import type { Subscription } from '../world/billing.ts'
import type { Buyer, Instrument } from '../world/entities.ts'
import { cardId, customerId, renderCard, renderCustomer } from './customer.ts'
import type { Json } from './format.ts'
import { renderSubscription, subscriptionId } from './invoice.ts'
import { type Account, locationOf, type Row } from './types.ts'

export function tell(account: Account, type: string, { id, location, json }: Row): void {
  const [name = ''] = type.split('.')
  account.events.tell(type, { id, location, data: { object: { [name]: json } } })
}

export function ofBuyer(account: Account, verb: string, buyer: Buyer): void {
  if (buyer.guest || account.erased.has(buyer.key)) return
  if (verb !== 'buyer.deleted') writeCustomer(account, buyer)
  else if (buyer.mergedInto === null) dropCustomer(account, customerId(account, buyer.key))
  else merge(account, buyer, account.world.get('buyer', buyer.mergedInto))
}

function writeCustomer(account: Account, buyer: Buyer, context?: Json): void {
  const place = { id: customerId(account, buyer.key), key: buyer.key }
  const put = account.put('customers', place, (stamps) => renderCustomer(account, buyer, stamps))
  if (!put) return
  const object = { customer: put.row.json, ...(context ? { event_context: context } : {}) }
  const type = put.isNew ? 'customer.created' : 'customer.updated'
  account.events.tell(type, { id: place.id, data: { object } })
}

function dropCustomer(account: Account, id: string, context?: Json): void {
  const row = account.drop('customers', id)
  if (!row) return
  const object = { customer: row.json, ...(context ? { event_context: context } : {}) }
  account.events.tell('customer.deleted', { id, data: { deleted: true, object } })
}

// Both profiles go and a new one comes; what is on file moves to it, what was paid does not.
function merge(account: Account, buyer: Buyer, into: Buyer): void {
  const old = [into, buyer].map(({ key }) => customerId(account, key))
  const [survivor, absorbed] = old as [string, string] // there are two
  if (!account.tables.customers.has(survivor)) {
    dropCustomer(account, absorbed)
    return
  }
  account.profiles.set(into.key, (account.profiles.get(into.key) ?? 1) + 1)
  const to_customer_id = customerId(account, into.key)
  const context = { merge: { from_customer_ids: old, to_customer_id } }
  for (const id of old) {
    dropCustomer(account, id, context)
    account.became.set(id, to_customer_id)
  }
  writeCustomer(account, into, context)
  for (const kind of ['cards', 'subscriptions'] as const) {
    for (const row of account.tables[kind].values()) {
      if (row.group === survivor) move(account, kind, row.key, to_customer_id)
    }
  }
}

function move(account: Account, kind: 'cards' | 'subscriptions', key: string, to: string): void {
  const thing = kind === 'cards' ? 'card' : 'subscription'
  account.fixed.set(`${thing} ${key}`, { customer_id: to })
  if (kind === 'cards') ofInstrument(account, account.world.get('instrument', key))
  else ofSubscription(account, account.world.get('subscription', key))
}

export function removeCustomer(account: Account, id: string): boolean {
  const row = account.tables.customers.get(id)
  if (!row) return false
  account.erased.add(row.key)
  dropCustomer(account, id)
  for (const { key, group } of account.tables.cards.values()) {
    if (group === id) ofInstrument(account, account.world.get('instrument', key))
  }
  return true
}

export function ofInstrument(account: Account, instrument: Instrument): void {
  const { saved, type, key, buyer } = instrument
  if (!saved || type !== 'card') return
  const fixed = account.fixed.get(`card ${key}`)
  const group = String(fixed?.customer_id ?? customerId(account, buyer))
  const before = account.tables.cards.get(cardId(account, key))?.json.enabled
  const put = account.put('cards', { id: cardId(account, key), key, group }, ({ version }) =>
    renderCard(account, instrument, version),
  )
  if (!put) return
  const isOff = before === true && put.row.json.enabled === false
  tell(account, put.isNew ? 'card.created' : isOff ? 'card.disabled' : 'card.updated', put.row)
}

export function ofSubscription(account: Account, subscription: Subscription): void {
  const { key, buyer } = subscription
  const fixed = account.fixed.get(`subscription ${key}`)
  const group = String(fixed?.customer_id ?? customerId(account, buyer))
  const location = locationOf(account, key)
  const place = { id: subscriptionId(account, key), key, location, group }
  const put = account.put('subscriptions', place, (stamps) =>
    renderSubscription(account, subscription, stamps),
  )
  if (put) tell(account, put.isNew ? 'subscription.created' : 'subscription.updated', put.row)
}
