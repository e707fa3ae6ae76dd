import { Fault } from '../../../src/cli/fault.ts'

export type Json = { readonly [name: string]: unknown }

/** Asks one of Vendure's GraphQL APIs; errors, with 200 or as a result, are thrown. */
export interface Api {
  readonly ask: <T>(query: string, variables?: Json) => Promise<T>
}

export interface ApiOptions {
  /** In which prices are asked for, where it is not the channel's own. */
  readonly currency?: string
}

const token_header = 'vendure-auth-token'

/** A session of its own: it begins with the first answer, and its log-in stays. */
export function openApi(url: string, { currency }: ApiOptions = {}): Api {
  let token: string | null = null
  const address = currency ? `${url}?currencyCode=${currency}` : url
  return {
    async ask<T>(query: string, variables: Json = {}) {
      const response = await fetch(address, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify({ query, variables }),
      })
      token = response.headers.get(token_header) ?? token
      const { data, errors } = (await response.json()) as { data: Json | null; errors?: unknown }
      const refused = errors ?? Object.values(data ?? {}).find(isErrorResult)
      if (refused || !data) throw new Fault(`vendure: ${query.slice(0, 80)}: ${shown(refused)}`)
      return data as T // what the query asks for
    },
  }
}

function isErrorResult(result: unknown): boolean {
  return typeof result === 'object' && result !== null && 'errorCode' in result
}

function shown(refused: unknown): string {
  return JSON.stringify(refused)?.slice(0, 400) ?? 'no answer'
}

const login = `mutation($username:String!,$password:String!){
  login(username:$username,password:$password){__typename ...on ErrorResult{errorCode message}}}`

/** An API that somebody has logged in to. */
export async function loggedIn(
  url: string,
  who: { readonly username: string; readonly password: string },
  options?: ApiOptions,
): Promise<Api> {
  const api = openApi(url, options)
  await api.ask(login, who)
  return api
}

const page_size = 100

/** All of a list of the Admin API. */
export async function allOf<T>(
  api: Api,
  list: { readonly name: string; readonly options: string; readonly fields: string; filter?: Json },
): Promise<T[]> {
  const { name, options, fields, filter = {} } = list
  const query = `query($o:${options}){${name}(options:$o){totalItems items{${fields}}}}`
  const found: T[] = []
  for (;;) {
    const o = { skip: found.length, take: page_size, sort: { id: 'ASC' }, filter }
    const answer = await api.ask<{ [list: string]: { totalItems: number; items: T[] } }>(query, {
      o,
    })
    const page = answer[name] ?? { totalItems: 0, items: [] }
    found.push(...page.items)
    if (page.items.length === 0 || found.length >= page.totalItems) return found
  }
}
