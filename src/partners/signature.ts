import { createHmac, timingSafeEqual } from 'node:crypto'
import { BadSignature } from './errors.ts'
import type { SignedRequest } from './notifications.ts'

/** Oldest or newest a signed notification may be, where its scheme carries a time. */
export const signature_age_seconds_max = 300
/** Signatures looked at in one header; partners send one for each valid secret. */
export const signatures_max = 10

type Encoding = 'hex' | 'base64'

export function hmacSha256(
  secret: string | Uint8Array,
  parts: readonly (string | Uint8Array)[],
  encoding: Encoding,
): string {
  const hmac = createHmac('sha256', secret)
  for (const part of parts) hmac.update(part)
  return hmac.digest(encoding)
}

/** Compares without telling by its duration where the texts differ. */
export function isSame(one: string, other: string): boolean {
  const left = Buffer.from(one)
  const right = Buffer.from(other)
  return left.length === right.length && timingSafeEqual(left, right)
}

/**
 * Stripe's scheme: `t=<seconds>,v1=<hex>` over `<seconds>.<body>`, one v1 for each valid secret.
 * The whole secret is the key, its `whsec_` included.
 */
export function verifyTimed(
  { headers, body }: SignedRequest,
  header: string,
  secrets: readonly string[],
  now_ms: number,
): void {
  const { time, signatures } = timedHeader(headers[header])
  if (time === null) throw new BadSignature(`${header}: expected t=…,v1=…`)
  const age_seconds = Math.abs(now_ms / 1000 - Number(time))
  if (!(age_seconds <= signature_age_seconds_max)) {
    throw new BadSignature(`${header}: expected at most ${signature_age_seconds_max} s of age`)
  }
  const expected = secrets.map((secret) => hmacSha256(secret, [`${time}.`, body], 'hex'))
  if (!expected.some((one) => signatures.some((given) => isSame(one, given)))) {
    throw new BadSignature(`${header}: no signature is ours`)
  }
}

function timedHeader(text: string | undefined): { time: string | null; signatures: string[] } {
  const pairs = (text ?? '').split(',').map((pair) => pair.trim().split('=', 2))
  const time = pairs.find(([key]) => key === 't')?.[1] ?? null
  const signatures = pairs.filter(([key]) => key === 'v1').map(([, value]) => value ?? '')
  return {
    time: time !== null && /^\d{1,12}$/.test(time) ? time : null,
    signatures: signatures.slice(0, signatures_max),
  }
}

/** A header that holds the HMAC-SHA256 of what was signed, by one of the secrets. */
export function verifyHmac(
  headers: SignedRequest['headers'],
  header: string,
  scheme: {
    readonly secrets: readonly string[]
    readonly parts: readonly (string | Uint8Array)[]
    readonly encoding: Encoding
  },
): void {
  const given = headers[header]
  if (!given) throw new BadSignature(`${header}: expected a signature, got none`)
  const { secrets, parts, encoding } = scheme
  if (!secrets.some((secret) => isSame(hmacSha256(secret, parts, encoding), given))) {
    throw new BadSignature(`${header}: no signature is ours`)
  }
}
