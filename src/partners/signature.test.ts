import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { BadSignature } from './errors.ts'
import { hmacSha256, isSame, signature_age_seconds_max, verifyTimed } from './signature.ts'

const now_ms = 1_700_000_000_000
const body = Buffer.from('{"id":"evt_1"}')

function signed(secret: string, seconds = now_ms / 1000): string {
  const v1 = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')
  return `t=${seconds},v1=${v1}`
}

function verify(header: string | undefined, secrets = ['whsec_new', 'whsec_old']): void {
  const request = { headers: { 'stripe-signature': header }, url: 'https://x.test/n', body }
  verifyTimed(request, 'stripe-signature', secrets, now_ms)
}

describe('a timed signature', () => {
  test.each(['whsec_new', 'whsec_old'])('made with %s holds', (secret) => {
    expect(() => verify(signed(secret))).not.toThrow()
  })

  test('is found among several', () => {
    const other = signed('whsec_other').split('v1=')[1]
    expect(() => verify(`${signed('whsec_new')},v1=${other},v0=abc`)).not.toThrow()
    expect(() => verify(signed('whsec_new').replace('v1=', `v1=${other},v1=`))).not.toThrow()
  })

  test.each([
    ['missing', undefined],
    ['empty', ''],
    ['without a time', signed('whsec_new').replace(/t=\d+,/, '')],
    ['with an odd time', signed('whsec_new').replace(/t=\d+/, 't=1e9')],
    ['of another secret', signed('whsec_other')],
    ['of another scheme', signed('whsec_new').replace('v1=', 'v0=')],
    ['of another length', `${signed('whsec_new')}0`],
    ['too old', signed('whsec_new', now_ms / 1000 - signature_age_seconds_max - 1)],
    ['from the future', signed('whsec_new', now_ms / 1000 + signature_age_seconds_max + 1)],
  ])('that is %s does not hold', (_title, header) => {
    expect(() => verify(header)).toThrow(BadSignature)
  })

  test('at the edge of its age holds', () => {
    const edge = now_ms / 1000 - signature_age_seconds_max
    expect(() => verify(signed('whsec_new', edge))).not.toThrow()
  })

  test('does not hold without any secret of ours', () => {
    expect(() => verify(signed('whsec_new'), [])).toThrow(BadSignature)
  })

  test('does not tell the secret in its error', () => {
    expect(() => verify(signed('whsec_other'))).toThrow(/^(?!.*whsec)/)
  })
})

test('an HMAC may be hexadecimal or base64', () => {
  const hex = hmacSha256('key', ['a', Buffer.from('b')], 'hex')
  expect(Buffer.from(hmacSha256('key', ['ab'], 'base64'), 'base64').toString('hex')).toBe(hex)
})

test('texts of different lengths are not the same', () => {
  expect([isSame('ab', 'abc'), isSame('ab', 'ab'), isSame('ab', 'ac')]).toEqual([
    false,
    true,
    false,
  ])
})
