import type { Call } from './operation.ts'
import { Problem, shown } from './problem.ts'

export const simulated_url_schema = {
  type: 'string',
  minLength: 1,
  maxLength: 500,
  description:
    "Of a partner that is simulated on the server's own machine, such as http://127.0.0.1:4300/stripe. For test keys, and only where furrow start listens on that machine alone",
} as const

const own_hosts = ['127.0.0.1', '[::1]', 'localhost']

/** Whether a host, as a URL writes it or without brackets, is this machine and nobody else. */
export function isOwnHost(host: string): boolean {
  return own_hosts.includes(host) || own_hosts.includes(`[${host}]`)
}

/**
 * The address of a simulated partner that a body names; null where it names none. The server sends
 * requests there, so that only this machine may be named, by those who could try it themselves: an
 * address from outside would let a caller reach what only the server can.
 */
export function simulatedUrl(
  { context, key }: Pick<Call, 'context' | 'key'>,
  given: string | undefined,
): string | null {
  if (given === undefined) return null
  if (!context.partners.simulated)
    throw refused('none, as this server reads real partners only', given)
  if (key.mode !== 'test') throw refused('none, as a live key reads real partners only', given)
  const url = URL.canParse(given) ? new URL(given) : null
  if (!url || !isOfThisMachine(url)) {
    throw refused(`an http URL on ${own_hosts.join(', ')}, without user, query or fragment`, given)
  }
  return url.href.replace(/\/+$/, '')
}

function isOfThisMachine(url: URL): boolean {
  const { protocol, hostname, username, password, search, hash } = url
  const isPlain = [username, password, search, hash].every((part) => part === '')
  return isPlain && ['http:', 'https:'].includes(protocol) && isOwnHost(hostname)
}

function refused(expected: string, given: string): Problem {
  const detail = `baseUrl: expected ${expected}, got ${shown(given)}`
  return new Problem({ code: 'invalid_body', detail, param: 'baseUrl' })
}
