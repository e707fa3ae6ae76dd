import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** The first segments of the console's addresses, beside `/`; a test compares them with its routes. */
export const console_segments = [
  'changes',
  'customers',
  'dictionary',
  'events',
  'health',
  'keys',
  'ledger-accounts',
  'records',
  'settlements',
] as const

/** Serves the built console: its page at every address of its own, its files by their hashes. */
export async function consolePages(app: FastifyInstance, folder: string) {
  const page = pageOf(folder)
  const send = (request: FastifyRequest, reply: FastifyReply) => {
    if (!wantsPage(request)) return reply.callNotFound()
    return sendPage(reply, page)
  }
  for (const segment of console_segments) {
    app.get(`/${segment}`, send)
    app.get(`/${segment}/*`, send)
  }
  await app.register(fastifyStatic, {
    root: join(folder, 'assets'),
    prefix: '/assets/',
    index: false,
    decorateReply: false,
    preCompressed: true,
    // Their names hold a hash of what is in them.
    cacheControl: false,
    setHeaders: (reply) =>
      void reply.header('cache-control', 'public, max-age=31536000, immutable'),
  })
}

/** The one page that all addresses of a built console answer with. */
export function pageOf(folder: string): string {
  return readFileSync(join(folder, 'index.html'), 'utf8')
}

/** Whether a browser asks for a page, and not a program for data. */
export function wantsPage({ headers }: FastifyRequest): boolean {
  return /\btext\/html\b/.test(headers.accept ?? '')
}

export function sendPage(reply: FastifyReply, page: string) {
  return reply
    .headers({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': page_policy,
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
    })
    .send(page)
}

/** Nothing from elsewhere, and no script or style that stands in the page itself. */
const page_policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ')
