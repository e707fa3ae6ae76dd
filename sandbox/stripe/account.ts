// One Stripe account: the world written down in Stripe's format, list by list, as it happens.

import type { Kind, Thing } from '../world/entities.ts'
import { DAY, SECOND } from '../world/sim.ts'
import { createWorld, type WorldOptions } from '../world.ts'
import { businessAccount, externalAccounts } from './business.ts'
import { type EventData, eventsFor } from './events.ts'
import { ids } from './ids.ts'
import type { Entry, Ledger } from './ledger.ts'
import { render } from './render/render.ts'
import { createTables, type Tables } from './tables.ts'
import { API_VERSION, type StripeObject, seconds } from './types.ts'

export const EVENT_DAYS = 30

export type Account = Ledger & {
  tables: Tables
  business: StripeObject
  advanceTo: (time: number) => void
  // Adds an event by hand, for something that is in no list.
  tell: (event: EventData) => StripeObject
  // Told every event as it is made.
  heard: ((event: StripeObject) => void)[]
}

export function createAccount(options: WorldOptions & { livemode: boolean }): Account {
  const account = createEmptyAccount(options)
  account.advanceTo(account.world.epoch)
  return account
}

// Before anything happened: with the seller's own account, and empty lists.
export function createEmptyAccount(options: WorldOptions & { livemode: boolean }): Account {
  const { livemode } = options
  const seed = `${options.seed} ${livemode ? 'live' : 'test'}`
  const id = ids(`stripe ${seed}`)
  const tables = createTables()
  const world = createWorld({ people: options.seed, ...options, seed })
  const ledger = { world, livemode, accountId: id('account', 'self'), id }
  const book: Book = { ledger, tables, unwritten: null, heard: [] }
  world.listen(({ verb, subject }) => {
    if (book.unwritten) book.unwritten.add(subject)
    else write(book, verb, subject)
  })
  for (const object of externalAccounts(ledger)) {
    const created = seconds(world.start)
    tables.external_accounts.put({ object, created, facts: {}, deleted: false })
  }
  return {
    ...ledger,
    tables,
    business: businessAccount(ledger),
    advanceTo: (time) => advance(book, time),
    tell: (event) => record(book, event),
    heard: book.heard,
  }
}

// What happens before the events that will be kept needs no event, so each thing is written down
// once, as it is at the end of that time.
function advance(book: Book, time: number): void {
  const { world } = book.ledger
  const eventsStart = time - EVENT_DAYS * DAY
  if (world.now() < eventsStart) {
    const unwritten = new Set<Thing>()
    book.unwritten = unwritten
    world.advanceTo(eventsStart - SECOND)
    book.unwritten = null
    for (const thing of unwritten) write(book, 'silent', thing)
  }
  world.advanceTo(time)
  book.tables.events.dropBefore(seconds(eventsStart))
}

type Book = {
  ledger: Ledger
  tables: Tables
  unwritten: Set<Thing> | null
  heard: Account['heard']
}

function write(book: Book, verb: string, subject: Thing): void {
  for (const entry of render(book.ledger, subject)) put(book, verb, entry)
  for (const other of shownElsewhere(book.ledger, subject)) {
    for (const entry of render(book.ledger, other)) put(book, 'silent', entry)
  }
}

function put(book: Book, verb: string, entry: Entry): void {
  const { tables } = book
  const { table, object, created, facts = {}, deleted = false } = entry
  const before = tables[table].get(object.id)?.object
  tables[table].put({ object, created, facts, deleted })
  for (const event of eventsFor(table, verb, { object, before })) record(book, event)
}

function record(book: Book, { type, data }: EventData): StripeObject {
  const { ledger, tables } = book
  const created = seconds(ledger.world.now())
  const object = {
    id: eventId(book, `${type} ${ledger.world.now()} ${data.object.id}`),
    object: 'event',
    api_version: API_VERSION,
    created,
    data,
    livemode: ledger.livemode,
    pending_webhooks: 0,
    request: { id: null, idempotency_key: null },
    type,
  }
  tables.events.put({ object, created, facts: {}, deleted: false })
  for (const hear of book.heard) hear(object)
  return object
}

function eventId(book: Book, key: string): string {
  const id = book.ledger.id('event', key)
  // Told twice within one second.
  return book.tables.events.get(id) ? eventId(book, `${key}+`) : id
}

// Things that change in an object although nothing is told of that object: a dispute shows its
// movements, a customer the number of its next invoice.
const SHOWN_ELSEWHERE: Partial<Record<Kind, (ledger: Ledger, thing: Thing) => Thing[]>> = {
  movement: ({ world }, thing) => {
    if (thing.kind !== 'movement' || thing.source.kind !== 'dispute') return []
    return [world.get('dispute', thing.source.key)]
  },
  invoice: ({ world }, thing) => {
    return thing.kind === 'invoice' ? [world.get('buyer', thing.buyer)] : []
  },
}

function shownElsewhere(ledger: Ledger, thing: Thing): Thing[] {
  return SHOWN_ELSEWHERE[thing.kind]?.(ledger, thing) ?? []
}
