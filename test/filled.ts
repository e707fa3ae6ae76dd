import { recordExample } from '../src/api/example.ts'
import type { Fields, Kind } from '../src/model/field.ts'
import { objectNamed, recordTypes } from '../src/model/index.ts'
import { listId, type ObjectType } from '../src/model/object.ts'
import type { Parts, Shop } from './world.ts'

/** Ids of a shop's records, by object. */
export type Ids = { readonly [object: string]: string }

export interface FillOptions {
  /** Records of each object. */
  readonly count?: number
  /** Stands in every text of every record, so that a leak is seen. */
  readonly canary?: string
}

/** Saves records of every object, linked with each other. Gives the ids of the first of each. */
export async function fill(shop: Shop, { count = 3, canary }: FillOptions = {}): Promise<Ids> {
  const ids: Record<string, string> = {
    ledger_account: shop.ledgerAccountId,
    partner_account_connection: shop.connectionId,
  }
  const nameOf = (type: ObjectType, n: number) => `${canary ?? ''}${type.name}_${n}`
  for (const type of recordTypes) ids[type.name] = shop.idOf(type, nameOf(type, 0))
  for (const type of recordTypes) {
    const records = Array.from({ length: count }, (_, n): Parts => {
      const partnerRecordId = nameOf(type, n)
      const id = shop.idOf(type, partnerRecordId)
      const created_date = new Date(Date.UTC(2026, 0, 1 + n, 9)).toISOString()
      const own = linked(type.own, recordExample(type), { type, id, ids, canary })
      return { ...own, partnerRecordId, created_date }
    })
    await shop.put(type, records)
  }
  return ids
}

interface Linking {
  readonly type: ObjectType
  readonly id: string
  readonly ids: Ids
  readonly canary: string | undefined
}

function linked(fields: Fields, example: { readonly [name: string]: unknown }, how: Linking) {
  return Object.fromEntries(
    Object.entries(fields).map(([name, kind]) => [name, filledIn(kind, example[name], how)]),
  )
}

function filledIn(kind: Kind, example: unknown, how: Linking): unknown {
  const [target] = kind.targets
  if (target && kind.back) return listId(how.type, objectNamed(target), how.id)
  if (target) return how.ids[target]
  if (kind.parts && Array.isArray(example)) {
    return example.map((one) => linked(kind.parts ?? {}, one, how))
  }
  if (kind.parts) return linked(kind.parts, example as { [name: string]: unknown }, how)
  const free = ['string', 'email', 'url'].includes(kind.kind)
  return free && how.canary ? `${how.canary} ${example}` : example
}
