import { Fault } from '../../../src/cli/fault.ts'
import type { Place } from '../process.ts'
import type { Made, Round } from '../shop.ts'
import { type Api, allOf } from './api.ts'
import { type Bought, deeds, fillOrders } from './orders.ts'
import type { VendureServer } from './server.ts'

const failed = '...on ErrorResult{errorCode message}'

/** First what moves a stamp, then what is only seen when all is read anew, and what is gone. */
export function vendureRounds(place: Place, server: VendureServer): readonly Round[] {
  const { admin } = server
  return [
    { name: 'edits', full: false, make: () => edited(place, server) },
    { name: 'edits that move no stamp', full: true, make: () => editedUnseen(admin) },
    { name: 'deletions', full: true, make: () => deleted(admin) },
  ]
}

async function edited(place: Place, server: VendureServer): Promise<Made> {
  const { admin } = server
  const customers = await idsOf(admin, 'customers', 'CustomerListOptions')
  for (const [i, id] of customers.slice(10, 22).entries()) {
    await changed(admin, 'Customer', changeOf(id, i))
  }
  const products = await idsOf(admin, 'products', 'ProductListOptions')
  const translations = [{ languageCode: 'en', name: 'Crème brûlée “deluxe” 🍮' }]
  await changed(admin, 'Product', { id: products[4], translations })
  await changed(admin, 'Product', { id: products[5], enabled: false })
  const orders = await boughtIn(admin)
  const waiting = orders.filter(({ state }) => state === 'PaymentAuthorized')
  const settled = orders.filter(({ state }) => state === 'PaymentSettled')
  await deeds.settle(admin, first(waiting))
  await deeds.cancel(admin, first(waiting.slice(1)))
  await deeds.ship(admin, first(settled))
  await fillOrders(place, server, 4)
  return { customers: 12, products: 2, orders: 3, 'new orders': 4 }
}

/** Names, e-mail addresses and telephone numbers in turn. */
function changeOf(id: string, i: number) {
  if (i % 3 === 0) return { id, firstName: 'Zoë', lastName: `Nguyễn-Ødegård ${i}` }
  if (i % 3 === 1) return { id, emailAddress: `changed.${i}@example.test` }
  return { id, phoneNumber: `+46 70 123 45 ${10 + i}` }
}

/** Addresses, refunds and prices: their customer, order and product keep the stamp they had. */
async function editedUnseen(admin: Api): Promise<Made> {
  const list = { name: 'customers', options: 'CustomerListOptions', fields: 'id addresses{id}' }
  const customers = await allOf<{ id: string; addresses: { id: string }[] }>(admin, list)
  const addresses = customers.flatMap((one) => one.addresses.map(({ id }) => id)).slice(30, 36)
  for (const [i, id] of addresses.entries()) {
    const input = { id, city: `Malmö ${i}`, postalCode: '211 34', countryCode: 'SE' }
    const marks = i % 2 === 0 ? { defaultShippingAddress: true, phoneNumber: '+46 40 1' } : {}
    await admin.ask(
      'mutation($input:UpdateAddressInput!){updateCustomerAddress(input:$input){id}}',
      { input: { ...input, ...marks } },
    )
  }
  const settled = (await boughtIn(admin)).filter(
    ({ state, given }) => state === 'PaymentSettled' && given === 0,
  )
  await deeds['refund whole'](admin, first(settled))
  await deeds['refund part'](admin, first(settled.slice(1)))
  const variants = await idsOf(admin, 'productVariants', 'ProductVariantListOptions')
  const input = variants.slice(20, 23).map((id) => ({ id, price: 12_345 }))
  await admin.ask(
    'mutation($input:[UpdateProductVariantInput!]!){updateProductVariants(input:$input){id}}',
    { input },
  )
  return { addresses: addresses.length, refunds: 2, prices: input.length }
}

async function deleted(admin: Api): Promise<Made> {
  const customers = await idsOf(admin, 'customers', 'CustomerListOptions')
  const products = await idsOf(admin, 'products', 'ProductListOptions')
  const gone = {
    customers: [...customers.slice(0, 5), ...customers.slice(-2)],
    products: products.slice(7, 10),
  }
  const remove = async (what: string, id: string) => {
    const answer = await admin.ask<{ done: { result: string; message: string | null } }>(
      `mutation{done:delete${what}(id:${id}){result message}}`,
    )
    if (answer.done.result !== 'DELETED') throw new Fault(`vendure: delete: ${answer.done.message}`)
  }
  for (const id of gone.customers) await remove('Customer', id)
  for (const id of gone.products) await remove('Product', id)
  return { customers: gone.customers.length, products: gone.products.length }
}

async function changed(admin: Api, what: 'Customer' | 'Product', input: object) {
  const result = what === 'Customer' ? `__typename ${failed}` : 'id'
  await admin.ask(`mutation($input:Update${what}Input!){update${what}(input:$input){${result}}}`, {
    input,
  })
}

async function idsOf(admin: Api, name: string, options: string): Promise<string[]> {
  return (await allOf<{ id: string }>(admin, { name, options, fields: 'id' })).map(({ id }) => id)
}

interface Known extends Bought {
  readonly state: string
  /** How much of it was given back. */
  readonly given: number
}

async function boughtIn(admin: Api): Promise<Known[]> {
  const fields = `id state totalWithTax lines{id quantity} payments{id state refunds{total}}`
  const list = {
    name: 'orders',
    options: 'OrderListOptions',
    fields,
    filter: { active: { eq: false } },
  }
  const orders = await allOf<Theirs>(admin, list)
  return orders.map(({ payments, totalWithTax: total, ...order }) => {
    const used = payments.find(({ state }) => state === 'Authorized' || state === 'Settled')
    const given = (used?.refunds ?? []).reduce((sum, one) => sum + one.total, 0)
    return { ...order, total, payment: used?.id ?? '', given }
  })
}

interface Theirs extends Pick<Known, 'id' | 'state' | 'lines'> {
  readonly totalWithTax: number
  readonly payments: readonly {
    readonly id: string
    readonly state: string
    readonly refunds: readonly { readonly total: number }[]
  }[]
}

function first(orders: readonly Known[]): Known {
  const [one] = orders
  if (!one) throw new Fault('vendure: no order is left to be changed: ask for more with --orders')
  return one
}
