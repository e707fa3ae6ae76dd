import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from '../../postgres.ts'
import { outsideEnv, type Place, started, until } from '../process.ts'
import { type Api, loggedIn } from './api.ts'
import { startScript } from './software.ts'

export interface VendureServer {
  readonly url: string
  readonly username: string
  readonly password: string
  readonly admin: Api
}

const start_max_ms = 300_000

/** Starts a real Vendure with its own sample catalogue and mock customers in it. */
export async function startVendure(
  place: Place,
  home: string,
  customers: number,
): Promise<VendureServer> {
  const port = await freePort()
  const script = join(home, 'start.cjs')
  writeFileSync(script, startScript)
  const folder = join(place.folder, 'vendure')
  mkdirSync(folder)
  const who = { username: 'superadmin', password: randomBytes(12).toString('hex') }
  const database = join(folder, 'vendure.sqlite')
  // The environment tells it, so that no list of processes shows the password.
  const told = JSON.stringify({ port, database, customers, ...who })
  const env = { ...outsideEnv(), LIVE_VENDURE: told }
  place.tell(`Starting Vendure, with ${customers} customers of its own mock data …`)
  const server = started(place, { name: 'vendure', argv: ['node', script], cwd: home, env })
  const waiting = { name: 'vendure', server, max_ms: start_max_ms }
  await until(place, waiting, () => (/^filled$/m.test(server.stdout()) ? true : null))
  const url = `http://127.0.0.1:${port}`
  return { url, ...who, admin: await loggedIn(`${url}/admin-api`, who) }
}
