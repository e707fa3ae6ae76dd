import type { FastifyReply } from 'fastify'
import type { Desk } from '../../connect/consent.ts'
import type { Html } from './html.ts'
import { isHttps } from './session.ts'

/** Other origins that a page has to do with. */
export interface Reach {
  /** Where its forms may lead to in the end: partners, and back to the institution. */
  readonly forms?: readonly string[]
  readonly images?: readonly string[]
}

/** Sends a page with the strictest policy it can live with: no script, no frame, nothing foreign. */
export function sendPage(
  desk: Desk,
  reply: FastifyReply,
  { page, status = 200, reach = {} }: { page: Html; status?: number; reach?: Reach },
) {
  const directives = [
    "default-src 'none'",
    "style-src 'self'",
    `img-src data: ${[...new Set(reach.images ?? [])].join(' ')}`.trim(),
    `form-action 'self' ${[...new Set(reach.forms ?? [])].join(' ')}`.trim(),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ]
  return reply
    .code(status)
    .headers({
      ...plain,
      ...(isHttps(desk.publicUrl) ? { 'strict-transport-security': 'max-age=31536000' } : {}),
      'content-security-policy': directives.join('; '),
      'content-type': 'text/html; charset=utf-8',
    })
    .send(page.html)
}

// The link stands in the address: no other site may learn it, and no cache keep it.
const plain = {
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-robots-tag': 'noindex',
} as const

/** Sends the browser on. The address is one that was checked before; nothing else is put into it. */
export function sendOn(reply: FastifyReply, url: string | URL) {
  return reply
    .code(303)
    .headers({ ...plain, location: new URL(url).href })
    .send()
}

/** The same within the page itself. */
export function sendTo(reply: FastifyReply, path: string) {
  return reply
    .code(303)
    .headers({ ...plain, location: path })
    .send()
}
