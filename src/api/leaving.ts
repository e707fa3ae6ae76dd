import type { FastifyInstance } from 'fastify'

/** Once the server is to end, each answer closes its connection, so that no client sends more. */
export function leaving(app: FastifyInstance, stopping: AbortSignal) {
  app.addHook('onRequest', (_, reply, done) => {
    if (stopping.aborted) reply.header('connection', 'close')
    done()
  })
}
