// One PayPal account: the world written down as a report, as disputes, invoices, subscriptions.
import type { Thing } from '../world/entities.ts'
import { token } from '../world/random.ts'
import { createWorld, type World, type WorldOptions } from '../world.ts'
import { type Json, payerToken } from './format.ts'
import { createReport, type Report } from './report.ts'
import { subscriberOf } from './subscription.ts'

export type AccountOptions = WorldOptions & { resultsMax?: number }

export type Account = {
  world: World
  merchant: string
  report: Report
  // What a search gives at most.
  resultsMax: number
  id: (kind: IdKind, key: string) => string
  payer: (buyer: string) => string
  // What an id is of: the world's own key.
  keyOf: (kind: IdKind | 'payer', id: string) => string | null
  // What a subscription keeps as it was: who signed up.
  subscribers: Map<string, Json>
  // When something was last touched, by kind and key.
  touched: Map<string, number>
  // Invoices and payment tokens that were deleted by hand.
  removed: Set<string>
  advanceTo: (time: number) => void
}

export type IdKind = keyof typeof IDS

const RESULTS_MAX = 10_000

export function createAccount({ resultsMax = RESULTS_MAX, ...options }: AccountOptions): Account {
  const seed = `${options.seed} paypal`
  // Every balance is in the currency that was paid: nothing is converted.
  const currencyFor = (code: string) => (code === 'gbp' ? 'usd' : code)
  const world = createWorld({ people: options.seed, currencyFor, ...options, seed })
  const ids = new Map<string, string>()
  const keys = new Map<string, string>()
  const remembered = (kind: IdKind | 'payer', key: string, make: () => string) => {
    const known = ids.get(`${kind} ${key}`)
    if (known !== undefined) return known
    const made = make()
    ids.set(`${kind} ${key}`, made)
    keys.set(`${kind} ${made}`, key)
    return made
  }
  const account: Omit<Account, 'report'> = {
    world,
    merchant: payerToken(seed, 'merchant'),
    resultsMax,
    id: (kind, key) => remembered(kind, key, () => IDS[kind](seed, key)),
    payer: (buyer) => remembered('payer', buyer, () => payerToken(seed, 'payer', buyer)),
    keyOf: (kind, id) => keys.get(`${kind} ${id}`) ?? null,
    subscribers: new Map(),
    touched: new Map(),
    removed: new Set(),
    advanceTo: (time) => world.advanceTo(time),
  }
  const whole: Account = { ...account, report: createReport(account) }
  world.listen(({ verb, subject }) => listen(whole, verb, subject))
  world.advanceTo(world.epoch)
  return whole
}

const upper = (length: number, seed: string, kind: string, key: string) =>
  token(length, seed, kind, key).toUpperCase()

const IDS = {
  transaction: (seed: string, key: string) => upper(17, seed, 'transaction', key),
  subscription: (seed: string, key: string) => `I-${upper(12, seed, 'subscription', key)}`,
  plan: (seed: string, key: string) => `P-${upper(24, seed, 'plan', key)}`,
  product: (seed: string, key: string) => `PROD-${upper(17, seed, 'product', key)}`,
  dispute: (seed: string, key: string) =>
    `PP-R-${upper(3, seed, 'd', key)}-${upper(8, seed, 'dispute', key)}`,
  invoice: (seed: string, key: string) =>
    `INV2-${[1, 2, 3, 4].map((part) => upper(4, seed, `invoice ${part}`, key)).join('-')}`,
  token: (seed: string, key: string) => token(8, seed, 'token', key).toLowerCase(),
}

// Things that can be asked for by an id of their own.
const NAMED: Partial<Record<Thing['kind'], IdKind>> = {
  subscription: 'subscription',
  product: 'product',
  dispute: 'dispute',
  invoice: 'invoice',
  instrument: 'token',
}

function listen(account: Account, verb: string, subject: Thing): void {
  account.report.listen(verb, subject)
  if (subject.kind in NAMED) account.id(NAMED[subject.kind]!, subject.key)
  if (subject.kind === 'buyer') account.payer(subject.key)
  account.touched.set(`${subject.kind} ${subject.key}`, account.world.now())
  if (subject.kind === 'subscription' && !account.subscribers.has(subject.key)) {
    account.subscribers.set(subject.key, subscriberOf(account, subject))
  }
}
