// Furrow's API in a process of its own, with the route that partners deliver to.
import pino from 'pino'
import { newApi } from '../../src/api/server.ts'
import { notificationPart } from '../../src/cli/notification_part.ts'
import { openRequests } from '../../src/ingest/worker.ts'
import { stripe } from '../../src/partners/stripe/index.ts'
import { openDatabase } from '../../src/store/database.ts'
import { masterKeysFrom } from '../../src/store/seal.ts'
import { answerAs } from '../side.ts'

answerAs({
  /** Serves a database; what it receives is left to workers. Gives the url. */
  async serve({ url, masterKey }: { url: string; masterKey: string }) {
    const db = await openDatabase({ url })
    const log = pino({ level: 'warn' }, pino.destination(2))
    const { wake } = await openRequests({ url, log, partners: [stripe] })
    const publicUrl = 'http://127.0.0.1'
    const part = { db, keys: masterKeysFrom(masterKey), log, wake, publicUrl }
    const app = newApi({
      db,
      version: 'bench',
      requestsPerMinute: 0,
      partnerSources: ['stripe'],
      notifications: notificationPart(part),
    })
    return app.listen({ host: '127.0.0.1', port: 0 })
  },
})
