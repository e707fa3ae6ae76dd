// Every simulated partner, one line each.
import { createGoCardless } from './gocardless/partner.ts'
import { createMedusa } from './medusa/partner.ts'
import type { Partner } from './partner.ts'
import { createPaypal } from './paypal/partner.ts'
import { createShopify } from './shopify/partner.ts'
import { createSquare } from './square/partner.ts'
import { createStripe } from './stripe/partner.ts'
import { createVendure } from './vendure/partner.ts'
import { createWooCommerce } from './woocommerce/partner.ts'
import type { WorldOptions } from './world.ts'

// A shop has one currency, which can be chosen; a search may give only so much. Requests a second are
// counted for all of them; who counts something else does so beside that.
export type PartnerOptions = WorldOptions & {
  currency?: string
  resultsMax?: number
  ratePerSecond?: number
}

export const partners = {
  stripe: createStripe,
  woocommerce: createWooCommerce,
  gocardless: createGoCardless,
  vendure: createVendure,
  medusa: createMedusa,
  shopify: createShopify,
  paypal: createPaypal,
  square: createSquare,
} as const satisfies Record<string, (options: PartnerOptions) => Partner>

export type PartnerName = keyof typeof partners
export const partnerNames = Object.keys(partners) as PartnerName[] // Object.keys forgets the names

export function isPartnerName(name: string): name is PartnerName {
  return Object.hasOwn(partners, name)
}
