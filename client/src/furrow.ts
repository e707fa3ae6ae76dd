import { type Operations, operations } from './generated.ts'
import { type Listing, listing, type Page } from './listing.ts'
import { type CallOptions, type Query, send } from './request.ts'
import { type Resources, resourcesOf } from './resources.ts'

export interface FurrowOptions {
  /** Where the server is: `https://furrow.example.com`. */
  readonly url: string
  /** `frw_live_…` or `frw_test_…` */
  readonly key: string
  /** How long one attempt may take; 30 seconds where it is left out. */
  readonly timeout_ms?: number
  /** How often a request is repeated where that may help; three times where it is left out. */
  readonly retries?: number
  /** In place of the platform's own. */
  readonly fetch?: typeof fetch
}

export type OperationName = keyof Operations

/** What an operation is called with: the names in its path, its query and its body. */
export type Given<K extends OperationName> = CallOptions & {
  readonly [name in PathName<(typeof operations)[K]>]: string
} & (Record<never, never> extends Operations[K]['query']
    ? { readonly query?: Operations[K]['query'] }
    : { readonly query: Operations[K]['query'] }) &
  (Operations[K]['body'] extends undefined
    ? { readonly body?: undefined }
    : { readonly body: Operations[K]['body'] })

type PathName<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PathName<Rest>
  : never

type Answer<K extends OperationName> = Operations[K]['answer']
export type ItemOf<K extends OperationName> =
  Answer<K> extends { readonly data: readonly (infer T)[] } ? T : never

export type Change = ItemOf<'list_changes'>

/** Furrow's API. Besides its resources, `call` reaches every operation there is. */
export interface Furrow extends Resources {
  /** Any operation by its name in the API's document. Throws FurrowError, Unreachable. */
  call<K extends OperationName>(operation: K, given: Given<K>): Promise<Answer<K>>
  /** Any operation that answers a list, page by page or record by record. */
  each<K extends OperationName>(operation: K, given: Given<K>): Listing<ItemOf<K>>
  /**
   * Pages of a business's changes from a number on, up to the newest there is. Store a page's
   * `next_after` together with what you made of it.
   */
  changes(query: Operations['list_changes']['query']): AsyncIterable<Answer<'list_changes'>>
}

interface FurrowConstructor {
  new (options: FurrowOptions): Furrow
}

const timeout_ms_default = 30_000
const retries_default = 3

class Client {
  readonly #connection

  constructor({ url, key, timeout_ms, retries, fetch: own }: FurrowOptions) {
    this.#connection = {
      url: new URL(url).href.replace(/\/+$/, ''),
      key,
      timeout_ms: timeout_ms ?? timeout_ms_default,
      retries: retries ?? retries_default,
      fetch: own ?? globalThis.fetch.bind(globalThis),
    }
    Object.assign(this, resourcesOf(this))
  }

  async call(operation: OperationName, given: AnyGiven): Promise<unknown> {
    const [method = '', template = ''] = operations[operation].split(' ')
    const { query, body, signal, idempotencyKey, ...names } = given
    const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      const value = names[name]
      if (typeof value === 'string' && value !== '') return encodeURIComponent(value)
      throw new TypeError(`${operation}: expected ${name}, a text, got ${JSON.stringify(value)}`)
    })
    return send(this.#connection, {
      method,
      path,
      body,
      ...(query ? { query } : {}),
      ...(signal ? { signal } : {}),
      ...(idempotencyKey ? { idempotencyKey } : {}),
    })
  }

  each(operation: OperationName, given: AnyGiven): Listing<unknown> {
    return listing(async (cursor) => {
      const query = cursor === undefined ? given.query : { ...given.query, cursor }
      return (await this.call(operation, {
        ...given,
        ...(query ? { query } : {}),
      })) as Page<unknown>
    })
  }

  async *changes(query: Query) {
    for (let after = query.after; ; ) {
      const next = after === undefined ? query : { ...query, after }
      const page = (await this.call('list_changes', { query: next })) as Answer<'list_changes'>
      yield page
      if (!page.has_more) return
      after = page.next_after
    }
  }
}

/** Given, as far as it matters at run time. */
export type AnyGiven = CallOptions & {
  readonly query?: Query
  readonly body?: unknown
} & { readonly [name: string]: unknown }

// Its resources are computed, so the class cannot name them; the interface does.
export const Furrow = Client as unknown as FurrowConstructor
