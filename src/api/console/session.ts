import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type ConsoleSession, createSession, endSession } from '../../store/console_session.ts'
import { allowanceHeaders, type Limiter } from '../limit.ts'
import type { Context } from '../operation.ts'
import { Problem } from '../problem.ts'
import {
  console_header,
  endedCookies,
  isOwnPage,
  presentedSession,
  session_life_ms,
  sessionCookie,
} from './cookie.ts'

export const session_path = '/console/session'

export interface Entrance {
  readonly context: Context
  readonly limit: Limiter
  /** Of the product. */
  readonly version: string
}

/** Signs browsers in with a key, tells them who they are, and signs them out. */
export function sessionRoutes(app: FastifyInstance, { context, limit, version }: Entrance) {
  const shown = ({ key, expires_date }: ConsoleSession) => ({
    object: 'console_session',
    version,
    mode: key.mode,
    scopes: key.scopes,
    key_id: key.id,
    name: key.name,
    hint: key.hint,
    ledgerAccountId: key.ledgerAccountId,
    expires_date:
      key.expires_date !== null && key.expires_date < expires_date
        ? key.expires_date
        : expires_date,
  })

  app.get(session_path, async (request, reply) => {
    const token = presentedSession(request)
    const session = token === null ? null : await context.callers.session(token)
    // To be signed out is no error: the console asks in order to know.
    return reply.send(session === null ? { object: 'signed_out', version } : shown(session))
  })

  app.post(session_path, async (request, reply) => {
    const allowance = limit(request.ip)
    if (allowance) reply.headers(allowanceHeaders(allowance))
    assertOwnPage(request)
    const presented = keyIn(request.body)
    const key = await context.callers.identify(presented)
    if (!key) throw badKey()
    const now_ms = context.now()
    const token = await createSession(context.db, {
      keyId: key.id,
      now_ms,
      life_ms: session_life_ms,
    })
    reply.header('set-cookie', sessionCookie(request, key.mode, token)).code(201)
    return shown({ key, expires_date: new Date(now_ms + session_life_ms).toISOString() })
  })

  app.delete(session_path, async (request, reply) => {
    const token = presentedSession(request)
    if (token !== null) {
      await endSession(context.db, token)
      context.callers.forget()
    }
    return reply.header('set-cookie', endedCookies(request)).code(204).send()
  })
}

/** Signing a visitor in to a stranger's account is an attack too. */
function assertOwnPage(request: FastifyRequest) {
  if (isOwnPage(request)) return
  const detail = `${console_header}: expected a request of the console's own pages`
  throw new Problem({ code: 'forbidden', detail, param: console_header })
}

function keyIn(body: unknown): string {
  const key = (body as { key?: unknown } | null | undefined)?.key
  if (typeof key === 'string') return key.trim()
  throw new Problem({
    code: 'invalid_body',
    detail: 'key: expected an API key, got none',
    param: 'key',
  })
}

function badKey(): Problem {
  const detail = 'key: expected a key in use, got one that is unknown, revoked or expired'
  return new Problem({ code: 'unauthorised', detail, param: 'key' })
}
