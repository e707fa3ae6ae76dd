import { isIP } from 'node:net'
import { BadAddress, hostOf, isLoopbackAddress, isPublicAddress } from '../net/public_address.ts'

export const url_length_max = 2000

const port_min = 1024
/** Services that are not meant to be spoken to over HTTP, and that a request could do harm to. */
const closed_ports = new Set([
  ...[1433, 1521, 1719, 1720, 1723, 2049, 2375, 2376, 2379, 2380, 3306, 3389, 3659, 4045, 4190],
  ...[5060, 5061, 5432, 5672, 5900, 5984, 6000, 6379, 6443, 6566, 6665, 6666, 6667, 6668, 6669],
  ...[6697, 7001, 8500, 9042, 9092, 9200, 9300, 10080, 10250, 11211, 15672, 26379, 27017],
])

export interface UrlRules {
  /** Receivers on this machine itself may be named, over http too: for development. */
  readonly loopback: boolean
}

/**
 * The address of a receiver: https on a public host. What a name leads to is looked at when it is
 * called. Throws BadAddress.
 */
export function eventUrl(text: string, rules: UrlRules): URL {
  const url = text.length <= url_length_max && URL.canParse(text) ? new URL(text) : null
  const fault = url ? faultOf(url, rules) : 'a URL'
  if (url && fault === null) return url
  throw new BadAddress(`url: expected ${fault}`)
}

/** Whether a URL names this machine, where that is allowed. */
export function isOnThisMachine(url: URL, { loopback }: UrlRules): boolean {
  const host = hostOf(url)
  return loopback && (host === 'localhost' || isLoopbackAddress(host))
}

/** What was expected and did not come, in the order that helps most. */
function faultOf(url: URL, rules: UrlRules): string | null {
  const local = isOnThisMachine(url, rules)
  const http = rules.loopback ? ', or http to this machine' : ''
  if (url.protocol !== 'https:' && !(local && url.protocol === 'http:')) return `https${http}`
  if (url.username !== '' || url.password !== '') return 'no user or password in it'
  if (url.hash !== '') return 'no fragment'
  if (!local && !isPublicHost(hostOf(url))) return 'a public host, by its full name'
  const port = Number(url.port)
  if (url.port !== '' && (port < port_min || closed_ports.has(port))) {
    return `the usual port or one from ${port_min} that no other service has, got ${port}`
  }
  return null
}

const inner_names = /(?:^|\.)(?:local|localhost|internal|intranet|lan|home\.arpa|corp|onion)$/

function isPublicHost(host: string): boolean {
  if (isIP(host) !== 0) return isPublicAddress(host)
  const name = host.replace(/\.$/, '')
  return name.includes('.') && !name.includes('..') && !inner_names.test(name)
}
