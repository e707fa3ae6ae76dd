import { token } from '../world/random.ts'

// Prefix and length of the rest, as Stripe writes them.
const SHAPES = {
  account: ['acct_1', 15],
  customer: ['cus_', 14],
  payment_method: ['pm_1', 23],
  card: ['card_1', 23],
  bank_account: ['ba_1', 23],
  source: ['src_1', 23],
  payment_intent: ['pi_3', 23],
  charge: ['ch_3', 23],
  bare_charge: ['ch_1', 23],
  payment: ['py_3', 23],
  refund: ['re_3', 23],
  payment_refund: ['pyr_3', 23],
  balance_transaction: ['txn_3', 23],
  payout: ['po_1', 23],
  dispute: ['du_1', 23],
  invoice: ['in_1', 23],
  line_item: ['il_1', 23],
  subscription: ['sub_1', 23],
  subscription_item: ['si_', 14],
  product: ['prod_', 14],
  price: ['price_1', 23],
  event: ['evt_1', 23],
} as const

export type IdKind = keyof typeof SHAPES
export type IdOf = (kind: IdKind, key: string) => string

// An id is a pure function of the account's salt, the kind and the thing's key in the world.
export function ids(salt: string): IdOf {
  const known = new Map<string, string>()
  return (kind, key) => {
    const name = `${kind} ${key}`
    let id = known.get(name)
    if (id === undefined) {
      const [prefix, length] = SHAPES[kind]
      id = prefix + token(length, salt, name)
      known.set(name, id)
    }
    return id
  }
}
