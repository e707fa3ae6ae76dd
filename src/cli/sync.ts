import { openRequests } from '../ingest/worker.ts'
import { partnerList } from '../partners/index.ts'
import { openClient } from './client.ts'
import { connectionsIn, connectionsThrough, type KnownConnection } from './connections.ts'
import { directUrl, withDatabase } from './database.ts'
import { Fault } from './fault.ts'
import { newLog } from './log.ts'
import { printJson } from './output.ts'

interface SyncOptions {
  readonly data: string
  readonly stream?: readonly string[]
  readonly full?: boolean
  readonly json?: boolean
}

/** Asks for a sync now; workers do it. */
export async function run([id]: readonly (string | undefined)[], options: SyncOptions) {
  const url = directUrl()
  const asked = url ? await askWorkers(url, id, options) : await askServer(id, options)
  if (options.json) return printJson({ requested: asked })
  for (const one of asked) console.log(`${one} is being read`)
  console.error('furrow status shows how far it is')
}

async function askWorkers(url: string, id: string | undefined, { stream, full }: SyncOptions) {
  const wish = { ...(stream ? { streams: stream } : {}), ...(full ? { full } : {}) }
  return withDatabase(url, async (db) => {
    const found = await chosen(connectionsIn(db), id)
    const requests = await openRequests({ url, log: newLog('warn'), partners: partnerList })
    try {
      for (const one of found) await requests.requestSync(one, wish)
    } finally {
      await requests.stop()
    }
    return found.map((one) => one.id)
  })
}

async function askServer(id: string | undefined, { data, stream, full }: SyncOptions) {
  const client = await openClient(data)
  const body = { ...(stream ? { streams: stream } : {}), ...(full ? { full } : {}) }
  const ids = id ? [id] : (await chosen(connectionsThrough(data), id)).map((one) => one.id)
  for (const one of ids) {
    await client.post(`/v2/partner_account_connections/${encodeURIComponent(one)}/sync`, body)
  }
  return ids
}

/** The connection of that id, else all that can be read. */
async function chosen(
  all: AsyncIterable<KnownConnection>,
  id: string | undefined,
): Promise<KnownConnection[]> {
  const found: KnownConnection[] = []
  for await (const one of all) {
    const isReadable = one.status === 'Active' || one.status === 'Lost Connection'
    if (id ? one.id === id : isReadable) found.push(one)
  }
  if (found.length > 0) return found
  throw new Fault(
    id
      ? `there is no connection ${id}: furrow status shows those there are`
      : 'there is no connection to read yet: furrow connect makes one',
  )
}
