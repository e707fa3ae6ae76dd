import { Refused } from './errors.ts'
import type { Send, SendOptions } from './http.ts'
import type { ApiRequest, Headers, Told } from './request.ts'

/** What the requests of a session carry, and how long that holds; Infinity where it does not end. */
export interface Opened {
  readonly headers: Headers
  readonly lives_ms: number
}

/** How a session is opened: by a request (see Session), or with a token that somebody keeps. */
export type SessionOptions = (ByRequest | ByToken) & {
  /** Told the headers of each session, which hold its token. */
  readonly opened?: (headers: Headers) => void
}

interface ByRequest {
  readonly request: ApiRequest
  readonly read: (answer: Told) => Opened
}

interface ByToken {
  /** The token to go on with; `refused` are the headers that the partner does not take any more. */
  readonly token: (refused: Headers | null) => Promise<Opened>
}

/** A session is opened anew when this much of its life is left. */
export const session_margin_ms = 60_000

/** Sends within a session: opened once for all callers, and anew when it is over or refused. */
export function inSession(send: Send, options: SessionOptions, now: () => number): Send {
  let opened: Promise<{ headers: Headers; until_ms: number }> | null = null
  const open = (how: SendOptions, refused: Headers | null) => {
    const asked =
      'token' in options ? options.token(refused) : send(options.request, how).then(options.read)
    const opening = asked.then(({ headers, lives_ms }) => {
      options.opened?.(headers)
      return { headers, until_ms: now() + lives_ms - Math.min(session_margin_ms, lives_ms / 2) }
    })
    opening.catch(() => {
      if (opened === opening) opened = null
    })
    return opening
  }
  const session = async (how: SendOptions, refused: Headers | null = null) => {
    opened ??= open(how, refused)
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
      if (error.withdrawn) throw error
      // The partner ended it before its time. A second refusal is the credential's.
      if (opened && (await opened) === current) opened = null
      return send(within((await session(how, current.headers)).headers), how)
    }
  }
}
