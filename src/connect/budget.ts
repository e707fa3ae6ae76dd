import { type Ledger, newLeasedBudget } from '../partners/lease.ts'
import type { Partner } from '../partners/partner.ts'
import { type Budget, newBudget } from '../partners/rate.ts'
import { forgetBudgets, grant, holdBudget } from '../store/budget.ts'
import type { Connection } from '../store/connection.ts'
import type { Database } from '../store/database.ts'
import { serverFacts } from '../store/installation.ts'

/** Budgets of partner accounts, each shared by all who ask that account. */
export interface Budgets {
  /** The budget of a connection's account, until it is given back. */
  readonly borrow: (of: Account, per_second: number) => Borrowed
}

export type Account = Pick<Connection, 'partnerSource' | 'partnerAccountId' | 'mode' | 'baseUrl'>

export interface Borrowed {
  readonly budget: Budget
  readonly giveBack: () => void
}

/** Budgets that nobody borrows are kept for a while: a new one would begin with a burst. */
const idle_ms = 10_000
const clock_look_ms = 60_000
const forget_after_ms = 24 * 3_600_000

const known = new WeakMap<Database, Budgets>()

/** The budgets of all who work on one database: in this process, on Postgres in every one. */
export function budgetsOf(db: Database): Budgets {
  const before = known.get(db)
  if (before) return before
  const made = newBudgets(db)
  known.set(db, made)
  return made
}

interface Kept {
  readonly ledger: Ledger
  /** By rate: another rate is another spacing of the same account's moments. */
  readonly budgets: Map<number, Budget>
  borrowers: number
  idle: NodeJS.Timeout | null
}

function newBudgets(db: Database): Budgets {
  const kept = new Map<string, Kept>()
  const clock = newClock(db)
  const ledgerOf = (account: string) =>
    db.engine === 'pglite' ? memoryLedger() : sharedLedger(db, account, clock)
  return {
    borrow(of, per_second) {
      const account = accountKey(of)
      const one = kept.get(account) ?? {
        ledger: ledgerOf(account),
        budgets: new Map(),
        borrowers: 0,
        idle: null,
      }
      kept.set(account, one)
      one.borrowers++
      if (one.idle) clearTimeout(one.idle)
      const budget = one.budgets.get(per_second) ?? budgetFor(per_second, one.ledger)
      one.budgets.set(per_second, budget)
      return { budget, giveBack: () => giveBack(kept, account, one) }
    },
  }
}

function giveBack(kept: Map<string, Kept>, key: string, one: Kept) {
  one.borrowers--
  if (one.borrowers > 0) return
  one.idle = setTimeout(() => kept.delete(key), idle_ms)
  one.idle.unref()
}

/** One account at a partner, as its rate sees it: not which ledger account connects it. */
function accountKey({ partnerSource, partnerAccountId, mode, baseUrl }: Account): string {
  return [partnerSource, mode, baseUrl ?? '', partnerAccountId].join(' ')
}

function budgetFor(per_second: number, ledger: Ledger): Budget {
  // Without a limit there is nothing to lease, only a hold to share.
  return per_second === Infinity ? newBudget() : newLeasedBudget({ per_second, ledger })
}

/** Of one process, where no second one can open the database. */
function memoryLedger(): Ledger {
  let granted_ms = 0
  let held_until_ms = 0
  return {
    async grant(span_ms) {
      const from_ms = Math.max(granted_ms, held_until_ms, Date.now())
      granted_ms = from_ms + span_ms
      return from_ms
    },
    async hold(until_ms) {
      held_until_ms = Math.max(held_until_ms, until_ms)
    },
  }
}

function sharedLedger(db: Database, account: string, clock: Clock): Ledger {
  return {
    async grant(span_ms) {
      const ahead_ms = await clock.ahead()
      const now_ms = Date.now() + ahead_ms
      return (await grant(db, { account, span_ms, now_ms })).from_ms - ahead_ms
    },
    async hold(until_ms) {
      await holdBudget(db, { account, until_ms: until_ms + (await clock.ahead()) })
    },
  }
}

interface Clock {
  /** How much later it is at the database than here, in milliseconds. */
  readonly ahead: () => Promise<number>
}

/** The database's clock is the one that all processes have in common. */
function newClock(db: Database): Clock {
  let looked_ms = Number.NEGATIVE_INFINITY
  let ahead: Promise<number> = Promise.resolve(0)
  return {
    ahead() {
      if (Date.now() - looked_ms < clock_look_ms) return ahead
      looked_ms = Date.now()
      const looking = difference(db)
      ahead = looking
      looking.catch(() => {
        looked_ms = Number.NEGATIVE_INFINITY
      })
      return looking
    },
  }
}

const clock_looks = 5

/** Of several looks the quickest; what lies within its own uncertainty is no difference. */
async function difference(db: Database): Promise<number> {
  let best = { took_ms: Number.POSITIVE_INFINITY, ahead_ms: 0 }
  for (let i = 0; i < clock_looks; i++) {
    const asked_ms = Date.now()
    const { clock_ms } = await serverFacts(db)
    const took_ms = Date.now() - asked_ms
    // The answer was made about half-way.
    const ahead_ms = clock_ms - (asked_ms + took_ms / 2)
    if (took_ms < best.took_ms) best = { took_ms, ahead_ms }
  }
  const { took_ms, ahead_ms } = best
  await forgetBudgets(db, Date.now() + ahead_ms - forget_after_ms)
  return Math.abs(ahead_ms) <= took_ms / 2 + 1 ? 0 : ahead_ms
}

/** Requests a second that a connection may send: the partner's own, or less. */
export function rateOf(partner: Partner, { per_second, mode, baseUrl }: Connection): number {
  // A simulated partner states its own limit by refusing; the real one's is documented.
  const limit = baseUrl === null ? partner.limits.per_second[mode] : Infinity
  return Math.min(limit, per_second ?? Infinity)
}
