export type Parameters = { readonly [name: string]: string }

/** A path with its query string. */
export function withParameters(path: string, parameters: Parameters): string {
  const query = Object.entries(parameters)
    .map(([name, value]) => `${encodeName(name)}=${encodeURIComponent(value)}`)
    .join('&')
  return query === '' ? path : `${path}?${query}`
}

/** Brackets stay readable: `created_date[gte]`. */
function encodeName(name: string): string {
  return encodeURIComponent(name).replaceAll('%5B', '[').replaceAll('%5D', ']')
}
