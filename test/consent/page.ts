// An institution with a consent page, and a business's browser at it.
import type { FastifyInstance } from 'fastify'
import { isPartnerName } from '../../sandbox/partners.ts'
import type { Sandbox } from '../../sandbox/server.ts'
import { type ApiOptions, newApi } from '../../src/api/server.ts'
import { partnerList } from '../../src/partners/index.ts'
import { createInstitution } from '../../src/store/api_key.ts'
import type { Database } from '../../src/store/database.ts'
import { masterKeysFrom, newMasterKey } from '../../src/store/seal.ts'
import { type Client, newClient } from '../world.ts'

export const public_url = 'http://127.0.0.1:4242'
export const return_url = 'https://bank.example.com/connected?lang=en'

export interface Bank {
  readonly api: FastifyInstance
  readonly client: Client
  readonly institutionId: string
  /** Connections for which a sync was asked. */
  readonly synced: string[]
  /** Moves the clock of the page on. */
  readonly later: (ms: number) => void
  readonly link: (body?: object) => Promise<string>
  readonly status: (institutionAccountId: string) => Promise<Shown[]>
}

export interface Shown {
  readonly id: string
  readonly partnerSource: string
  readonly status: string
  readonly status_reason: string | null
}

let count = 0

/** A merchant that nobody has named before. */
export function newMerchant(): string {
  return `merchant-${++count}`
}

export interface BankOptions {
  readonly publicUrl?: string
  readonly api?: Partial<ApiOptions>
}

export async function newBank(
  db: Database,
  sandbox: Sandbox,
  { publicUrl = public_url, api: more = {} }: BankOptions = {},
): Promise<Bank> {
  const institutionId = await createInstitution(db, { name: 'Bank', now_ms: Date.now() })
  const keys = masterKeysFrom(newMasterKey())
  const synced: string[] = []
  let ahead_ms = 0
  const api = newApi({
    db,
    version: '0.0.0',
    eventLoopDelay_ms_max: 0,
    now: () => Date.now() + ahead_ms,
    desk: {
      keys,
      partners: partnerList,
      apps: () => null,
      publicUrl,
      simulated: (name) => (isPartnerName(name) ? sandbox.partner(name) : null),
      sync: async ({ id }) => void synced.push(id),
    },
    ...more,
  })
  const client = await newClient(api, db, { institutionId })
  const registered = await client.send('PATCH', '/v2/auth/consent/settings', {
    return_urls: [return_url],
  })
  if (registered.status !== 200) throw new Error(registered.text)
  return {
    api,
    client,
    institutionId,
    synced,
    later: (ms) => {
      ahead_ms += ms
    },
    async link(body = {}) {
      const wish = { institutionAccountId: newMerchant(), returnUrl: return_url, ...body }
      const made = await client.send('POST', '/v2/auth/consent/page', wish)
      if (made.status !== 201) throw new Error(made.text)
      return new URL(String(made.json.url)).pathname
    },
    async status(institutionAccountId) {
      const query = `institutionAccountId=${institutionAccountId}`
      const told = await client.get(`/v2/auth/consent/status?${query}`)
      return told.json.connections as Shown[] // its schema says so
    },
  }
}

export interface Page {
  readonly status: number
  readonly text: string
  readonly location: string | null
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>
}

/** A browser: keeps cookies, sends forms as the page has them, follows nothing by itself. */
export interface Browser {
  readonly cookies: Map<string, string>
  readonly get: (path: string, headers?: Record<string, string>) => Promise<Page>
  /** Sends the form that the last page had. */
  readonly submit: (
    path: string,
    fields: Record<string, string>,
    headers?: Record<string, string>,
  ) => Promise<Page>
  /** What the last page's form carries to show that it is ours. */
  readonly formToken: () => string
}

export function newBrowser(api: FastifyInstance): Browser {
  const cookies = new Map<string, string>()
  let formToken = ''
  const ask = async (
    method: 'GET' | 'POST',
    url: string,
    rest: { headers: Record<string, string>; payload?: string },
  ): Promise<Page> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const sent = cookie === '' ? rest.headers : { cookie, ...rest.headers }
    const reply = await api.inject({ method, url, ...rest, headers: sent })
    for (const one of reply.cookies) cookies.set(one.name, one.value)
    formToken = /name="form" value="([^"]*)"/.exec(reply.body)?.[1] ?? formToken
    const { location = null } = reply.headers
    const status = reply.statusCode
    return { status, text: reply.body, location: location as string | null, headers: reply.headers }
  }
  return {
    cookies,
    formToken: () => formToken,
    get: (path, headers = {}) => ask('GET', path, { headers }),
    submit: (path, fields, headers = {}) => {
      const payload = new URLSearchParams({ form: formToken, ...fields }).toString()
      const type = { 'content-type': 'application/x-www-form-urlencoded' }
      return ask('POST', path, { headers: { ...type, ...headers }, payload })
    },
  }
}

/** Path and query of an address, as it is asked for at this server. */
export function pathOf(url: string | URL): string {
  const { pathname, search } = new URL(url)
  return `${pathname}${search}`
}
