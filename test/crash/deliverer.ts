// One process that delivers events, and ends itself at the moment it was told.
import { writeSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import type { Moment } from '../../src/events/deliver.ts'
import { newDeliveries } from '../../src/events/deliveries.ts'
import { newSender } from '../../src/events/send.ts'
import { openDatabase } from '../../src/store/database.ts'
import { masterKeysFrom } from '../../src/store/seal.ts'

/** What a process is told when it is started. */
export interface DelivererOrders {
  readonly url: string
  readonly schema: string
  readonly masterKey: string
  readonly lease_ms: number
  /** Ends itself at this moment, the nth time it comes. */
  readonly die: { readonly at: Moment; readonly nth: number } | null
}

// The supervisor writes the orders; nobody else starts this.
const orders = JSON.parse(process.env.CRASH_ORDERS ?? '') as DelivererOrders
const times = new Map<Moment, number>()

function at(moment: Moment) {
  const nth = (times.get(moment) ?? 0) + 1
  times.set(moment, nth)
  if (moment === orders.die?.at && nth >= orders.die.nth) process.kill(process.pid, 'SIGKILL')
}

const say = (line: string) => writeSync(1, `${line}\n`)
const fail = (facts: object, message: string) => {
  const { err } = facts as { err?: Error }
  writeSync(2, `${message} ${err?.stack ?? JSON.stringify(facts)}\n`)
}

const db = await openDatabase({ url: orders.url, schema: orders.schema })
const deliveries = newDeliveries({
  db,
  keys: masterKeysFrom(orders.masterKey),
  sender: newSender({ loopback: true }),
  log: { info: () => undefined, warn: fail, error: fail },
  lease_ms: orders.lease_ms,
  at,
})
flushCompileCache()
deliveries.start()
say('ready')
