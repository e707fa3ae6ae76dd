import type { FastifyReply, FastifyRequest } from 'fastify'
import { noteRefusal } from './effect.ts'
import type { Context } from './operation.ts'
import type { ApiRequest } from './serve.ts'

/** Refusals that say nothing of the caller's rights, and of which there may be very many. */
const unnoted = new Set([401, 429])

/** A hook on the routes that change something: a refusal is in the audit entries before it is told. */
export function refusedChanges(context: Context) {
  return async (request: FastifyRequest, reply: FastifyReply, body: unknown): Promise<unknown> => {
    const status = reply.statusCode
    if (status < 400 || unnoted.has(status)) return body
    try {
      await noteRefusal(context, request as ApiRequest, { status, code: codeIn(body) })
    } catch (error) {
      // The answer is a refusal already, and often for the same reason: no database.
      const { name } = error as Error
      context.log?.error({ request_id: request.id, error: name }, 'refusal was not noted')
    }
    return body
  }
}

function codeIn(body: unknown): string | null {
  return /"code":"(\w+)"/.exec(String(body))?.[1] ?? null
}
