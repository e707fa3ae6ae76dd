import type { ApiRequest, Headers, Query } from './request.ts'
import { uriPart } from './rule.ts'

/** A request as undici sends it: under a prefix, with the headers of the connection. */
export function wireOf(
  asked: { readonly prefix: string; readonly headers: Headers },
  request: ApiRequest,
  signal: AbortSignal,
) {
  const { prefix } = asked
  const headers = request.headers ? { ...asked.headers, ...request.headers } : asked.headers
  const path = prefix + request.path + queryText(request.query)
  const { form } = request
  const hasBody = request.body !== undefined || form !== undefined
  const method = wireMethod(request)
  if (!hasBody) return { method, path, headers, signal }
  const type = form ? 'application/x-www-form-urlencoded' : 'application/json'
  const body = form ? new URLSearchParams(form).toString() : JSON.stringify(request.body)
  return { method, path, headers: { ...headers, 'content-type': type }, body, signal }
}

/** A request with a body is a POST, unless it says otherwise. */
export function wireMethod({ method, body, form }: ApiRequest): NonNullable<ApiRequest['method']> {
  return method ?? (body === undefined && form === undefined ? 'GET' : 'POST')
}

/** `?created%5Bgte%5D=1&expand%5B%5D=a&expand%5B%5D=b`; lists repeat their name. */
export function queryText(query: Query | undefined): string {
  if (!query) return ''
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value].flat().map((one) => `${encodeURIComponent(name)}=${uriPart(one)}`),
  )
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}
