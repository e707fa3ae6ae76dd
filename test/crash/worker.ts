// One worker: reads one connection once, and ends itself at the moment it was told.
import { writeSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { withRun } from '../../src/ingest/open.ts'
import type { Moment } from '../../src/ingest/run.ts'
import { syncConnection } from '../../src/ingest/sync.ts'
import { partnerNamed } from '../../src/partners/index.ts'
import { findConnection } from '../../src/store/connection.ts'
import { type Database, type Executor, openDatabase } from '../../src/store/database.ts'
import { masterKeysFrom } from '../../src/store/seal.ts'
import { inPagesOf } from '../small_pages.ts'
import { moments, type Orders } from './life.ts'

// The supervisor writes the orders; nobody else starts this.
const orders = JSON.parse(process.env.CRASH_ORDERS ?? '') as Orders
const known = partnerNamed(orders.partner)
if (!known) throw new Error(`no partner ${orders.partner}`)
const partner = inPagesOf(known, orders.page_size)
const times = new Map<Moment, number>(moments.map((moment) => [moment, 0]))

function at(moment: Moment) {
  const nth = (times.get(moment) ?? 0) + 1
  times.set(moment, nth)
  if (moment === orders.die?.at && nth >= orders.die.nth) process.kill(process.pid, 'SIGKILL')
}

const opened = await openDatabase({ url: orders.url, schema: orders.schema })
const db = telling(opened)
const connection = await findConnection(db, orders.ledgerAccountId, orders.connectionId)
if (!connection) throw new Error(`no connection ${orders.connectionId}`)
const keys = masterKeysFrom(orders.masterKey)
// Whoever is killed writes nothing at its end, and the next one would have to compile it all anew.
flushCompileCache()
say('ready')
const { failed } = await withRun({ db, keys, connection, partner, at }, syncConnection)
at('before ack')
const reasons = failed.map(({ stream, reason }) => `${stream}: ${reason}`)
say(`done ${JSON.stringify({ failed: reasons, moments: Object.fromEntries(times) })}`)
await opened.close()

/** Says which change each commit came to, once the database has acknowledged it. */
function telling(inner: Database): Database {
  return {
    ...inner,
    async transaction(work) {
      let seq: unknown = null
      const result = await inner.transaction((tx) => {
        const query: Executor['query'] = (sql, parameters, options) => {
          if (sql.startsWith('update feed set seq')) seq = parameters?.[1]
          return tx.query(sql, parameters, options)
        }
        return work({ query })
      })
      if (seq !== null) say(`acknowledged ${seq}`)
      return result
    },
  }
}

// A pipe's write waits in this process; what is said must be out before a kill.
function say(line: string) {
  writeSync(1, `${line}\n`)
}
