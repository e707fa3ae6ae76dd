import type { Expanded, ExpansionPath } from './expansion.ts'
import type { AnyGiven, Furrow, ItemOf, OperationName } from './furrow.ts'
import { type Objects, type Operations, operations } from './generated.ts'
import type { Listing, Page } from './listing.ts'
import type { CallOptions } from './request.ts'

type ObjectName = keyof Objects

/** The API's objects by the names of their lists: `furrow.customers`, `furrow.payments` … */
export type Resources = { readonly [O in ObjectName as `${O}s`]: Resource<O> }

/** What can be done with an object, told by the names of operations. */
export type Resource<O extends ObjectName> = Reading<O> & Hanging<O> & Telling<O> & Doing<O>

interface Reading<O extends ObjectName> {
  /** Newest first. `await` gives a page, `for await` every record. */
  list: <const E extends ExpansionPath<O> = never, const F extends keyof Objects[O] = never>(
    query?: Asked<`list_${O}s`, E, F>,
    options?: CallOptions,
  ) => Listing<Picked<Expanded<O, E>, F>>
  /** One record, a deleted one too. Throws FurrowError with the code `not_found`. */
  retrieve: <const E extends ExpansionPath<O> = never, const F extends keyof Objects[O] = never>(
    id: string,
    query?: Asked<`retrieve_${O}`, E, F>,
    options?: CallOptions,
  ) => Promise<Picked<Expanded<O, E>, F>>
}

/** A query whose expansions and fields are known to the answer's type. */
type Asked<K extends string, E, F> = Omit<QueryOf<K>, 'expand' | 'fields' | 'cursor'> & {
  readonly expand?: readonly E[]
  readonly fields?: readonly F[]
}

type QueryOf<K extends string> = K extends OperationName ? Operations[K]['query'] : never

/** Without `fields`, everything; `object` and `id` are always there. */
type Picked<T, F extends PropertyKey> = [F] extends [never]
  ? T
  : { readonly [K in keyof T as K extends F | 'object' | 'id' ? K : never]: T[K] }

/** Lists under one record: `furrow.customers.payments(id)`. */
type Hanging<O extends ObjectName> = {
  readonly [K in OperationName as K extends `list_${infer W}_of_${O}` ? W : never]: <
    const E extends ExpansionPath<ObjectIn<K>> = never,
  >(
    id: string,
    query?: Omit<Operations[K]['query'], 'expand' | 'cursor'> & { readonly expand?: readonly E[] },
    options?: CallOptions,
  ) => Listing<ItemExpanded<K, E>>
}

type ObjectIn<K extends OperationName> =
  ItemOf<K> extends { readonly object: infer O extends ObjectName } ? O : never

type ItemExpanded<K extends OperationName, E extends string> = [ObjectIn<K>] extends [never]
  ? ItemOf<K>
  : Expanded<ObjectIn<K>, E>

/** What is computed of one record: `furrow.customers.summary(id)`. */
type Telling<O extends ObjectName> = {
  readonly [K in OperationName as K extends `${O}_${infer W}` ? ById<K, W> : never]: (
    id: string,
    query?: Omit<Operations[K]['query'], 'cursor'>,
    options?: CallOptions,
  ) => [ItemOf<K>] extends [never] ? Promise<Operations[K]['answer']> : Listing<ItemOf<K>>
}

/** What is done to one: `furrow.partner_account_connections.sync(id, {})`. */
type Doing<O extends ObjectName> = {
  readonly [K in OperationName as K extends `${infer V}_${O}` ? Verb<V> : never]: [
    ById<K, true>,
  ] extends [never]
    ? (...body: BodyOf<K>) => Promise<Operations[K]['answer']>
    : (id: string, ...body: BodyOf<K>) => Promise<Operations[K]['answer']>
}

type ById<K extends OperationName, Then> = (typeof operations)[K] extends `${string}{id}${string}`
  ? Then
  : never

type Verb<V extends string> = V extends 'retrieve' | `${string}_${string}` ? never : V

type BodyOf<K extends OperationName> = Operations[K]['body'] extends undefined
  ? [body?: undefined, options?: CallOptions]
  : [body: Operations[K]['body'], options?: CallOptions]

type Method = (...given: never[]) => unknown

/** The same at run time, read off the same names. */
export function resourcesOf(client: Pick<Furrow, never> & Calling): {
  readonly [plural: string]: { readonly [method: string]: Method }
} {
  const names = Object.keys(operations) as OperationName[]
  const objects = names.flatMap((name) => /^retrieve_(.+)$/.exec(name)?.[1] ?? [])
  return Object.fromEntries(
    objects.map((object) => [
      `${object}s`,
      Object.fromEntries(names.flatMap((name) => methodOf(client, object, name))),
    ]),
  )
}

interface Calling {
  call(operation: OperationName, given: AnyGiven): Promise<unknown>
  each(operation: OperationName, given: AnyGiven): Listing<unknown, Page<unknown>>
}

/** The method that an operation is of an object, under its name; none of other objects. */
function methodOf(client: Calling, object: string, name: OperationName): [string, Method][] {
  const byId = operations[name].includes('{id}')
  const call = (given: AnyGiven) => client.call(name, given)
  const each = (given: AnyGiven) => client.each(name, given)
  const asked = (id: string, query?: object, options?: CallOptions) =>
    ({ ...options, id, ...(query ? { query } : {}) }) as AnyGiven
  if (name === `list_${object}s`) {
    return [['list', (query?: object, options?: CallOptions) => each(given(query, options))]]
  }
  if (name === `retrieve_${object}`) {
    return [['retrieve', (...all: Parameters<typeof asked>) => call(asked(...all))]]
  }
  const [, word] = new RegExp(`^list_(.+)_of_${object}$`).exec(name) ?? []
  if (word) return [[word, (...all: Parameters<typeof asked>) => each(asked(...all))]]
  const [, told] = new RegExp(`^${object}_(.+)$`).exec(name) ?? []
  if (told && byId) {
    const answered = operations[name].endsWith(' list') ? each : call
    return [[told, (...all: Parameters<typeof asked>) => answered(asked(...all))]]
  }
  const [, verb] = new RegExp(`^([a-z]+)_${object}$`).exec(name) ?? []
  if (!verb) return []
  return byId
    ? [
        [
          verb,
          (id: string, body?: unknown, options?: CallOptions) => call({ ...options, id, body }),
        ],
      ]
    : [[verb, (body?: unknown, options?: CallOptions) => call({ ...options, body })]]
}

function given(query: object | undefined, options: CallOptions | undefined): AnyGiven {
  return { ...options, ...(query ? { query } : {}) } as AnyGiven
}
