import { join } from 'node:path'
import { Fault } from '../../src/cli/fault.ts'
import { freePort } from '../postgres.ts'
import type { Served, ServedLists } from './compare.ts'
import { outsideEnv, type Place, type Started, started, until } from './process.ts'
import type { OpenShop } from './shop.ts'
import { eachKind, type Kind, kinds } from './truth.ts'

/** Furrow as its user has it: `furrow start`, a key, and HTTP. */
export interface Furrow {
  /** Connects a business's shop; Furrow begins to read it. */
  readonly connect: (connection: OpenShop['connection']) => Promise<void>
  /** Asks for a reading, and waits for its end. */
  readonly sync: (full: boolean) => Promise<void>
  /** Waits until everything has been read that was asked for at this time. */
  readonly readSince: (asked_ms: number, full: boolean) => Promise<void>
  /** Every record, deleted ones too. */
  readonly lists: () => Promise<ServedLists>
  /** What could not be read, a line a stream. */
  readonly rejected: () => Promise<string[]>
}

const main = new URL('../../src/cli/main.ts', import.meta.url).pathname
const start_max_ms = 120_000
const read_max_ms = 300_000

export async function startFurrow(place: Place): Promise<Furrow> {
  const { DATABASE_URL: _theirs, ...env } = outsideEnv()
  const flags = ['--no-demo', '--json', '--sync-every', '1h', '--port', `${await freePort()}`]
  const data = join(place.folder, 'furrow')
  const argv = [process.execPath, main, 'start', '--data', data, ...flags] as const
  const server = started(place, { name: 'furrow', argv, cwd: place.folder, env })
  const waiting = { name: 'furrow start', server, max_ms: start_max_ms }
  const line = await until(place, waiting, () => server.stdout().match(/^\{.*\}$/m)?.[0] ?? null)
  return opened(place, server, clientOf(JSON.parse(line) as Ready)) // its one line, told in docs
}

interface Ready {
  readonly url: string
  readonly key: string
}

type Ask = <T>(method: 'GET' | 'POST', path: string, body?: unknown) => Promise<T>

function clientOf({ url, key }: Ready): Ask {
  return async <T>(method: 'GET' | 'POST', path: string, body?: unknown) => {
    const headers = {
      'x-api-key': key,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    }
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    const response = await fetch(`${url}/v2/${path}`, { method, headers, ...sent })
    if (response.ok) return (await response.json()) as T // as openapi.v2.json says
    throw new Fault(`furrow: ${method} ${path}: ${response.status} ${await response.text()}`)
  }
}

interface Connection {
  readonly id: string
  readonly status: string
  readonly status_reason: string | null
  readonly streams: readonly {
    readonly stream: string
    readonly state: string
    readonly reason: string | null
    readonly last_success: string | null
    readonly last_full_verification: string | null
    readonly rejected: number
    readonly last_error: string | null
  }[]
}

function opened(place: Place, server: Started, ask: Ask): Furrow {
  let account = ''
  let connection = ''
  const path = () => `partner_account_connections/${connection}`
  const waiting = { name: 'reading', server, max_ms: read_max_ms }
  const readSince = async (asked_ms: number, full: boolean) => {
    await until(place, waiting, async () => {
      const found = await ask<Connection>('GET', path())
      return isRead(found, asked_ms, full) ? true : null
    })
  }
  return {
    async connect(wanted) {
      const business = { institutionAccountId: 'live-run' }
      account = (await ask<{ id: string }>('POST', 'ledger_accounts', business)).id
      const body = { ledgerAccountId: account, ...wanted }
      connection = (await ask<Connection>('POST', 'partner_account_connections', body)).id
    },
    readSince,
    async sync(full) {
      const asked_ms = Date.now()
      await ask('POST', `${path()}/sync`, { full })
      await readSince(asked_ms, full)
    },
    async lists() {
      const found = await Promise.all(kinds.map((kind) => wholeList(ask, kind, account)))
      return eachKind((kind) => found[kinds.indexOf(kind)] ?? [])
    },
    async rejected() {
      const { streams } = await ask<Connection>('GET', path())
      return streams
        .filter(({ rejected }) => rejected > 0)
        .map((one) => `${one.stream}: ${one.rejected} refused by the model: ${one.last_error}`)
    },
  }
}

/** Throws what a failed reading says of itself. */
function isRead({ status, status_reason, streams }: Connection, asked_ms: number, full: boolean) {
  if (status !== 'Active') throw new Fault(`furrow: the connection is ${status}: ${status_reason}`)
  for (const { stream, state, reason } of streams) {
    if (state === 'failed') throw new Fault(`furrow: ${stream} failed: ${reason}`)
  }
  return streams.every((one) => {
    const at = full ? one.last_full_verification : one.last_success
    return one.state === 'complete' && at !== null && Date.parse(at) >= asked_ms
  })
}

interface Listed {
  readonly data: readonly Served[]
  readonly next_cursor: string | null
}

async function wholeList(ask: Ask, kind: Kind, account: string): Promise<Served[]> {
  const found: Served[] = []
  let cursor = ''
  do {
    const query = `ledgerAccountId=${account}&recordState=all&limit=100${cursor}`
    const { data, next_cursor } = await ask<Listed>('GET', `${kind}?${query}`)
    found.push(...data)
    cursor = next_cursor === null ? '' : `&cursor=${encodeURIComponent(next_cursor)}`
  } while (cursor !== '')
  return found
}
