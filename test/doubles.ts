import { type PartnerName, partnerNames } from '../sandbox/partners.ts'
import { type Sandbox, startSandbox } from '../sandbox/server.ts'
import type { Credential } from '../src/partners/partner.ts'

/** A simulated partner, as the conformance suite needs it. */
export interface PartnerDouble {
  readonly baseUrl: string
  readonly credential: Credential
  readonly wrongCredential: Credential
  readonly partnerAccountId: string
  readonly now: () => number
  readonly inject: Sandbox['inject']
  readonly clearFaults: () => void
  /** Deletes a customer for good, as if the seller had. */
  readonly remove: (id: string) => Promise<void>
  readonly stop: () => Promise<void>
}

/** People who came by, where more are needed than a page of the partner's holds. */
const buyers: { readonly [partner: string]: number } = {
  shopify: 500,
  gocardless: 1100,
  vendure: 400,
  medusa: 400,
  paypal: 1100,
  square: 400,
}

/** Every simulated partner, by name. */
export const doubles: { readonly [partner: string]: () => Promise<PartnerDouble> } =
  Object.fromEntries(partnerNames.map((name) => [name, () => double(name)]))

async function double(name: PartnerName): Promise<PartnerDouble> {
  const sandbox = await startSandbox({ seed: 7, buyers: buyers[name] ?? 200 })
  const partner = sandbox.partner(name)
  return {
    baseUrl: partner.baseUrl,
    credential: partner.credential,
    wrongCredential: partner.wrong,
    partnerAccountId: partner.accountId,
    now: sandbox.now,
    inject: sandbox.inject,
    clearFaults: sandbox.clearFaults,
    async remove(id) {
      if (!partner.remove(id)) throw new Error(`${name} has no customer ${id} to delete`)
    },
    stop: sandbox.stop,
  }
}
