// Instruments that buyers left with the seller.
import type { Instrument } from '../world/entities.ts'
import type { Account } from './account.ts'
import { type Json, known, nameOf, portableAddress } from './format.ts'

export function tokensOf(account: Account, customer: string): Instrument[] {
  const buyer = account.keyOf('payer', customer)
  const found: Instrument[] = []
  // Numbers are given in turn, so the first one that is missing ends the search.
  for (let number = 1; buyer !== null; number++) {
    const one = account.world.all('instrument').get(`${buyer}/m${number}`)
    if (!one) break
    if (isVaulted(account, one)) found.push(one)
  }
  return found
}

export function isVaulted({ removed, id }: Account, one: Instrument): boolean {
  return one.saved && one.removedAt === null && !removed.has(id('token', one.key))
}

export function renderToken({ id, payer }: Account, one: Instrument): Json {
  return {
    id: id('token', one.key),
    customer: { id: payer(one.buyer) },
    payment_source: sourceOf(one, payer(one.buyer)),
  }
}

function sourceOf(one: Instrument, account_id: string): Json {
  const { type, wallet, last4, payer } = one
  if (type !== 'card') return { bank: { ach_debit: { last_digits: last4 } } }
  const email_address = payer.email
  if (wallet && email_address) {
    return { paypal: known({ email_address, account_id, name: nameOf(payer) }) }
  }
  const plain = payer.name !== null && /^[A-Za-z ]{2,}$/.test(payer.name)
  return {
    card: known({
      name: plain ? payer.name : null,
      last_digits: last4,
      brand: one.brand.toUpperCase(),
      expiry: `${one.expYear}-${String(one.expMonth).padStart(2, '0')}`,
      billing_address: portableAddress(payer.address),
    }),
  }
}
