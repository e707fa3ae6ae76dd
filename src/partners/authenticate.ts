/** `Authorization` of a token. */
export function bearer(token: string): { readonly authorization: string } {
  return { authorization: `Bearer ${token}` }
}

/** `Authorization` of a user and a password. */
export function basic(user: string, password: string): { readonly authorization: string } {
  const pair = Buffer.from(`${user}:${password}`, 'utf8').toString('base64')
  return { authorization: `Basic ${pair}` }
}
