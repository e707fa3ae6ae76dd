import {
  infiniteQueryOptions,
  keepPreviousData,
  type QueryClient,
  queryOptions,
} from '@tanstack/react-query'
import { type Parameters, withParameters } from './path.ts'
import { get } from './request.ts'
import type { ApiRecord, List, Model, PartnerSource, Session, Source } from './types.ts'

export const page_size = 100
const model_fresh_ms = 3_600_000

/** Who is signed in; null where nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async () => {
    const answer = await get<Session | { readonly object: 'signed_out' }>('/console/session')
    return answer.object === 'console_session' ? answer : null
  },
  staleTime: 60_000,
})

/** Somebody else looks from now on, or nobody: what was read for the one before is forgotten. */
export function beginAs(client: QueryClient, session: Session | null) {
  client.removeQueries({ predicate: ({ queryKey: [name] }) => name !== 'session' })
  client.setQueryData(sessionQuery.queryKey, session)
}

/** The data dictionary: what tables, attribute lists and filters are drawn from. */
export const modelQuery = queryOptions({
  queryKey: ['model'],
  queryFn: ({ signal }) => get<Model>('/v2/model', signal),
  staleTime: model_fresh_ms,
})

export const partnersQuery = queryOptions({
  queryKey: ['partner_sources'],
  queryFn: ({ signal }) => get<List<PartnerSource>>('/v2/partner_sources', signal),
  staleTime: model_fresh_ms,
})

export function sourcesQuery(object: string) {
  return queryOptions({
    queryKey: ['sources', object],
    queryFn: ({ signal }) =>
      get<List<Source>>(`/v2/model/${encodeURIComponent(object)}/sources`, signal),
    staleTime: model_fresh_ms,
  })
}

/** Any answer of the API, by its path. */
export function answerQuery<T>(path: string, every_ms: number | false = false) {
  return queryOptions({
    queryKey: ['answer', path],
    queryFn: ({ signal }) => get<T>(path, signal),
    refetchInterval: every_ms,
  })
}

/** A record, by its path. */
export function recordQuery(path: string) {
  return answerQuery<ApiRecord>(path)
}

/** A list by its path and parameters, a page at a time. */
export function listQuery<T = ApiRecord>(path: string, parameters: Parameters) {
  return infiniteQueryOptions({
    queryKey: ['list', path, parameters],
    queryFn: ({ pageParam, signal }) =>
      get<List<T>>(withParameters(path, { ...parameters, ...cursorOf(pageParam) }), signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last: List<T>) => last.next_cursor,
    placeholderData: keepPreviousData,
    // Comparing a hundred thousand rows with themselves for every page would be felt.
    structuralSharing: false,
  })
}

function cursorOf(cursor: string | null): Parameters {
  return { limit: String(page_size), ...(cursor === null ? {} : { cursor }) }
}
