// What a row of the report says of a sale: who paid, what for, where it goes.
import type { Buyer } from '../world/entities.ts'
import type { Charge, Payment } from '../world/sales.ts'
import type { Account } from './account.ts'
import { type Json, known, money, nameOf, phoneOf, plain, simpleAddress } from './format.ts'

type Bare = Omit<Account, 'report'>

export type Sale = {
  code: string
  info: Json
  rest: Json
  reference?: { type: 'SUB'; id: string }
}

export function boughtOf(account: Bare, charge: Charge): Sale {
  const { world } = account
  const payment = world.get('payment', charge.payment)
  const buyer = world.get('buyer', payment.buyer)
  const invoice = payment.invoice ? world.get('invoice', payment.invoice) : null
  const subscription = invoice?.subscription ?? null
  return {
    code: codeOf(payment, buyer, subscription),
    ...(subscription
      ? { reference: { type: 'SUB', id: account.id('subscription', subscription) } }
      : {}),
    info: known({
      transaction_subject: payment.description,
      invoice_id: /\d{4}$/.exec(payment.description ?? '')?.[0],
      instrument_type: buyer.guest ? 'CREDIT_CARD' : 'PAYPAL',
      instrument_sub_type: buyer.guest ? charge.instrument.brand.toUpperCase() : null,
    }),
    rest: {
      payer_info: payerInfo(account, buyer),
      shipping_info: shippingInfo(buyer),
      cart_info: cartInfo(account, payment, subscription ? null : payment.invoice),
    },
  }
}

function codeOf(payment: Payment, buyer: Buyer, subscription: string | null): string {
  if (subscription) return 'T0002'
  if (payment.invoice) return 'T0007'
  if (buyer.guest) return 'T0005'
  return payment.direct ? 'T0012' : 'T0006'
}

// Guests who pay by card have no account.
function payerInfo({ payer }: Bare, buyer: Buyer): Json {
  return known({
    account_id: buyer.guest ? null : payer(buyer.key),
    email_address: buyer.email,
    phone_number: phoneOf(buyer.phone),
    address_status: buyer.address ? 'Y' : 'N',
    payer_status: buyer.guest ? 'N' : 'Y',
    payer_name: nameOf(buyer),
    country_code: buyer.address?.country,
    address: simpleAddress(buyer.address),
  })
}

function shippingInfo({ shipping }: Buyer): Json {
  if (!shipping) return {}
  return known({
    name: plain(shipping.name.replace(' ', ', ')),
    method: 'Standard',
    address: simpleAddress(shipping.address),
  })
}

function cartInfo({ world, id }: Bare, payment: Payment, invoice: string | null): Json {
  const item_details = payment.items.map(({ price: key, quantity }) => {
    const price = world.get('price', key)
    const { name, key: product } = world.get('product', price.product)
    return {
      item_code: product,
      item_name: plain(name),
      item_quantity: String(quantity),
      item_unit_price: money(price.currency, price.amount),
      item_amount: money(price.currency, price.amount * quantity),
    }
  })
  return known({
    item_details: item_details.length === 0 ? null : item_details,
    paypal_invoice_id: invoice ? id('invoice', invoice) : null,
  })
}
