// Furrow's worker, over a number of connections that another process made.
import { startWorker } from '../../src/ingest/worker.ts'
import { stripe } from '../../src/partners/stripe/index.ts'
import { openDatabase } from '../../src/store/database.ts'
import { masterKeysFrom } from '../../src/store/seal.ts'
import { answerAs } from '../side.ts'

export interface Work {
  readonly url: string
  readonly masterKey: string
  /** Connections by id, with their ledger account. */
  readonly accounts: { readonly [connection: string]: string }
  /** Syncs to be done in all; connections are read again and again until then. */
  readonly syncs: number
}

answerAs({
  /** Lets the worker find and read everything that is due. Gives its peak memory in MiB. */
  async work({ url, masterKey, accounts, syncs }: Work): Promise<number> {
    const db = await openDatabase({ url })
    const done = newCounter(syncs)
    const again = Object.keys(accounts).length < syncs
    const worker = await startWorker({
      db,
      url,
      keys: masterKeysFrom(masterKey),
      partners: [stripe],
      log: {
        info(facts) {
          const { connection } = facts as { connection?: string }
          if (connection === undefined) return
          done.one()
          if (!again) return
          const ledgerAccountId = accounts[connection] ?? ''
          const read = { id: connection, ledgerAccountId, partnerSource: stripe.name }
          worker.requestSync(read).catch(done.failed)
        },
        // That connections wait long, and are called stale, is no failure.
        warn: (facts) => 'failed' in facts && done.failed(new Error(JSON.stringify(facts))),
        error: ({ err }: { err?: Error }) => done.failed(err ?? new Error('the worker failed')),
      },
    })
    await done.all
    const peak = process.resourceUsage().maxRSS / 1024
    await worker.stop()
    await db.close()
    return peak
  },
})

function newCounter(wanted: number) {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  let count = 0
  return {
    all: promise,
    one() {
      count += 1
      if (count === wanted) resolve()
    },
    failed: reject,
  }
}
