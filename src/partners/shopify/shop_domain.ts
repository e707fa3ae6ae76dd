import { BadAddress } from '../own_host.ts'

const domain_pattern = /^[a-z0-9][a-z0-9-]{0,59}\.myshopify\.com$/

/**
 * Where a shop is. The token goes to the host that this names: nothing but a shop's own domain will
 * do. Throws BadAddress.
 */
export function shopOrigin({ shop }: { readonly [field: string]: string }): string {
  const domain = (shop ?? '').toLowerCase()
  if (domain_pattern.test(domain)) return `https://${domain}`
  throw new BadAddress(`shop: expected a domain such as garden.myshopify.com, got "${shop ?? ''}"`)
}
