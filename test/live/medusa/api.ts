import { Fault } from '../../../src/cli/fault.ts'

export type Json = { readonly [name: string]: unknown }

/** Asks Medusa's REST API; every refusal is thrown. */
export interface Api {
  readonly get: <T>(path: string, query?: { readonly [name: string]: string }) => Promise<T>
  readonly post: <T>(path: string, body?: Json) => Promise<T>
  readonly delete: (path: string) => Promise<void>
}

export function openApi(url: string, headers: { readonly [name: string]: string } = {}): Api {
  const send = async <T>(method: string, path: string, body?: Json) => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    const typed = body === undefined ? {} : { 'content-type': 'application/json' }
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { ...headers, ...typed },
      ...sent,
    })
    if (response.ok) return (await response.json()) as T // what the path is documented to answer
    const said = (await response.text()).slice(0, said_max)
    throw new Fault(`medusa: ${method} ${path.split('?')[0]}: ${response.status} ${said}`)
  }
  return {
    get: (path, query = {}) => send('GET', `${path}?${new URLSearchParams(query)}`),
    post: (path, body = {}) => send('POST', path, body),
    delete: async (path) => void (await send('DELETE', path)),
  }
}

const said_max = 400
const page_size = 100

/** All of a list of the Admin API. */
export async function allOf<T>(
  admin: Api,
  name: string,
  fields: string,
  order = 'id',
): Promise<T[]> {
  const found: T[] = []
  for (;;) {
    const query = { fields, order, limit: `${page_size}`, offset: `${found.length}` }
    const answer = await admin.get<{ [list: string]: T[] }>(`/admin/${name}`, query)
    const page = answer[name.replaceAll('-', '_')] ?? []
    found.push(...page)
    if (page.length < page_size) return found
  }
}
