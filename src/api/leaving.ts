import type { FastifyInstance } from 'fastify'

/**
 * Once the server is to end, each answer closes its connection, also of a request that came before:
 * no client sends more on it, and nothing is waited for.
 */
export function leaving(app: FastifyInstance, stopping: AbortSignal) {
  app.addHook('onSend', (_, reply, body, done) => {
    if (stopping.aborted) reply.header('connection', 'close')
    done(null, body)
  })
}
