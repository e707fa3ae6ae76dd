import { recordExample } from '../../src/api/example.ts'
import { newApi } from '../../src/api/server.ts'
import { buildConsole, builtConsole } from '../../src/cli/console.ts'
import { customer } from '../../src/model/customer.ts'
import { external_account } from '../../src/model/external_account.ts'
import type { Kind } from '../../src/model/field.ts'
import { recordTypes } from '../../src/model/index.ts'
import { listId, type ObjectType } from '../../src/model/object.ts'
import { payment } from '../../src/model/payment.ts'
import { settlement } from '../../src/model/settlement.ts'
import { transaction } from '../../src/model/transaction.ts'
import { partnerList } from '../../src/partners/index.ts'
import { createInstitution, createKey } from '../../src/store/api_key.ts'
import type { Database } from '../../src/store/database.ts'
import { newShop, type Parts, type Shop } from '../world.ts'

/** A server with a built console, and one business in it. */
export interface ConsoleWorld {
  readonly url: string
  readonly key: string
  readonly shop: Shop
  readonly close: () => Promise<void>
}

/** Builds the console where that has not been done, and serves it over a database. */
export async function consoleWorld(db: Database, name = 'Garden'): Promise<ConsoleWorld> {
  const folder = await newConsole()
  const institutionId = await createInstitution(db, { name: 'Bank', now_ms: Date.now() })
  const shop = await newShop(db, { institutionId, institutionAccountId: `${name} 1`, name })
  const scopes = ['read', 'write', 'admin'] as const
  const made = await createKey(db, { institutionId, mode: 'test', scopes, now_ms: Date.now() })
  const api = newApi({
    db,
    version: '0.0.0',
    console: folder,
    described: partnerList,
    partnerSources: partnerList.map((partner) => partner.name),
    eventLoopDelay_ms_max: 0,
  })
  const url = await api.listen({ host: '127.0.0.1', port: 0 })
  return { url, key: made.key, shop, close: () => api.close() }
}

/** The folder of a console that is as new as its sources. Throws where it cannot be built. */
export async function newConsole(): Promise<string> {
  const said: string[] = []
  await buildConsole((line) => said.push(line))
  const folder = builtConsole()
  if (folder === null) throw new Error(said.join('\n'))
  return folder
}

export interface Story {
  readonly buyer: string
  readonly payment: string
  readonly settlement: string
}

/** A buyer whose payment was settled: 20.00 less a fee of 0.55. */
export async function settledBuyer({ put, idOf }: Shop): Promise<Story> {
  const [payout = ''] = await put(settlement, [
    { partnerRecordId: 'po_1', amount: 1_945, currency: 'EUR', status: 'paid' },
  ])
  const [card = ''] = await put(external_account, [{ partnerRecordId: 'pm_1' }])
  const [buyer = ''] = await put(customer, [
    {
      partnerRecordId: 'cus_1',
      name: 'Ada Åkerström',
      email: 'ada@example.com',
      external_account_id: card,
    },
  ])
  const [movement = ''] = await put(transaction, [
    {
      partnerRecordId: 'txn_1',
      ...{ type: 'payment', amount: 2_000, fee: 55, net: 1_945, currency: 'EUR' },
      settlement_id: payout,
      ...{ source_object: 'payment', source_id: idOf(payment, 'ch_1') },
    },
  ])
  const [paid = ''] = await put(payment, [
    {
      partnerRecordId: 'ch_1',
      ...{ type: 'charge', status: 'succeeded', amount: 2_000, currency: 'EUR' },
      description: 'Ten tulip bulbs',
      customer_id: buyer,
      transaction: movement,
    },
  ])
  return { buyer, payment: paid, settlement: payout }
}

/** One record of every object, with a text in every attribute that can hold one. Gives their ids. */
export async function filledWith(shop: Shop, text: string): Promise<Map<ObjectType, string>> {
  const ids = new Map<ObjectType, string>()
  for (const type of recordTypes) {
    const parts = Object.fromEntries(
      Object.entries(type.attributes)
        .filter(([name]) => !kept.has(name))
        .map(([name, kind]) => [name, filled(kind, text, recordExample(type)[name])]),
    )
    const buyer = ids.get(customer)
    const own: Parts = {
      ...parts,
      partnerRecordId: text,
      ...('customer_id' in type.attributes && buyer ? { customer_id: buyer } : {}),
    }
    const [id = ''] = await shop.put(type, [withLists(type, own, shop)])
    ids.set(type, id)
  }
  return ids
}

/** What the store and the API rely on; no partner fills these in. */
const kept = new Set([
  'object',
  'id',
  'partnerSource',
  'ledgerAccountId',
  'partnerAccountConnectionId',
  'created_date',
  'modifiedDate',
  'recordState',
  'deletedDate',
  'deletionEvidence',
])

const texts: ReadonlySet<string> = new Set(['string', 'email', 'url'])

function filled(kind: Kind, text: string, example: unknown): unknown {
  if (texts.has(kind.kind)) return kind.kind === 'url' ? `javascript:${text}` : text
  if (kind.targets.length > 0) return null
  if (!kind.parts) return example
  const parts = Object.fromEntries(
    Object.entries(kind.parts).map(([name, part]) => [name, filled(part, text, part.example)]),
  )
  return kind.many ? [parts] : parts
}

/** Lists are named by ids computed from the record's own. */
function withLists(type: ObjectType, parts: Parts, shop: Shop): Parts {
  const id = shop.idOf(type, parts.partnerRecordId)
  const lists = Object.entries(type.attributes).filter(([, kind]) => kind.back)
  const named = lists.flatMap(([name, kind]) => {
    const target = recordTypes.find((one) => one.name === kind.targets[0])
    return target ? [[name, listId(type, target, id)]] : []
  })
  return { ...parts, ...Object.fromEntries(named) }
}
