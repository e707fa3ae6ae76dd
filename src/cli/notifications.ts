import { text as readAll } from 'node:stream/consumers'
import { type Client, openClient } from './client.ts'
import { misused } from './fault.ts'
import { printJson, table } from './output.ts'

interface Options {
  readonly data: string
  readonly json?: boolean
}

interface SecretOptions extends Options {
  readonly formerHours?: number
}

/** What the API says of a connection's notifications. */
interface Settings {
  readonly url: string | null
  readonly registered_url: string | null
  readonly secrets: readonly { readonly until_date: string | null }[]
  readonly waiting: number
  readonly last_received_date: string | null
  readonly reason: string | null
}

/** Shows where notifications of a connection come in, and what waits. */
export async function show([id = '']: readonly string[], options: Options) {
  tell(await (await openClient(options.data)).get<Settings>(at(id)), options)
}

/** Has the partner deliver. */
export async function register([id = '']: readonly string[], options: Options) {
  tell(await (await openClient(options.data)).post<Settings>(at(id)), options)
}

/** Has the partner deliver no more. */
export async function remove([id = '']: readonly string[], options: Options) {
  tell(await (await openClient(options.data)).delete<Settings>(at(id)), options)
}

/** Sets what deliveries are signed with; a secret is never an argument, which others could see. */
export async function secret([id = '']: readonly string[], options: SecretOptions) {
  if (process.stdin.isTTY) console.error('Paste the secret, then end with Ctrl-D')
  const given = (await readAll(process.stdin)).trim()
  if (given === '') throw misused('expected the secret on stdin, got nothing')
  const client: Client = await openClient(options.data)
  const { formerHours: former_hours } = options
  const body = { secret: given, ...(former_hours === undefined ? {} : { former_hours }) }
  const path = `/v2/partner_account_connections/${encodeURIComponent(id)}/notification_secret`
  tell(await client.post<Settings>(path, body), options)
}

function at(id: string): string {
  return `/v2/partner_account_connections/${encodeURIComponent(id)}/notifications`
}

function tell(settings: Settings, { json }: Options) {
  if (json) return printJson(settings)
  const { url, registered_url, secrets, waiting, last_received_date, reason } = settings
  table(
    ['what', 'is'],
    [
      ['address', url ?? 'none: this server receives no notifications'],
      ['registered', registered_url ?? 'no: set up by hand, or not at all'],
      ['secrets', secrets.length],
      ['last came', last_received_date ?? 'never'],
      ['waiting', waiting],
      ['because', reason],
    ],
  )
}
