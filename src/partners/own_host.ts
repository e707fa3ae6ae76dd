import { isIP } from 'node:net'
import { BadAddress, hostOf } from '../net/public_address.ts'

/**
 * The base URL of a shop that runs on a host of its own: https, a name rather than an address, no
 * user, query or fragment. Throws BadAddress.
 */
export function shopUrl(text: string | undefined): string {
  const url = text !== undefined && URL.canParse(text) ? new URL(text) : null
  const isPlain = url && [url.username, url.password, url.search, url.hash].every((s) => s === '')
  const host = url ? hostOf(url) : ''
  const isName =
    host.includes('.') && isIP(host) === 0 && !/\.(?:local|localhost|internal)$/.test(host)
  if (!url || !isPlain || !isName || url.protocol !== 'https:') {
    throw new BadAddress(
      `url: expected the shop's address such as https://shop.example.com, got "${text ?? ''}"`,
    )
  }
  return url.href.replace(/\/+$/, '')
}

export { BadAddress }
