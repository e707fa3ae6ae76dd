import { verify, X509Certificate } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { BadSignature } from '../errors.ts'
import type { SignedRequest, VerifyTools } from '../notifications.ts'
import { signature_age_seconds_max } from '../signature.ts'

/** Whose certificates are believed; where they lie on those hosts. */
const hosts = new Set([
  'api.paypal.com',
  'api-m.paypal.com',
  'api.sandbox.paypal.com',
  'api-m.sandbox.paypal.com',
])
const folder = '/v1/notifications/certs/'
const algorithm = 'SHA256withRSA'

/**
 * PayPal's scheme: RSA over transmission id, time, webhook id and the CRC-32 of the body, with a
 * certificate that lies on one of PayPal's hosts. The webhook's id is what makes it ours: whoever
 * has a webhook of their own gets signatures too, but with another id.
 */
export async function verifyTransmission(
  { headers, body }: SignedRequest,
  webhookIds: readonly string[],
  now_ms: number,
  tools: VerifyTools | undefined,
): Promise<void> {
  const told = (name: string) => {
    const value = headers[name]
    if (!value) throw new BadSignature(`${name}: expected a value, got none`)
    return value
  }
  const id = told('paypal-transmission-id')
  const time = told('paypal-transmission-time')
  const signature = Buffer.from(told('paypal-transmission-sig'), 'base64')
  if (told('paypal-auth-algo') !== algorithm) {
    throw new BadSignature(`paypal-auth-algo: expected ${algorithm}`)
  }
  const age_seconds = Math.abs(now_ms - Date.parse(time)) / 1000
  if (!(age_seconds <= signature_age_seconds_max)) {
    throw new BadSignature(
      `paypal-transmission-time: expected at most ${signature_age_seconds_max} s of age`,
    )
  }
  const url = certificateUrl(told('paypal-cert-url'))
  if (!tools) throw new Error('paypal: a certificate has to be fetched, and nothing can fetch it')
  const key = keyOf(await tools.certificate(url), now_ms)
  const holds = webhookIds.some((webhookId) => {
    const text = signedText({ id, time, webhookId, body })
    return verify('sha256', Buffer.from(text), key, signature)
  })
  if (!holds) throw new BadSignature('paypal-transmission-sig: the signature is not for us')
}

interface Signed {
  readonly id: string
  readonly time: string
  readonly webhookId: string
  readonly body: Uint8Array
}

/** What is signed: the sum of the body stands for it, as a decimal number. */
export function signedText({ id, time, webhookId, body }: Signed): string {
  return `${id}|${time}|${webhookId}|${crc32(body)}`
}

/** The address of a certificate, if it is one of PayPal's. Throws BadSignature. */
export function certificateUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  const isTheirs =
    url?.protocol === 'https:' &&
    hosts.has(url.host) &&
    url.username === '' &&
    url.password === '' &&
    url.search === '' &&
    url.hash === '' &&
    /^[\w.-]+$/.test(url.pathname.slice(folder.length)) &&
    url.pathname.startsWith(folder)
  if (!url || !isTheirs) throw new BadSignature('paypal-cert-url: expected a certificate of PayPal')
  return url.href
}

/** The key of a certificate that is valid now and of a host of PayPal's. Throws BadSignature. */
function keyOf(pem: string, now_ms: number) {
  const certificate = certificateIn(pem)
  const { validFromDate, validToDate, subject } = certificate
  if (now_ms < validFromDate.getTime() || now_ms > validToDate.getTime()) {
    throw new BadSignature('paypal-cert-url: the certificate is not valid now')
  }
  // Both environments have a host name under this one; which exactly is not published.
  if (!/^CN=[\w.-]+\.paypal\.com$/m.test(subject)) {
    throw new BadSignature("paypal-cert-url: the certificate is not one of PayPal's")
  }
  if (certificate.publicKey.asymmetricKeyType !== 'rsa') {
    throw new BadSignature('paypal-cert-url: expected an RSA key')
  }
  return certificate.publicKey
}

function certificateIn(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem)
  } catch {
    throw new BadSignature('paypal-cert-url: expected a certificate')
  }
}
