import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort, startPostgres } from '../../postgres.ts'
import { finished, outsideEnv, type Place, started, until } from '../process.ts'
import { type Api, openApi } from './api.ts'
import { configFiles } from './software.ts'

export interface MedusaServer {
  readonly url: string
  /** A secret API key, made as its owner would. */
  readonly apiKey: string
  readonly admin: Api
}

const start_max_ms = 180_000

/** Starts a real Medusa on a Postgres of its own, with an administrator and a secret API key. */
export async function startMedusa(place: Place, home: string): Promise<MedusaServer> {
  for (const [name, text] of Object.entries(configFiles)) writeFileSync(join(home, name), text)
  place.tell('Starting Postgres and making Medusa’s tables …')
  const postgres = await startPostgres()
  place.life.onStop(() => postgres.stop())
  const secret = randomBytes(24).toString('hex')
  const env = {
    ...outsideEnv(),
    DATABASE_URL: postgres.url,
    LIVE_SECRET: secret,
    MEDUSA_DISABLE_TELEMETRY: 'true',
  }
  const medusa = join(home, 'node_modules', '.bin', 'medusa')
  await finished(place, { name: 'medusa-migrate', argv: [medusa, 'db:migrate'], cwd: home, env })
  const who = { email: 'owner@example.test', password: secret }
  const user = [medusa, 'user', '--email', who.email, '--password', who.password] as const
  await finished(place, { name: 'medusa-user', argv: user, cwd: home, env })
  place.tell('Starting Medusa …')
  const port = await freePort()
  const start = [medusa, 'start', '--host', '127.0.0.1', '--port', `${port}`] as const
  const server = started(place, { name: 'medusa', argv: start, cwd: home, env })
  const url = `http://127.0.0.1:${port}`
  await until(place, { name: 'medusa', server, max_ms: start_max_ms }, () => isHealthy(url))
  return { url, ...(await keyed(url, who)) }
}

async function isHealthy(url: string): Promise<true | null> {
  // It refuses connections until it listens.
  const answer = await fetch(`${url}/health`).catch(() => null)
  return answer?.ok ? true : null
}

async function keyed(url: string, who: { readonly email: string; readonly password: string }) {
  const { token } = await openApi(url).post<{ token: string }>('/auth/user/emailpass', who)
  const owner = openApi(url, { authorization: `Bearer ${token}` })
  const wanted = { title: 'Furrow', type: 'secret' }
  const { api_key } = await owner.post<{ api_key: { token: string } }>('/admin/api-keys', wanted)
  const apiKey = api_key.token
  const pair = Buffer.from(`${apiKey}:`).toString('base64')
  return { apiKey, admin: openApi(url, { authorization: `Basic ${pair}` }) }
}
