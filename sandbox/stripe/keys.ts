// Keys are made from the seed and look like Stripe's.
export type KeyKind = 'test' | 'live' | 'restricted' | 'bulk' | 'oracle'

export type Keys = Record<KeyKind, string>

export function keysFor(seed: number | string): Keys {
  return {
    test: `sk_test_sandbox_${seed}`,
    live: `sk_live_sandbox_${seed}`,
    restricted: `rk_test_sandbox_${seed}`,
    bulk: `sk_test_sandboxbulk_${seed}`,
    oracle: `sk_test_sandboxoracle_${seed}`,
  }
}

// What the restricted key may read; Stripe writes the permission rak_<scope>_read.
export const RESTRICTED_SCOPES: readonly string[] = [
  'account',
  'customer',
  'payment_method',
  'payment_intent',
  'charge',
  'balance',
  'product',
  'plan',
]

// Bearer, or the user of Basic.
export function keyIn(authorization: string | undefined): string | null {
  const [scheme = '', text = ''] = (authorization ?? '').trim().split(/ +/)
  if (/^bearer$/i.test(scheme)) return text || null
  if (!/^basic$/i.test(scheme)) return null
  const [user] = Buffer.from(text, 'base64').toString('utf8').split(':')
  return user || null
}
