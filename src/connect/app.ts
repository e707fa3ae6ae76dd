import type { App } from '../partners/oauth.ts'
import type { Mode } from '../partners/partner.ts'

/** The app that the platform registered at a partner; null where there is none. */
export type Apps = (of: { partnerSource: string; mode: Mode }) => App | null

/**
 * The app at simulated partners. They take it for registered, and nobody else does: it is no
 * secret, and is only ever sent to an address of a simulated partner.
 */
export const simulated_app: App = {
  clientId: 'furrow_simulated_client',
  clientSecret: 'furrow_simulated_client_secret',
}

/** A variable of an app is set without the other one. */
export class HalfAnApp extends Error {
  override readonly name = 'HalfAnApp'
}

/** Names of the two variables of an app: `FURROW_OAUTH_STRIPE_LIVE_CLIENT_ID` and `…_SECRET`. */
export function appVariables({ partnerSource, mode }: { partnerSource: string; mode: Mode }) {
  const prefix = `FURROW_OAUTH_${partnerSource}_${mode}`.toUpperCase()
  return { clientId: `${prefix}_CLIENT_ID`, clientSecret: `${prefix}_CLIENT_SECRET` }
}

/** Apps by the environment's variables. Throws HalfAnApp. */
export const environmentApps: Apps = (of) => {
  const names = appVariables(of)
  const clientId = process.env[names.clientId]
  const clientSecret = process.env[names.clientSecret]
  if (clientId && clientSecret) return { clientId, clientSecret }
  if (!clientId && !clientSecret) return null
  const [missing, given] = clientId
    ? [names.clientSecret, names.clientId]
    : [names.clientId, names.clientSecret]
  throw new HalfAnApp(`${missing} is missing: set it, because ${given} is set`)
}
