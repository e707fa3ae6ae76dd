import { gocardless } from './gocardless/index.ts'
import { medusa } from './medusa/index.ts'
import type { Partner } from './partner.ts'
import { paypal } from './paypal/index.ts'
import { shopify } from './shopify/index.ts'
import { square } from './square/index.ts'
import { stripe } from './stripe/index.ts'
import { vendure } from './vendure/index.ts'
import { woocommerce } from './woocommerce/index.ts'

/** Every partner system, one line each. */
export const partners = {
  stripe,
  woocommerce,
  gocardless,
  vendure,
  medusa,
  shopify,
  paypal,
  square,
} as const satisfies Record<string, Partner>

export type PartnerName = keyof typeof partners
export const partnerList: readonly Partner[] = Object.values(partners)

/** A partner by its name; null for one we do not have. */
export function partnerNamed(name: string): Partner | null {
  return Object.hasOwn(partners, name) ? partners[name as PartnerName] : null
}
