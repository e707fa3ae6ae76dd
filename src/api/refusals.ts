import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Version, versions } from '../model/versions.ts'
import { delivery } from './delivery.ts'
import type { Context } from './operation.ts'
import { operations } from './operations.ts'
import { Problem, problemAnswer, shown } from './problem.ts'
import { nearest } from './suggest.ts'

const problem_json = 'application/problem+json; charset=utf-8'

/** Turns whatever goes wrong into an answer, also before there is a request to speak of. */
export const errorHandling = {
  options: {
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      answerProblem(error, request, reply),
    clientErrorHandler: refuseRaw,
  },
  add(app: FastifyInstance, context: Context) {
    app.setErrorHandler((error, request, reply) => {
      const { defect } = problemAnswer(error, request.id)
      // The message of a defect may quote what the request held, so only its kind is written.
      if (defect) context.log?.error(defectFacts(error, request), 'defect')
      return answerProblem(error, request, reply)
    })
    app.setNotFoundHandler((request) => {
      throw unknownRoute(request.method, request.url)
    })
  },
}

function defectFacts(error: unknown, request: FastifyRequest) {
  const { name, code, stack } = error as Error & { code?: string }
  const frames = stack?.split('\n').filter((line) => /^\s+at /.test(line))
  return {
    request_id: request.id,
    method: request.method,
    route: request.routeOptions.url,
    error: name,
    code,
    stack: frames?.join('\n'),
  }
}

function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const { status, body, headers } = problemAnswer(error, request.id)
  return reply
    .code(status)
    .headers({ 'request-id': request.id, ...headers, 'content-type': problem_json })
    .removeHeader('etag')
    .send(body)
}

/** Bytes that are not HTTP, or too much of it: there is a socket, but no request. */
function refuseRaw(this: unknown, error: Error & { code?: string }, socket: Socket) {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const id = `req_${randomUUID()}`
  const tooLarge = error.code === 'HPE_HEADER_OVERFLOW'
  const { status, body } = problemAnswer(
    new Problem({
      code: tooLarge ? 'too_large' : 'bad_request',
      detail: tooLarge ? 'headers: expected at most 16 KiB' : 'the request cannot be read as HTTP',
      param: tooLarge ? 'headers' : 'request',
    }),
    id,
  )
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `content-type: ${problem_json}`,
    `content-length: ${Buffer.byteLength(body)}`,
    `request-id: ${id}`,
    'connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}

function unknownRoute(method: string, url: string): Problem {
  const path = url.split('?', 1)[0] ?? ''
  const methods = methodsAt(path)
  if (methods.length > 0) {
    const detail = `path: ${shown(path)} takes ${methods.join(', ')}, not ${method}`
    return new Problem({ code: 'unknown_route', detail, param: 'method' })
  }
  const near = nearest(path, paths)
  const hint = near === null ? '; see /docs' : `, did you mean ${near}?`
  const detail = `path: no route ${shown(path)}${hint}`
  return new Problem({ code: 'unknown_route', detail, param: 'path' })
}

// The newest version first: of two routes that are equally near, it is suggested.
const all = (Object.keys(versions).reverse() as Version[]).flatMap((version) =>
  [...operations, delivery].map((operation) => ({
    operation,
    path: `/${version}${operation.path}`,
  })),
)
const paths = new Set(all.map(({ path }) => path))

function methodsAt(path: string): string[] {
  const parts = path.split('/')
  const here = all.filter((one) => {
    const theirs = one.path.split('/')
    return theirs.length === parts.length && theirs.every((p, i) => p[0] === '{' || p === parts[i])
  })
  return [...new Set(here.map(({ operation }) => operation.method))]
}
