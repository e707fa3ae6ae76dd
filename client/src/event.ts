/** A verified event, as it was sent. */
export interface FurrowEvent {
  readonly id: string
  /** `customer.updated`, `connection.lost` … */
  readonly type: string
  readonly [name: string]: unknown
}

export interface VerifyOptions {
  /** The body exactly as it came; parsed and written again it would not match. */
  readonly body: string
  readonly headers: Headers | { readonly [name: string]: string | readonly string[] | undefined }
  /** The endpoint's secret, `whsec_…`; several while one takes over from another. */
  readonly secret: string | readonly string[]
  /** How old an event may be; five minutes where it is left out. */
  readonly tolerance_s?: number
  readonly now?: () => number
}

/** The event was not signed with the secret, or is too old. */
export class BadSignature extends Error {
  override readonly name = 'BadSignature'
}

const tolerance_s_default = 300
const prefix = 'whsec_'

/**
 * Verifies an event by the Standard Webhooks scheme (standardwebhooks.com) and gives what it says.
 * Throws BadSignature.
 */
export async function verifyEvent(options: VerifyOptions): Promise<FurrowEvent> {
  const { body, secret, tolerance_s = tolerance_s_default, now = Date.now } = options
  const [id, timestamp, signatures] = ['id', 'timestamp', 'signature'].map((name) =>
    headerOf(options.headers, `webhook-${name}`),
  ) as [string, string, string] // three names, three texts
  const age_s = Math.abs(now() / 1000 - Number(timestamp))
  if (!/^\d{1,12}$/.test(timestamp) || age_s > tolerance_s) {
    throw new BadSignature(`webhook-timestamp: expected a time of the last ${tolerance_s} s`)
  }
  const signed = new TextEncoder().encode(`${id}.${timestamp}.${body}`)
  const given = signatures.split(' ').flatMap((one) => bytesOf(one.replace(/^v1,/, '')) ?? [])
  for (const one of [secret].flat()) {
    const key = await keyOf(one)
    for (const signature of given) {
      if (await crypto.subtle.verify('HMAC', key, signature, signed)) {
        return JSON.parse(body) as FurrowEvent // signed by the server, which sends nothing else
      }
    }
  }
  throw new BadSignature('webhook-signature: expected one made with the secret of the endpoint')
}

function headerOf(headers: VerifyOptions['headers'], name: string): string {
  const value = headers instanceof Headers ? headers.get(name) : headers[name]
  if (typeof value === 'string') return value
  throw new BadSignature(`${name}: expected it once`)
}

async function keyOf(secret: string) {
  const bytes = bytesOf(secret.startsWith(prefix) ? secret.slice(prefix.length) : secret)
  if (!bytes) throw new TypeError(`secret: expected ${prefix}… as the endpoint showed it`)
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
  } catch {
    return null
  }
}
