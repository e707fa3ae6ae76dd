import { Refused } from './errors.ts'
import type { Send, SendOptions } from './http.ts'
import type { ApiRequest, Headers, Told } from './request.ts'

/** How a session is opened: see Session. */
export interface SessionOptions {
  readonly request: ApiRequest
  readonly read: (answer: Told) => { readonly headers: Headers; readonly lives_ms: number }
  /** Told the headers of each session, which hold its token. */
  readonly opened?: (headers: Headers) => void
}

/** A session is opened anew when this much of its life is left. */
export const session_margin_ms = 60_000

/** Sends within a session: opened once for all callers, and anew when it is over or refused. */
export function inSession(
  send: Send,
  { request, read, opened: tell }: SessionOptions,
  now: () => number,
): Send {
  let opened: Promise<{ headers: Headers; until_ms: number }> | null = null
  const open = (how: SendOptions) => {
    const opening = send(request, how).then((answer) => {
      const { headers, lives_ms } = read(answer)
      tell?.(headers)
      return { headers, until_ms: now() + lives_ms - Math.min(session_margin_ms, lives_ms / 2) }
    })
    opening.catch(() => {
      if (opened === opening) opened = null
    })
    return opening
  }
  const session = async (how: SendOptions) => {
    opened ??= open(how)
    const current = await opened
    if (now() < current.until_ms) return current
    opened = null
    return session(how)
  }
  return async (asked, how = {}) => {
    const current = await session(how)
    const within = (headers: Headers) => ({ ...asked, headers: { ...asked.headers, ...headers } })
    try {
      return await send(within(current.headers), how)
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 401) throw error
      // The partner ended it before its time. A second refusal is the credential's.
      if (opened && (await opened) === current) opened = null
      return send(within((await session(how)).headers), how)
    }
  }
}
