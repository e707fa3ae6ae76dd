import { sign } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type MadeCertificate, madeCertificate } from '../../../sandbox/certificate.ts'
import { BadSignature } from '../errors.ts'
import type { Notifications, SignedRequest } from '../notifications.ts'
import { paypal } from './index.ts'
import { certificateUrl, signedText } from './signature.ts'

const { verify } = paypal.notifications as Notifications // it has them

const now_ms = Date.now()
const webhookId = '1JE4291016473214C'
const url = 'https://api.paypal.com/v1/notifications/certs/CERT-360caa42-fca2a594-1d93a270'
const theirs = madeCertificate({ commonName: 'messageverificationcerts.paypal.com' })
const body = Buffer.from('{"id":"WH-2WR32451HC0233532-67976317FL4543714","summary":"30,00 €"}')

interface Made {
  readonly by?: MadeCertificate
  readonly webhook?: string
  readonly headers?: SignedRequest['headers']
  readonly time_ms?: number
}

/** A notification as PayPal would send it, but for what is given. */
function signed({ by = theirs, webhook = webhookId, headers = {}, time_ms = now_ms }: Made = {}) {
  const id = '69cd13f0-d67a-11e5-baa3-778b53f4ae55'
  const time = `${new Date(time_ms).toISOString().slice(0, 19)}Z`
  const text = signedText({ id, time, webhookId: webhook, body })
  return {
    url: '/',
    body,
    headers: {
      'paypal-transmission-id': id,
      'paypal-transmission-time': time,
      'paypal-transmission-sig': sign('sha256', Buffer.from(text), by.key).toString('base64'),
      'paypal-auth-algo': 'SHA256withRSA',
      'paypal-cert-url': url,
      ...headers,
    },
  }
}

async function verified(request: SignedRequest, pem = theirs.pem, ids = ['other', webhookId]) {
  const fetched: string[] = []
  const certificate = async (from: string) => {
    fetched.push(from)
    return pem
  }
  await verify(request, ids, now_ms, { certificate })
  return fetched
}

describe('a transmission', () => {
  test('holds by the certificate that it names and any of our webhooks', async () => {
    expect(await verified(signed())).toEqual([url])
  })

  test.each([
    ['for another webhook', signed({ webhook: '9ZZ0000000000000X' })],
    ['by another key', signed({ by: madeCertificate({ commonName: 'other.paypal.com' }) })],
    ['with another body', { ...signed(), body: Buffer.concat([body, Buffer.from(' ')]) }],
    [
      'with another time',
      signed({ headers: { 'paypal-transmission-time': new Date(now_ms).toISOString() } }),
    ],
    ['of five minutes ago', signed({ time_ms: now_ms - 302_000 })],
    ['of five minutes later', signed({ time_ms: now_ms + 302_000 })],
    ['of no time', signed({ headers: { 'paypal-transmission-time': 'yesterday' } })],
    ['by another scheme', signed({ headers: { 'paypal-auth-algo': 'MD5withRSA' } })],
    ['without a signature', signed({ headers: { 'paypal-transmission-sig': undefined } })],
    ['with a signature that is none', signed({ headers: { 'paypal-transmission-sig': '%%%' } })],
  ])('%s is refused', async (_what, request) => {
    await expect(verified(request)).rejects.toBeInstanceOf(BadSignature)
  })

  test.each([
    ['expired', { commonName: 'messageverificationcerts.paypal.com', until_ms: now_ms - 1000 }],
    ['not valid yet', { commonName: 'messageverificationcerts.paypal.com', from_ms: now_ms + 1e6 }],
    ['of somebody else', { commonName: 'paypal.com.example.net' }],
    ['of somebody like them', { commonName: 'notpaypal.com' }],
  ])('with a certificate that is %s is refused', async (_what, facts) => {
    const by = madeCertificate(facts)
    await expect(verified(signed({ by }), by.pem)).rejects.toBeInstanceOf(BadSignature)
  })

  test('is a defect of ours where nothing can fetch certificates', async () => {
    await expect(verify(signed(), [webhookId], now_ms)).rejects.toThrow('nothing can fetch it')
  })
})

describe('the address of a certificate', () => {
  test.each([
    'http://api.paypal.com/v1/notifications/certs/CERT-1',
    'https://api.paypal.com.evil.example/v1/notifications/certs/CERT-1',
    'https://evil.example/api.paypal.com/v1/notifications/certs/CERT-1',
    'https://paypal.com/v1/notifications/certs/CERT-1',
    'https://api.paypal.com:8443/v1/notifications/certs/CERT-1',
    'https://me@api.paypal.com/v1/notifications/certs/CERT-1',
    'https://api.paypal.com/v1/notifications/certs/',
    'https://api.paypal.com/v1/notifications/certs/../../checkout/upload',
    'https://api.paypal.com/v1/notifications/certs/a/b',
    'https://api.paypal.com/v1/notifications/certs/CERT-1?url=https://evil.example',
    'https://api.paypal.com/v1/notifications/certs/CERT-1#x',
    'CERT-1',
  ])('%s is not fetched', async (text) => {
    const request = signed({ headers: { 'paypal-cert-url': text } })
    const certificate = () => Promise.reject(new Error('it was fetched'))
    const verifying = verify(request, [webhookId], now_ms, { certificate })
    await expect(verifying).rejects.toBeInstanceOf(BadSignature)
  })

  test.each(['api', 'api-m', 'api.sandbox', 'api-m.sandbox'])('may be of %s.paypal.com', (host) => {
    const text = `https://${host}.paypal.com/v1/notifications/certs/CERT-1`
    expect(certificateUrl(text)).toBe(text)
  })
})

describe('what is signed', () => {
  // Worked out apart from this code: the CRC-32 of "123456789" is the check value of its standard.
  test('ends in the CRC-32 of the body as a decimal number without a sign', () => {
    const text = signedText({
      id: 'T1',
      time: '2026-01-01T00:00:00Z',
      webhookId: 'W1',
      body: Buffer.from('123456789'),
    })
    expect(text).toBe(`T1|2026-01-01T00:00:00Z|W1|${0xcbf43926}`)
  })

  test('sums bodies of any bytes as the definition does', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const text = signedText({ id: 'T', time: 't', webhookId: 'W', body: bytes })
        expect(text).toBe(`T|t|W|${sumBit(bytes)}`)
      }),
    )
  })
})

/** CRC-32 a bit at a time, as it is defined. */
function sumBit(bytes: Uint8Array): number {
  let sum = 0xffffffff
  for (const byte of bytes) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1
  }
  return (sum ^ 0xffffffff) >>> 0
}
