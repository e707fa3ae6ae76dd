// Furrow's worker, which processes what was delivered until it is let go.
import { startWorker } from '../../src/ingest/worker.ts'
import { stripe } from '../../src/partners/stripe/index.ts'
import { openDatabase } from '../../src/store/database.ts'
import { masterKeysFrom } from '../../src/store/seal.ts'
import { answerAs } from '../side.ts'

const faults: unknown[] = []
const note = (facts: object) => void faults.push(facts)

answerAs({
  async work({ url, masterKey }: { url: string; masterKey: string }) {
    const db = await openDatabase({ url })
    const log = { info: () => undefined, warn: note, error: note }
    await startWorker({ db, url, keys: masterKeysFrom(masterKey), partners: [stripe], log })
  },
  /** What went wrong so far. */
  async faults() {
    return faults.map((one) => JSON.stringify(one)).slice(0, 5)
  },
})
