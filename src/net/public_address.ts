import { lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** An address that somebody else gave and that is not to be called; said before anything is sent. */
export class BadAddress extends Error {
  override readonly name = 'BadAddress'
}

// IANA's special-purpose registries: what is not of the public internet, kept apart by family,
// because a list that holds mapped addresses would find every IPv4 one in them.
const inner4 = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16'],
  ...['172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16'],
  ...['198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
]
const inner6 = [
  ...['::/96', '::ffff:0:0/96', '::ffff:0:0:0/96', '64:ff9b::/96', '64:ff9b:1::/48', '100::/64'],
  ...['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20', '5f00::/16', 'fc00::/7'],
  ...['fe80::/10', 'fec0::/10', 'ff00::/8'],
]

const blocked = { 4: listOf(inner4, 'ipv4'), 6: listOf(inner6, 'ipv6') } as const
const loopback4 = listOf(['127.0.0.0/8'], 'ipv4')

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
  // A zone names an interface of this machine, which nothing public has.
  return family === 6 && !address.includes('%') && !blocked[6].check(address, 'ipv6')
}

/** Whether an IP address is this machine's own, and nobody else's. */
export function isLoopbackAddress(address: string): boolean {
  return address === '::1' || (isIP(address) === 4 && loopback4.check(address, 'ipv4'))
}

/** The host of a URL as an address or a name: IPv6 addresses stand in brackets there. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '')
}

/** Finds the addresses of a name, as `dns.lookup` does with `all`. */
export type Resolve = (
  hostname: string,
  options: { readonly all: true; readonly family?: number; readonly hints?: number },
  callback: (
    error: NodeJS.ErrnoException | null,
    found: { address: string; family: number }[],
  ) => void,
) => void

const system: Resolve = (hostname, options, callback) => lookup(hostname, options, callback)

/**
 * Resolves a name for a connection, and refuses it if any of its addresses is not one of those
 * allowed. What was looked at is what is connected to: no second look-up can differ from the first.
 * A connection to an address that is written out does not come past here; see `assertCallable`.
 */
export function guardedLookup(
  isAllowed: (address: string) => boolean,
  resolve: Resolve = system,
): LookupFunction {
  return (hostname, options, callback) => {
    const { family, hints } = options
    const how = {
      all: true as const,
      ...(typeof family === 'number' ? { family } : {}),
      ...(hints === undefined ? {} : { hints }),
    }
    resolve(hostname, how, (error, found) => {
      if (error) return callback(error, [])
      const inner = found.find(({ address }) => !isAllowed(address))
      if (inner) return callback(new BadAddress(`url: ${hostname} is no public host`), [])
      const [first] = found
      if (options.all || !first) return callback(null, found)
      return callback(null, first.address, first.family)
    })
  }
}

/** Resolves names of the public internet only. */
export const publicLookup: LookupFunction = guardedLookup(isPublicAddress)

/** Throws BadAddress where a URL names by address what is not allowed. */
export function assertCallable(url: URL, isAllowed: (address: string) => boolean) {
  const host = hostOf(url)
  if (isIP(host) === 0 || isAllowed(host)) return
  throw new BadAddress(`url: ${host} is no public host`)
}
