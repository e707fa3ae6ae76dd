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
  if (!context.partners.simulated) throw refused('none: this server reads partners at home', given)
  if (key.mode !== 'test') throw refused('none: a live key reads partners at home', given)
  const url = URL.canParse(given) ? new URL(given) : null
  if (!url || !isOfThisMachine(url)) {
    throw refused(`an http URL on ${own_hosts.join(', ')}, without user, query or fragment`, given)
  }
  return url.href.replace(/\/+$/, '')
}

function isOfThisMachine(url: URL): boolean {
  const { protocol, hostname, username, password, search, hash } = url
  const isPlain = [username, password, search, hash].every((part) => part === '')
  return isPlain && ['http:', 'https:'].includes(protocol) && own_hosts.includes(hostname)
}

function refused(expected: string, given: string): Problem {
  const detail = `baseUrl: expected ${expected}, got ${shown(given)}`
  return new Problem({ code: 'invalid_body', detail, param: 'baseUrl' })
}
