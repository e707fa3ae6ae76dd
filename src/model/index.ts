import { billing_invoice, billing_invoice_line_item } from './billing_invoice.ts'
import { customer } from './customer.ts'
import { dispute } from './dispute.ts'
import { external_account } from './external_account.ts'
import { invoice } from './invoice.ts'
import { ledger_account } from './ledger_account.ts'
import type { ObjectType } from './object.ts'
import { order } from './order.ts'
import { partner_account_connection } from './partner_account_connection.ts'
import { payment } from './payment.ts'
import { product } from './product.ts'
import { settlement } from './settlement.ts'
import { subscription } from './subscription.ts'
import { transaction } from './transaction.ts'

/** The core model, in the order pages list it. */
export const model = {
  customer,
  payment,
  transaction,
  settlement,
  dispute,
  external_account,
  subscription,
  order,
  product,
  invoice,
  billing_invoice,
  billing_invoice_line_item,
  ledger_account,
  partner_account_connection,
} as const satisfies Record<string, ObjectType>

export type ObjectName = keyof typeof model
export const objectTypes: readonly ObjectType[] = Object.values(model)

/** Objects that partners report, each with a table of records of its own. */
export const recordTypes: readonly ObjectType[] = objectTypes.filter((type) => type.fromPartner)

/** An object by its name. Throws on an unknown one, which is a defect of the caller. */
export function objectNamed(name: string): ObjectType {
  const type = (model as Record<string, ObjectType>)[name]
  if (!type) throw new Error(`no object named ${name} in the model`)
  return type
}

const byPrefix = new Map(objectTypes.map((type) => [type.prefix, type]))

/** The object an id belongs to, told by its prefix; null for an id that is not ours. */
export function objectOfId(id: string): ObjectType | null {
  return byPrefix.get(id.slice(0, id.lastIndexOf('_'))) ?? null
}

/** The parts of a list id; null for what is not one. */
export function readListId(
  id: string,
): { owner: ObjectType; target: ObjectType; ownerId: string } | null {
  const match = /^list_([a-z]+)_([a-z]+)_([0-9a-f]+)$/.exec(id)
  const owner = byPrefix.get(match?.[1] ?? '')
  const target = byPrefix.get(match?.[2] ?? '')
  if (!match || !owner || !target) return null
  return { owner, target, ownerId: `${owner.prefix}_${match[3]}` }
}
