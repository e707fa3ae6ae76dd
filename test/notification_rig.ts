import type { Answer as DoubleAnswer } from '../sandbox/partner.ts'
import { StripeRefusal } from '../sandbox/stripe/errors.ts'
import {
  createCharge,
  createCustomer,
  deleteCustomer,
  refundCharge,
  updateCharge,
  updateCustomer,
} from '../sandbox/stripe/hand.ts'
import { createStripe, type Stripe } from '../sandbox/stripe/partner.ts'
import type { StripeObject } from '../sandbox/stripe/types.ts'
import { streamNames } from '../src/connect/connect.ts'
import type { OpenedConnection } from '../src/connect/credential.ts'
import { processNotifications } from '../src/ingest/notified.ts'
import { withRun } from '../src/ingest/open.ts'
import type { Run } from '../src/ingest/run.ts'
import { recordTypes } from '../src/model/index.ts'
import { Gone, Rejected } from '../src/partners/errors.ts'
import { queryText } from '../src/partners/http_request.ts'
import type { Partner } from '../src/partners/partner.ts'
import type { ApiRequest } from '../src/partners/request.ts'
import { stripe } from '../src/partners/stripe/index.ts'
import { findConnection, saveConnection } from '../src/store/connection.ts'
import type { Database } from '../src/store/database.ts'
import { addNotifications } from '../src/store/notification.ts'
import { masterKeysFrom, newMasterKey } from '../src/store/seal.ts'
import { quoted } from '../src/store/table.ts'
import { newLedgerAccount } from './business.ts'
import type { Buyers } from './guest_links.ts'
import { inPagesOf } from './small_pages.ts'

/** Something that the seller or a buyer does; `who` and `which` choose among what there is. */
export interface Deed {
  readonly kind: 'customer' | 'rename' | 'delete' | 'charge' | 'refund' | 'describe'
  readonly who: number
  readonly email: number
}

/** Passed by every request: once before the partner reads, once before its answer arrives. */
export type Gate = (what: string) => Promise<void>

const open: Gate = async () => undefined

/** One small Stripe account in this process, and one connection that reads it. */
export interface Rig {
  /** A world in which nothing has happened, and a store that holds nothing. */
  readonly begin: () => Promise<void>
  /** Does something at the partner. Gives the events that tell of it. */
  readonly does: (deed: Deed) => readonly StripeObject[]
  /** Stores events as if they had been delivered; a mark makes them others than they were. */
  readonly delivers: (events: readonly StripeObject[], mark?: string) => Promise<void>
  readonly runs: <T>(work: (run: Run) => Promise<T>, gate?: Gate) => Promise<T>
  /** Processes what waits, and goes on as time goes by until nothing is tried any more. */
  readonly processes: (gate?: Gate) => Promise<void>
  /** Every record as it is served, without when and how we came to know of it. */
  readonly state: () => Promise<ReadonlyMap<string, string>>
  /** Forgets everything that was read. */
  readonly forgets: () => Promise<void>
  /** Who has bought without being a customer, and under which addresses the customers were known. */
  readonly buyers: () => Buyers
}

const emails = ['ada@example.com', 'bo@example.com', 'Cy@Example.com']
const seed = 7
const second_ms = 1_000
const page_size = 2

export async function newRig(db: Database, names: readonly string[]): Promise<Rig> {
  const ledgerAccountId = await newLedgerAccount(db)
  const keys = masterKeysFrom(newMasterKey())
  const streams = stripe.streams.filter(({ name }) => names.includes(name))
  const partner: Partner = inPagesOf({ ...stripe, streams }, page_size)
  let double = newDouble()
  const { accountId: partnerAccountId } = double.access
  const connectionId = await db.transaction((tx) =>
    saveConnection(tx, {
      ledgerAccountId,
      partnerSource: 'stripe',
      partnerAccountId,
      accountName: null,
      baseUrl: 'http://127.0.0.1',
      account_created_ms: 0,
      streams: streamNames(partner),
      now_ms: 0,
    }),
  )
  const of = { ledgerAccountId, connectionId }
  const told: StripeObject[] = []
  const guests = new Map<string, string>()
  const addresses = new Map<string, Set<string>>()
  let clock_ms = Date.now()
  let ahead_ms = 0
  const now = () => ++clock_ms + ahead_ms

  async function runs<T>(work: (run: Run) => Promise<T>, gate = open): Promise<T> {
    const connection = await findConnection(db, ledgerAccountId, connectionId)
    if (!connection) throw new Error('the connection is not there')
    const http = httpTo(double, { gate, now })
    return withRun({ db, keys, connection, partner, http, now }, work)
  }

  const forgets = () => db.script(statementsToForget(of))

  return {
    runs,
    forgets,
    async begin() {
      double = newDouble()
      double.account.heard.push((event) => told.push(event))
      told.length = 0
      guests.clear()
      addresses.clear()
      remember(double, { guests, addresses })
      ahead_ms = 0
      await forgets()
    },
    does(deed) {
      double.advanceTo(double.now() + second_ms)
      perform(double, deed)
      remember(double, { guests, addresses })
      return told.splice(0)
    },
    async delivers(events, mark = '') {
      const arrived = events.map((event) => ({
        connectionId,
        eventId: `${event.id}${mark}`,
        payload: JSON.stringify(event),
      }))
      if (arrived.length > 0)
        await addNotifications(db, { ledgerAccountId, now_ms: now() }, arrived)
    },
    async processes(gate) {
      await runs(processNotifications, gate)
      while (await waits(db, of)) {
        ahead_ms += 1000 * second_ms
        await runs(processNotifications, gate)
      }
      ahead_ms = 0
    },
    state: () => stateOf(db, ledgerAccountId),
    buyers: () => ({ guests, addresses }),
  }
}

