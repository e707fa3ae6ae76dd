import { openClient } from './client.ts'
import { connectionsThrough } from './connections.ts'
import { Fault } from './fault.ts'
import { printJson, table } from './output.ts'

interface ReconcileOptions {
  readonly data: string
  readonly stream?: readonly string[]
  readonly report?: boolean
  readonly json?: boolean
}

interface Report {
  readonly stream: string
  readonly started: string
  readonly ended: string | null
  readonly compared: number
  readonly missing: number
  readonly stale: number
  readonly extra: number
}

const reports_max = 100

/** Asks for a reading of everything that is compared; or shows what the last ones found. */
export async function run([id]: readonly (string | undefined)[], options: ReconcileOptions) {
  const { data, stream, report = false, json } = options
  const ids = id ? [id] : await readable(data)
  const client = await openClient(data)
  const found: Report[] = []
  for (const one of ids) {
    const path = `/v2/partner_account_connections/${encodeURIComponent(one)}`
    if (report) {
      const query = [['limit', String(reports_max)]] as const
      found.push(...(await client.get<{ data: Report[] }>(`${path}/drift`, query)).data)
    } else await client.post(`${path}/reconcile`, stream ? { streams: stream } : {})
  }
  if (json) return printJson(report ? found : { requested: ids })
  if (report) return show(found)
  for (const one of ids) console.log(`${one} is being read and compared`)
  console.error('furrow reconcile --report shows what it found')
}

async function readable(data: string): Promise<string[]> {
  const all = await Array.fromAsync(connectionsThrough(data))
  const found = all.filter(({ status }) => status === 'Active' || status === 'Lost Connection')
  if (found.length > 0) return found.map((one) => one.id)
  throw new Fault('there is no connection to read yet: furrow connect makes one')
}

function show(reports: readonly Report[]) {
  if (reports.length === 0) return console.log('nothing has been compared yet')
  table(
    ['stream', 'started', 'ended', 'compared', 'missing', 'stale', 'extra'],
    reports.map((one) => [
      one.stream,
      one.started,
      one.ended,
      one.compared,
      one.missing,
      one.stale,
      one.extra,
    ]),
  )
}
