// From a request to a partner's answer: the log, the rate limit, the faults, the bytes.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Line, RawLine, Sent } from './faults/fault.ts'
import { type Faults, faultyAnswer } from './faults.ts'
import { createLimiter } from './limiter.ts'
import type { Answer, Asked, Partner } from './partner.ts'
import type { Logged } from './server.ts'

export type Serving = {
  name: string
  // Made when it is first asked.
  partner: Partner
  faults: Faults
  requests: Logged[]
  ratePerSecond: number
  closeFor: (ms: number) => void
}

const LOG_MAX = 20_000

export function partnerRoutes(app: FastifyInstance, serving: Serving): void {
  const limited = createLimiter(serving.ratePerSecond)
  const handler = (request: FastifyRequest, reply: FastifyReply) => {
    const asked = askedIn(request, serving.partner)
    if (serving.partner.isOracle(asked)) return send(reply, serving, serving.partner.answer(asked))
    return serve(reply, { serving, asked, limited: limited(serving.partner.keyOf(asked)) })
  }
  app.register(async (own) => {
    // A body is the partner's to read, whatever it is.
    own.removeAllContentTypeParsers()
    own.addContentTypeParser('*', { parseAs: 'string' }, (_, body, done) => done(null, body))
    own.all(`/${serving.name}/*`, handler)
    // Stripe's own client knows a host and a port only.
    if (serving.name === 'stripe') own.all('/v1/*', handler)
  })
}

function serve(
  reply: FastifyReply,
  { serving, asked, limited }: { serving: Serving; asked: Asked; limited: boolean },
): unknown {
  const { partner, faults } = serving
  const { method, path, query, body } = asked
  if (limited) {
    const refused = partner.refuse('tooMany', asked)
    log(serving, { method, path, query, body, status: refused.status })
    return send(reply, serving, refused)
  }
  const striking = faults.strike(asked, partner, lineOf(reply, serving))
  const answer = faultyAnswer(asked, partner, striking)
  log(serving, { method, path, query, body, status: answer.status })
  const sender = striking.find(({ fault }) => fault.send)
  if (sender) sender.fault.send?.(sentOf(answer, serving), sender.strike)
  else send(reply, serving, answer)
  for (const { fault, strike } of striking) fault.afterwards?.(answer, strike)
  return reply
}

function askedIn(request: FastifyRequest, partner: Partner): Asked {
  const { method, headers, url } = request
  const at = url.indexOf('?')
  const whole = at < 0 ? url : url.slice(0, at)
  const prefix = `/${partner.name}/`
  const path = whole.startsWith(prefix) ? whole.slice(prefix.length - 1) : whole
  const body = typeof request.body === 'string' ? request.body : ''
  return { method, path, query: at < 0 ? '' : url.slice(at + 1), headers, body }
}

function send(reply: FastifyReply, serving: Serving, answer: Answer): FastifyReply {
  const { status, headers, bytes } = sentOf(answer, serving)
  return reply.code(status).headers(headers).send(bytes)
}

function sentOf({ status, headers, body }: Answer, { partner }: Serving): Sent {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const date = new Date(partner.now()).toUTCString()
  const plain = { 'content-type': 'application/json', date }
  return { status, headers: { ...plain, ...headers }, bytes: Buffer.from(text) }
}

function lineOf(reply: FastifyReply, { closeFor }: Serving): Line {
  return {
    closeFor,
    raw: () => {
      reply.hijack()
      return rawLine(reply)
    },
  }
}

function rawLine({ raw }: FastifyReply): RawLine {
  const timers: NodeJS.Timeout[] = []
  const quiet = () => {
    for (const timer of timers) clearInterval(timer)
  }
  raw.on('close', quiet)
  return {
    head: (status, headers) => void raw.writeHead(status, headers),
    write: (bytes) => void raw.write(bytes),
    end: () => {
      quiet()
      raw.end()
    },
    reset: () => raw.socket?.resetAndDestroy(),
    every: (ms, act) => void timers.push(setInterval(act, ms)),
  }
}

function log({ requests }: Serving, entry: Logged): void {
  if (requests.length >= LOG_MAX) requests.shift()
  requests.push(entry)
}
