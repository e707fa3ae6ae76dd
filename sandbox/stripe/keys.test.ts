import StripeClient from 'stripe'
import { describe, expect, it } from 'vitest'
import type { Row } from '../partner.ts'
import { client } from '../testing/client.ts'
import { DAY } from '../world/sim.ts'
import { EPOCH } from '../world.ts'
import { RESTRICTED_SCOPES } from './keys.ts'
import { createStripe } from './partner.ts'
import { signature } from './sign.ts'
import { API_VERSION } from './types.ts'

const PATH = '/v1/customers'

describe('keys', () => {
  it('are the same for the same seed and look like Stripe’s', () => {
    const { keys } = createStripe({ seed: 9, buyers: 1 })
    expect(keys.test).toBe('sk_test_sandbox_9')
    expect(Object.values(keys).every((key) => /^(sk|rk)_(test|live)_\w+$/.test(key))).toBe(true)
    expect(new Set(Object.values(keys)).size).toBe(5)
  })

  it('are read as Bearer and as the user of Basic', () => {
    const stripe = createStripe({ seed: 9, buyers: 40 })
    const basic = Buffer.from(`${stripe.keys.test}:`).toString('base64')
    for (const authorization of [`Bearer ${stripe.keys.test}`, `Basic ${basic}`]) {
      const asked = { method: 'GET', path: PATH, query: '', body: '', headers: { authorization } }
      expect(stripe.answer(asked).status).toBe(200)
    }
  })

  it.each([
    ['', 'You did not provide an API key'],
    ['sk_test_wrong', 'Invalid API Key provided'],
  ])('"%s" is refused with 401', (key, message) => {
    const stripe = createStripe({ seed: 9, buyers: 1 })
    const { status, body } = client(stripe, key).get(PATH)
    expect([status, error(body)]).toEqual([
      401,
      { message: expect.stringContaining(message), type: 'invalid_request_error' },
    ])
  })

  it('never appear in whole in an error', () => {
    const stripe = createStripe({ seed: 9, buyers: 1 })
    const key = 'sk_test_0123456789abcdefghij'
    expect(JSON.stringify(client(stripe, key).get(PATH).body)).not.toContain(key)
  })

  it('that are restricted read what they may, and get 403 for the rest', () => {
    const stripe = createStripe({ seed: 9, buyers: 40 })
    const { get } = client(stripe, stripe.keys.restricted)
    const lists = { customers: 'customer', charges: 'charge', payouts: 'payout', events: 'event' }
    for (const [list, scope] of Object.entries(lists)) {
      const allowed = RESTRICTED_SCOPES.includes(scope)
      expect(get(`/v1/${list}`).status, list).toBe(allowed ? 200 : 403)
    }
    expect(error(get('/v1/payouts').body).message).toContain('rak_payout_read')
  })

  it('that were taken back, and accounts that withdrew, are refused', () => {
    const stripe = createStripe({ seed: 9, buyers: 40 })
    stripe.revokeKey(stripe.keys.restricted)
    const { get } = client(stripe, stripe.keys.restricted)
    expect(get(PATH)).toMatchObject({ status: 401, body: { error: { code: 'api_key_expired' } } })
    stripe.deauthorise()
    expect(client(stripe, stripe.keys.test).get(PATH)).toMatchObject({
      status: 403,
      body: { error: { code: 'account_invalid' } },
    })
    expect(client(stripe).get(PATH).status).toBe(200)
  })

  it('of live mode see the same clock', () => {
    const early = createStripe({ seed: 9 })
    const late = createStripe({ seed: 9 })
    const read = (stripe: typeof early) => client(stripe, stripe.keys.live).all('/v1/charges')
    read(early)
    for (const stripe of [early, late]) stripe.advanceTo(EPOCH + 20 * DAY)
    expect(read(early)).toEqual(read(late))
  })

  it('only read', () => {
    const stripe = createStripe({ seed: 9, buyers: 1 })
    const headers = { authorization: `Bearer ${stripe.keys.test}` }
    const answer = stripe.answer({ method: 'POST', path: PATH, query: '', headers, body: '' })
    expect(answer.status).toBe(404)
  })
})

describe('every answer', () => {
  it('has a request id and the version', () => {
    const stripe = createStripe({ seed: 9, buyers: 1 })
    for (const path of [PATH, '/v1/nothing']) {
      const { headers } = client(stripe).get(path)
      expect(headers).toMatchObject({
        'request-id': expect.stringMatching(/^req_\w{14}$/),
        'stripe-version': API_VERSION,
      })
    }
  })
})

describe('signature', () => {
  it('is one that Stripe’s own library accepts', () => {
    const body = JSON.stringify({ id: 'evt_1', object: 'event', text: 'Grün' })
    const header = signature(body, 'whsec_test', Math.floor(Date.now() / 1000))
    const { webhooks } = new StripeClient('sk_test_x')
    expect(webhooks.constructEvent(body, header, 'whsec_test')).toMatchObject({ id: 'evt_1' })
    expect(() => webhooks.constructEvent(`${body} `, header, 'whsec_test')).toThrow()
  })
})

function error(body: unknown): Row {
  return (body as { error: Row }).error // only error bodies are given here
}
