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
  /** Deletes an object for good, as if the seller had. */
  readonly remove: (id: string) => Promise<void>
  readonly stop: () => Promise<void>
}

/** One line a partner. */
export const doubles: { readonly [partner: string]: () => Promise<PartnerDouble> } = {
  stripe: stripeDouble,
}

async function stripeDouble(): Promise<PartnerDouble> {
  const sandbox = await startSandbox({ seed: 7, buyers: 200 })
  const { stripe } = sandbox
  return {
    baseUrl: stripe.baseUrl,
    credential: { api_key: stripe.key },
    wrongCredential: { api_key: 'sk_test_nobodyKnowsThisKey' },
    partnerAccountId: stripe.accountId,
    now: sandbox.now,
    inject: sandbox.inject,
    clearFaults: sandbox.clearFaults,
    async remove(id) {
      await fetch(`${sandbox.url}/_sandbox/stripe/customers/${id}`, { method: 'DELETE' })
    },
    stop: sandbox.stop,
  }
}
