import { objectTypes } from '../src/model/index.ts'
import { listId } from '../src/model/object.ts'
import type { Promised } from './contract.ts'
import type { Ids } from './filled.ts'
import type { Shop } from './world.ts'

/** Stands in every text of the victim's records. */
export const canary = 'CANARY'

export interface Victim {
  readonly shop: Shop
  readonly ids: Ids
  readonly keyId: string
  /** Cursors of the victim's own lists, by operation. */
  readonly cursors: ReadonlyMap<string, string>
}

/** One request that an attacker sends, and what stands in it that is the victim's. */
export interface Attack {
  readonly name: string
  readonly one: Promised
  readonly url: string
  readonly body?: unknown
}

/** Every way to put the victim's ids into an operation's inputs. */
export function attacksOn(one: Promised, victim: Victim, own: Ids): Attack[] {
  const { ids } = victim
  return [...byPath(one, victim), ...byQuery(one, victim, own), ...byBody(one, ids, own)]
}

function byPath(one: Promised, { ids, keyId }: Victim): Attack[] {
  if (!one.path.includes('{id}')) return []
  const body = one.body ? { body: one.body.example } : {}
  const targets = [
    ids[collectionOf(one)] ?? ids.customer,
    ids.ledger_account,
    ids.payment,
    keyId,
    ...listIdsOf(ids),
  ]
  return targets
    .flatMap((id) => (id ? [id] : []))
    .map((id) => ({
      name: `path ${id}`,
      one,
      url: one.path.replace('{id}', id),
      ...body,
    }))
}

/** The name under which the ids of what a path is about are kept. */
function collectionOf({ path }: Promised): string {
  const plural = path.split('/')[2] ?? ''
  return objectTypes.find((type) => type.plural === plural)?.name ?? plural
}

function listIdsOf(ids: Ids): string[] {
  return objectTypes.flatMap((owner) =>
    Object.values(owner.attributes).flatMap((kind) => {
      const target = objectTypes.find((type) => kind.back && kind.targets[0] === type.name)
      const id = ids[owner.name]
      return target && id ? [listId(owner, target, id)] : []
    }),
  )
}

const values: { readonly [name: string]: (victim: Victim, one: Promised) => readonly string[] } = {
  institutionAccountId: () => [`${canary}-merchant`],
  partnerRecordId: () => [`${canary}customer_0`, `${canary}payment_0`],
  account_id: ({ shop }) => [shop.partnerAccountId],
  cursor: ({ cursors }, one) => [...cursors].filter(([id]) => id === one.id).map(([, c]) => c),
  email: () => [`${canary} ada@example.com`],
  name: () => [`${canary} Ada Åkerström`],
  'name[prefix]': () => [canary, canary.toLowerCase()],
}

function byQuery(one: Promised, victim: Victim, own: Ids): Attack[] {
  if (one.method !== 'GET') return []
  const path = pathOf(one, own)
  const names = one.parameters.filter((parameter) => parameter.in === 'query')
  const attacks = names.flatMap(({ name, schema }) => {
    const known = values[name]?.(victim, one)
    const item = (schema.items ?? schema) as { type?: string; format?: string; enum?: unknown }
    const takesIds = item.type === 'string' && !item.format && !item.enum
    const some = [victim.ids.ledger_account, victim.ids.customer, victim.ids.payment]
    const given = known ?? (takesIds ? some.map(String) : [])
    return given.map((value) => ({
      name: `query ${name}=${value}`,
      one,
      url: `${path}?${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
    }))
  })
  return [...attacks, ...byExpansion(one, path), { name: 'plain', one, url: path }]
}

/** Links of the attacker's own records lead nowhere but to the attacker's own. */
function byExpansion(one: Promised, path: string): Attack[] {
  const expand = one.parameters.find(({ name }) => name === 'expand[]')
  const names = (expand?.schema.items as { examples?: readonly string[] } | undefined)?.examples
  if (!names) return []
  const query = names.map((name) => `expand[]=${name}`).join('&')
  return [{ name: `expand ${names.join()}`, one, url: `${path}?${query}` }]
}

function byBody(one: Promised, ids: Ids, own: Ids): Attack[] {
  if (!one.body) return []
  const account = one.path.startsWith('/v1') ? 'ledger_id' : 'ledgerAccountId'
  const plain = one.body.example as { readonly [name: string]: unknown }
  const url = pathOf(one, own)
  const names = Object.keys((one.body.schema.properties ?? {}) as object)
  const bodies = [{ ...plain, [account]: ids.ledger_account }]
  if (names.includes('ledgerAccountIds')) {
    bodies.push({ ...plain, ledgerAccountIds: [ids.ledger_account] })
  }
  // Another institution may call a business of its own the same.
  if (names.includes(account)) {
    bodies.push({ ...plain, [account]: undefined, institutionAccountId: `${canary}-merchant` })
  }
  return bodies.map((body) => ({ name: `body ${JSON.stringify(body)}`, one, url, body }))
}

/** The path of an operation with ids in it. */
export function pathOf(one: Promised, ids: Ids): string {
  return one.path.replace('{id}', ids[collectionOf(one)] ?? 'none').replace('{object}', 'customer')
}
