import type { PartnerName } from '../../sandbox/partners.ts'
import type { Sandbox } from '../../sandbox/server.ts'
import { partners } from '../../src/partners/index.ts'
import type { Partner } from '../../src/partners/partner.ts'
import type { Receiver } from '../receiver.ts'
import { root } from './pages.ts'

/** What the commands of a page meet instead of the reader's own server, database and accounts. */
export interface Setting {
  /** Where the API answers. */
  readonly port: number
  /** Where the page itself starts one. */
  readonly apiPort: number
  readonly key: () => Promise<string>
  /** The URL of the database that the page is about, and of a new one. */
  readonly database: string
  readonly emptyDatabase: () => Promise<string>
  readonly sandbox: Sandbox
  readonly receiver: Receiver
  readonly sandboxPort: number
  readonly metricsPort: number
  /** Runs `furrow connect` for a simulated Stripe, where the page needs a connection and has none. */
  readonly connect: () => Promise<void>
}

/** A block of a page with all that it makes up filled in, and the variables it takes for granted. */
export async function filledIn(block: string, setting: Setting): Promise<string> {
  const asker = newAsker(setting)
  let text = connected(block, setting)
  for (const [made_up, stands] of made_ups) {
    if (text.search(made_up) < 0) continue
    const value = await stands(setting, asker)
    text = text.replaceAll(made_up, () => value)
  }
  if (text.includes('…')) throw new Error(`nothing stands for what is left out here: ${text}`)
  const known = await Promise.all(
    Object.entries(variables)
      .filter(([name]) => new RegExp(`\\$${name}\\b`).test(text) && !text.includes(`${name}=$(`))
      .map(async ([name, value]) => `${name}='${await value(setting, asker)}'`),
  )
  return [...known, text].join('\n')
}

const urlOf = ({ port }: Setting) => `http://127.0.0.1:${port}`

type Stands = (setting: Setting, asker: Asker) => Promise<string> | string

const made_ups: readonly (readonly [RegExp, Stands])[] = [
  [/http:\/\/127\.0\.0\.1:4242/g, urlOf],
  [/--port 4242/g, ({ apiPort }) => `--port ${apiPort}`],
  [/--port 4300/g, ({ sandboxPort }) => `--port ${sandboxPort}`],
  [/http:\/\/127\.0\.0\.1:4300/g, ({ sandboxPort }) => `http://127.0.0.1:${sandboxPort}`],
  [/--metrics-port 9464/g, ({ metricsPort }) => `--metrics-port ${metricsPort}`],
  [/postgres:\/\/furrow:secret@db\.example\.com\/furrow/g, ({ database }) => database],
  [/http:\/\/127\.0\.0\.1:3000\//g, ({ receiver }) => receiver.url],
  [/https:\/\/hooks\.example\.com\/furrow/g, ({ receiver }) => receiver.url],
  [
    /"partnerSource": "stripe", "credential"/g,
    ({ sandbox }) =>
      `"partnerSource": "stripe", "baseUrl": "${sandbox.partner('stripe').baseUrl}", "credential"`,
  ],
  [/acct_…/g, ({ sandbox }) => sandbox.stripe.accountId],
  [/'\.\/src\//g, () => `'${root}src/`],
  // A backup is restored into a database that is empty.
  [
    /^(?=.* restore [\w.]+$)/gm,
    async ({ emptyDatabase }) => `export DATABASE_URL='${await emptyDatabase()}'\n`,
  ],
  // Citus is not here.
  [/^(?=.* --distribute$)/gm, () => "refused 'has no extension citus' "],
  [/rk_test_…/g, ({ sandbox }) => sandbox.stripe.key],
  [/pac_(?:4f)?…/g, (_, { connection }) => connection()],
  [/la_…/g, (_, { first }) => first('ledger_accounts')],
  [/key_…/g, (_, { newest }) => newest('keys')],
]

const variables: { readonly [name: string]: Stands } = {
  URL: urlOf,
  KEY: ({ key }) => key(),
  ID: (_, { connection }) => connection(),
  CUSTOMER: (_, { first }) => first('customers'),
  ENDPOINT: (_, { newest }) => newest('event_endpoints'),
  DELIVERY: (_, { delivery }) => delivery(),
}

/**
 * `furrow connect` with the simulated partner's credential and address. The parts keep their names,
 * so that one which the partner does not have is refused.
 */
function connected(block: string, { sandbox }: Setting): string {
  return block.replaceAll(/(-- connect (\w+) )(.*)$/gm, (line, start, name, rest) => {
    if (rest.includes('--base-url')) return line
    const partner: Partner = partners[name as PartnerName]
    const { baseUrl, credential } = sandbox.partner(name as PartnerName)
    const isLive = rest.includes('--mode live')
    const secret = partner.credential.find((part) => part.secret)?.name ?? ''
    const key = isLive ? sandbox.stripe.liveKey : (credential[secret] ?? '')
    const filled = rest
      .replaceAll(/--key [^-\s]\S*/g, `--key ${key}`)
      .replaceAll(/--credential (\w+)=(\S+)/g, (given: string, part: string) =>
        credential[part] === undefined ? given : `--credential ${part}=${credential[part]}`,
      )
    return `${start}--base-url ${baseUrl} ${filled}`
  })
}

interface Asker {
  readonly first: (list: string) => Promise<string>
  readonly newest: (list: string) => Promise<string>
  readonly connection: () => Promise<string>
  readonly delivery: () => Promise<string>
}

interface Found {
  readonly id: string
  readonly created_date?: string
}

const patience_ms = 180_000

function newAsker(setting: Setting): Asker {
  async function ask<T>(path: string, body?: object): Promise<T> {
    const answer = await fetch(`${urlOf(setting)}/v2/${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { 'x-api-key': await setting.key(), 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as T
  }
  const listed = async (list: string) => (await ask<{ data: Found[] }>(list)).data
  async function first(list: string) {
    const deadline = Date.now() + patience_ms
    for (;;) {
      const [found] = await listed(list)
      if (found) return found.id
      if (Date.now() > deadline) throw new Error(`there are no ${list}`)
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
  return {
    first,
    async newest(list) {
      const all = await listed(list)
      return all.toSorted((a, b) => at(b) - at(a))[0]?.id ?? first(list)
    },
    async connection() {
      if ((await listed('partner_account_connections?limit=1')).length === 0) {
        await setting.connect()
      }
      return first('partner_account_connections?partnerSource[]=stripe&status=Active&limit=1')
    },
    async delivery() {
      await ask('event_endpoints', { url: setting.receiver.url, types: ['*'], from: 0 })
      return first('event_deliveries?limit=1')
    },
  }
}

const at = ({ created_date = '' }: Found) => Date.parse(created_date) || 0
