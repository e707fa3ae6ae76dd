import { lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** A shop's address that cannot be one; said before anything is sent there. */
export class BadAddress extends Error {
  override readonly name = 'BadAddress'
}

/**
 * The base URL of a shop that runs on a host of its own: https, a name rather than an address, no
 * user, query or fragment. Throws BadAddress.
 */
export function shopUrl(text: string | undefined): string {
  const url = text !== undefined && URL.canParse(text) ? new URL(text) : null
  const isPlain = url && [url.username, url.password, url.search, url.hash].every((s) => s === '')
  const host = url?.hostname.replace(/^\[|\]$/g, '') ?? ''
  const isName =
    host.includes('.') && isIP(host) === 0 && !/\.(?:local|localhost|internal)$/.test(host)
  if (!url || !isPlain || !isName || url.protocol !== 'https:') {
    throw new BadAddress(
      `url: expected the shop's address such as https://shop.example.com, got "${text ?? ''}"`,
    )
  }
  return url.href.replace(/\/+$/, '')
}

// IANA's special-purpose registries: what is not of the public internet, kept apart by family,
// because a list that holds mapped addresses would find every IPv4 one in them.
const inner4 = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16'],
  ...['172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16'],
  ...['198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
]
const inner6 = [
  ...['::/96', '::ffff:0:0/96', '64:ff9b::/96', '64:ff9b:1::/48', '100::/64', '2001::/23'],
  ...['2001:db8::/32', '2002::/16', '3fff::/20', '5f00::/16', 'fc00::/7', 'fe80::/10'],
  ...['fec0::/10', 'ff00::/8'],
]

const blocked = { 4: listOf(inner4, 'ipv4'), 6: listOf(inner6, 'ipv6') } as const

function listOf(subnets: readonly string[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList()
  for (const subnet of subnets) {
    const [address = '', bits = ''] = subnet.split('/')
    list.addSubnet(address, Number(bits), family)
  }
  return list
}

/** Whether an IP address is one of the public internet. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !blocked[4].check(address, 'ipv4')
  return family === 6 && !blocked[6].check(address, 'ipv6')
}

/**
 * Resolves a name for a connection, and refuses it if any of its addresses is not public: a shop's
 * address is given by its owner, who must not reach through us what only we can reach. The address
 * that was looked at is the one that is connected to.
 */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, found) => {
    if (error) return callback(error, [])
    const inner = found.find(({ address }) => !isPublicAddress(address))
    if (inner) return callback(new BadAddress(`url: ${hostname} is no public host`), [])
    const [first] = found
    if (options.all || !first) return callback(null, found)
    return callback(null, first.address, first.family)
  })
}
