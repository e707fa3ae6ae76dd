import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from './server.ts'
import { type Heard, hear } from './testing/hear.ts'

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox({ seed: 2, bulkCustomers: 1000 })
})
afterEach(() => sandbox.clearFaults())
afterAll(() => sandbox.stop())

describe('which requests a fault strikes', () => {
  const statuses = async (count: number, path = '/v1/customers') => {
    const found: number[] = []
    for (let i = 0; i < count; i++) found.push((await ask(path)).status)
    return found
  }

  it('those of its path, after so many, so many times', async () => {
    sandbox.inject({ name: 'error_500', path: '/v1/cust*', after: 1, times: 2 })
    expect(await statuses(2, '/v1/charges')).toEqual([200, 200])
    expect(await statuses(5)).toEqual([200, 500, 500, 200, 200])
  })

  it('those its seed draws, the same ones each time', async () => {
    const draw = async (seed: number) => {
      sandbox.clearFaults()
      sandbox.inject({ name: 'error_500', times: null, probability: 0.5, seed })
      return statuses(20)
    }
    const [first, again, other] = [await draw(1), await draw(1), await draw(2)]
    expect(again).toEqual(first)
    expect(other).not.toEqual(first)
    expect(new Set(first)).toEqual(new Set([200, 500]))
  })

  it('never the oracle’s, which is not in the log either', async () => {
    sandbox.inject({ name: 'error_500', times: null })
    sandbox.clearRequests()
    expect((await ask('/v1/customers', sandbox.stripe.oracleKey)).status).toBe(200)
    expect((await ask()).status).toBe(500)
    expect(sandbox.requests()).toMatchObject([{ path: '/v1/customers', status: 500 }])
  })

  it('the bulk account’s too', async () => {
    sandbox.inject({ name: 'new_field' })
    const { rows } = await ask('/v1/customers', sandbox.stripe.bulkKey)
    expect(rows[0]).toHaveProperty('field_of_the_future')
  })

  it('and no fault has another name', () => {
    expect(() => sandbox.inject({ name: 'bad_weather' })).toThrow('bad_weather')
  })
})

function ask(path = '/v1/customers', key = sandbox.stripe.key): Promise<Heard> {
  return hear(`${sandbox.stripe.baseUrl}${path}`, key)
}