interface Memory {
  readonly guests: Map<string, string>
  readonly addresses: Map<string, Set<string>>
}

function remember({ account }: Stripe, { guests, addresses }: Memory) {
  for (const { object } of account.tables.customers.rows) {
    const known = addresses.get(object.id) ?? new Set()
    addresses.set(object.id, known.add(String(object.email).toLowerCase()))
  }
  for (const { object } of account.tables.charges.rows) {
    const { customer, payment_intent, billing_details } = object as unknown as Charge
    if (customer !== null || !billing_details.email) continue
    for (const id of [object.id, payment_intent]) {
      if (id !== null) guests.set(id, billing_details.email.toLowerCase())
    }
  }
}

interface Charge {
  readonly customer: string | null
  readonly payment_intent: string | null
  readonly billing_details: { readonly email: string | null }
}

function newDouble(): Stripe {
  return createStripe({ seed, buyers: 1, idle: true })
}

async function waits(
  db: Database,
  { ledgerAccountId }: { ledgerAccountId: string },
): Promise<boolean> {
  const rows = await db.query(
    'select 1 from notification where ledger_account_id = $1 and due_date is not null limit 1',
    [ledgerAccountId],
  )
  return rows.length > 0
}

interface Wire {
  readonly gate: Gate
  readonly now: () => number
}

/** The partner's HTTP, without the wire: what the simulated partner answers, as it would arrive. */
function httpTo(double: Stripe, { gate, now }: Wire): OpenedConnection {
  const headers = { authorization: `Bearer ${double.access.credential.api_key}` }
  const send: OpenedConnection['send'] = async (request) => {
    const started_ms = now()
    await gate(`asked ${request.path}`)
    const answer = double.answer({ ...askedOf(request), headers })
    const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body)
    await gate(`answered ${request.path}`)
    if (answer.status >= 400) throw refusal(request, answer)
    return { status: answer.status, headers: {}, body: JSON.parse(text), started_ms, date_ms: null }
  }
  return {
    send,
    account: async () => ({ facts: {}, date_ms: null }),
    download: () => {
      throw new Error('no file is read here')
    },
    close: async () => undefined,
  }
}

function askedOf({ path, query }: ApiRequest) {
  return { method: 'GET', path, query: queryText(query).slice(1), body: '' }
}

function refusal({ path }: ApiRequest, { status, body }: DoubleAnswer): Error {
  const text = `${path}: ${status} ${JSON.stringify(body)}`
  return status === 404 ? new Gone(text) : new Rejected(status, null, text)
}

function perform({ account }: Stripe, { kind, who, email: at }: Deed) {
  const email = emails[at % emails.length] ?? ''
  const { customers, charges } = account.tables
  const customer = chosen(customers, who)
  const charge = chosen(charges, who)
  if (kind === 'customer') {
    createCustomer(account, { name: `N${who}`, email, with_card: who % 2 === 0 })
  }
  if (kind === 'rename' && customer) updateCustomer(account, customer, { name: `R${who}`, email })
  if (kind === 'delete' && customer) deleteCustomer(account, customer)
  if (kind === 'charge') {
    const guest = { billing_details: { email, name: 'Gus' } }
    const whose = customer && who % 3 > 0 ? { customer } : guest
    createCharge(account, { amount: 500 + who, currency: 'eur', bare: who % 2 === 0, ...whose })
  }
  if (kind === 'refund' && charge) refundOne(account, charge)
  if (kind === 'describe' && charge) updateCharge(account, charge, { description: `D${who}` })
}

/** What was given back already, or never taken, cannot be. */
function refundOne(account: Stripe['account'], charge: string) {
  try {
    refundCharge(account, charge, { amount: 1 })
  } catch (refused) {
    if (!(refused instanceof StripeRefusal)) throw refused
  }
}

function chosen({ rows }: Stripe['account']['tables']['customers'], who: number): string | null {
  const living = rows.filter(({ deleted }) => !deleted)
  return living.length === 0 ? null : (living[who % living.length]?.object.id ?? null)
}

const kept = ['notification', 'change', 'history', 'rejected', 'segment']

function statementsToForget({ ledgerAccountId, connectionId }: Of): string {
  const own = `where ledger_account_id = '${ledgerAccountId}'`
  const tables = [...kept, ...recordTypes.map(({ name }) => quoted(name))]
  return [
    ...tables.map((table) => `delete from ${table} ${own}`),
    `update stream set watermark_ms = null, horizon_ms = null, verified_ms = null, seen = 0,
       last_success = null, last_full_verification = null ${own}
       and partner_account_connection_id = '${connectionId}'`,
  ].join(';\n')
}

interface Of {
  readonly ledgerAccountId: string
  readonly connectionId: string
}

/** How and when we came to know of something is no part of what is known. */
const ours = /"(modifiedDate|deletedDate|deletionEvidence)":(null|"[^"]*")/g

async function stateOf(db: Database, ledgerAccountId: string) {
  const state = new Map<string, string>()
  for (const { name } of recordTypes) {
    const rows = await db.query<{ id: string; record: string }>(
      `select id, record from ${quoted(name)} where ledger_account_id = $1 order by id`,
      [ledgerAccountId],
    )
    for (const { id, record } of rows) state.set(id, record.replaceAll(ours, '"$1":null'))
  }
  return state
}
