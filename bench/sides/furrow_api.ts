// Furrow's API in a process of its own.
import { newApi } from '../../src/api/server.ts'
import { openDatabase } from '../../src/store/database.ts'
import { answerAs } from '../side.ts'

answerAs({
  /** Serves a database; answers are kept unless `cacheBytes` is 0. Gives the url. */
  async serve({ url, cacheBytes }: { url: string; cacheBytes?: number }) {
    const db = await openDatabase({ url })
    const kept = cacheBytes === undefined ? {} : { cacheBytes }
    // The limit for one key is a policy, and here one key asks for everything.
    const app = newApi({ db, version: 'bench', requestsPerMinute: 0, ...kept })
    return app.listen({ host: '127.0.0.1', port: 0 })
  },
  /** The most memory the process ever had, in MiB: the kernel keeps it in KiB. */
  memory: async () => process.resourceUsage().maxRSS / 1024,
})
