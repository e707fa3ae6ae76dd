import { Fault } from '../../../src/cli/fault.ts'
import type { Place } from '../process.ts'
import type { Made, Round } from '../shop.ts'
import { type Api, allOf } from './api.ts'
import type { Market } from './market.ts'
import { boughtAs, type Deed, deeds, fillOrders } from './orders.ts'
import type { MedusaServer } from './server.ts'

export interface Filled {
  readonly market: Market
  readonly customers: readonly string[]
}

/** First what moves a stamp, then what is only seen when all is read anew, and what is gone. */
export function medusaRounds(
  place: Place,
  server: MedusaServer,
  filled: () => Filled,
): readonly Round[] {
  const { admin } = server
  return [
    { name: 'edits', full: false, make: () => edited(place, server, filled()) },
    { name: 'edits that move no stamp', full: true, make: () => editedUnseen(admin, filled()) },
    { name: 'deletions', full: true, make: () => deleted(admin, filled()) },
  ]
}

async function edited(place: Place, server: MedusaServer, { market, customers }: Filled) {
  const { admin } = server
  const people = customers.slice(10, 22)
  for (const [i, id] of people.entries()) await admin.post(`/admin/customers/${id}`, changeOf(i))
  const products = await idsOf(admin, 'products')
  await admin.post(`/admin/products/${products[3]}`, { title: 'Crème brûlée “deluxe” 🍮' })
  // One that the orders below do not ask for.
  await admin.post(`/admin/products/${products[12]}`, { status: 'draft' })
  await done(admin, market, { payment: 'captured', deed: 'refund part', nth: 0 })
  await done(admin, market, { payment: 'captured', deed: 'cancel', nth: 0 })
  await done(admin, market, { payment: 'authorized', deed: 'fulfil', nth: 1 })
  const wanted = { market, customers: customers.slice(40), count: 4 }
  await fillOrders(place, server, wanted)
  return { customers: people.length, products: 2, orders: 3, 'new orders': 4 }
}

/** Names, e-mail addresses and telephone numbers in turn. */
function changeOf(i: number) {
  if (i % 3 === 0) return { first_name: 'Zoë', last_name: `Nguyễn-Ødegård ${i}` }
  if (i % 3 === 1) return { email: `changed.${i}@example.test` }
  return { phone: `+46 70 123 45 ${10 + i}` }
}

/** Addresses, captures and prices: their customer, order and product keep the stamp they had. */
async function editedUnseen(admin: Api, { market }: Filled): Promise<Made> {
  const people = await allOf<{ id: string; addresses: { id: string }[] }>(
    admin,
    'customers',
    'id,*addresses',
  )
  const some = people.filter(({ addresses }) => addresses.length > 0).slice(20, 26)
  for (const [i, { id, addresses }] of some.entries()) {
    const change = { city: `Lund ${i}`, is_default_shipping: i % 2 === 0, country_code: 'dk' }
    await admin.post(`/admin/customers/${id}/addresses/${addresses.at(-1)?.id}`, change)
  }
  await done(admin, market, { payment: 'authorized', deed: 'capture', nth: 0 })
  const products = await allOf<{ id: string; variants: { id: string }[] }>(
    admin,
    'products',
    'id,*variants',
  )
  const priced = products.slice(10, 13)
  for (const { id, variants } of priced) {
    const prices = [{ currency_code: 'sek', amount: 123.4 }]
    await admin.post(`/admin/products/${id}/variants/${variants[0]?.id}`, { prices })
  }
  return { addresses: some.length, captures: 1, prices: priced.length }
}

async function deleted(admin: Api, { customers }: Filled): Promise<Made> {
  // Among them buyers whose orders stay.
  const people = customers.slice(0, 6)
  const products = (await idsOf(admin, 'products')).slice(0, 3)
  for (const id of people) await admin.delete(`/admin/customers/${id}`)
  for (const id of products) await admin.delete(`/admin/products/${id}`)
  return { customers: people.length, products: products.length }
}

async function idsOf(admin: Api, name: string): Promise<string[]> {
  return (await allOf<{ id: string }>(admin, name, 'id')).map(({ id }) => id)
}

/** Does something with the nth order that is paid so far and no further. */
async function done(
  admin: Api,
  market: Market,
  { payment, deed, nth }: { payment: string; deed: Deed; nth: number },
) {
  const fields = 'id,status,payment_status,fulfillment_status'
  const orders = await allOf<Standing>(admin, 'orders', fields)
  const fitting = orders.filter(
    (one) =>
      one.status === 'pending' &&
      one.payment_status === payment &&
      one.fulfillment_status === 'not_fulfilled',
  )
  const found = fitting[nth]
  if (!found) throw new Fault(`medusa: no ${payment} order is left to ${deed}: try --orders 60`)
  await deeds[deed](admin, await boughtAs(admin, found.id), market)
}

interface Standing {
  readonly id: string
  readonly status: string
  readonly payment_status: string
  readonly fulfillment_status: string
}
