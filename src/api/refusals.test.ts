import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../test/database.ts'
import { newWorld, type World } from '../../test/world.ts'

let world: World

beforeAll(async () => {
  world = await newWorld(await testDatabase(), { partnerSources: ['stripe', 'square'] })
})
afterAll(async () => {
  await world.close()
  await world.db.close()
})

describe('a refusal', () => {
  it.each([
    ['/v2/customers?nmae=x', 'unknown_parameter', 'nmae', 'did you mean name?'],
    [
      '/v2/customers?create_date[gte]=x',
      'unknown_parameter',
      'create_date[gte]',
      'created_date[gte]',
    ],
    ['/v2/customers?limit=ten', 'bad_parameter', 'limit', 'an integer from 1 to 100, got "ten"'],
    ['/v2/customers?limit=0', 'bad_parameter', 'limit', 'from 1 to 100, got "0"'],
    ['/v2/customers?limit=5&limit=6', 'bad_parameter', 'limit', 'given once'],
    ['/v2/customers?sort=name', 'bad_parameter', 'sort', 'one of created_date, modifiedDate'],
    ['/v2/customers?recordState=GONE', 'bad_parameter', 'recordState', 'ACTIVE, DELETED, all'],
    ['/v2/customers?created_date=yesterday', 'bad_parameter', 'created_date', '2026-03-14'],
    ['/v2/customers?created_date=2026-02-30', 'bad_parameter', 'created_date', 'got "2026-02-30"'],
    ['/v2/customers?address.country=Sweden', 'bad_parameter', 'address.country', '^[A-Z]{2}$'],
    ['/v2/customers?name=', 'bad_parameter', 'name', 'got ""'],
    ['/v2/customers?name=a%00b', 'bad_parameter', 'name', 'without NUL'],
    ['/v2/customers?name=%ff', 'bad_parameter', 'name', 'percent-encoded UTF-8'],
    ['/v2/customers?fields=nam', 'bad_parameter', 'fields', 'did you mean name?'],
    ['/v2/customers?include[]=all', 'bad_parameter', 'include[]', 'total_count, freshness'],
    [
      '/v2/customers?starting_after=cus_1',
      'bad_parameter',
      'starting_after',
      'the id of a customer',
    ],
    [
      '/v2/customers?cursor=a&starting_after=b',
      'bad_parameter',
      'starting_after',
      'without cursor',
    ],
    ['/v2/payments?amount[gt]=1.5', 'bad_parameter', 'amount[gt]', 'an integer, got "1.5"'],
    ['/v2/payments?amount=9007199254740993', 'bad_parameter', 'amount', 'an integer'],
    ['/v2/payments?status=done', 'bad_parameter', 'status', 'unknown, pending, failed'],
    ['/v2/payments?currency=eur', 'bad_parameter', 'currency', 'ISO 4217 code in capitals'],
    ['/v2/products?active=yes', 'bad_parameter', 'active', 'true or false'],
    ['/v2/changes?after=-1', 'bad_parameter', 'after', 'an integer from 0'],
    ['/v2/model/customer/compare?from=1', 'missing_parameter', 'to', 'Number of the version'],
    ['/v2/model/customer/compare?from=1&to=3', 'bad_parameter', 'to', 'one of 1, 2'],
    [
      '/v2/insights/settlement_summary',
      'missing_parameter',
      'ledgerAccountId',
      'or institutionAccountId',
    ],
    [
      '/v1/insights/settlement_summary',
      'missing_parameter',
      'ledger_id',
      'or institutionAccountId',
    ],
    ['/v2/keys?x=1', 'unknown_parameter', 'x', 'unknown parameter'],
  ])('of %s says %s and names %s', async (url, code, param, told) => {
    const { status, json, headers } = await world.client.get(url)
    expect([status, json.code, json.param]).toEqual([400, code, param])
    expect(json.detail).toContain(told)
    expect(headers['content-type']).toBe('application/problem+json; charset=utf-8')
    expect(json.type).toBe(`/errors/${code}`)
  })

  it.each([
    ['/v2/customers/cus_none', 'not_found', 'id', 'no customer "cus_none"'],
    ['/v2/customers/cus_none/timeline', 'not_found', 'id', 'no customer'],
    ['/v2/subscriptions/list_cus_sub_00', 'not_found', 'id', 'no list'],
    ['/v2/subscriptions/list_set_txn_00', 'not_found', 'id', 'no list of subscriptions'],
    [
      '/v2/customers?ledgerAccountId=la_1',
      'not_found',
      'ledgerAccountId',
      'no ledger account "la_1"',
    ],
    ['/v2/model/custmer', 'not_found', 'object', 'did you mean customer?'],
    ['/v2/custmers', 'unknown_route', 'path', 'did you mean /v2/customers?'],
    ['/v3/customers', 'unknown_route', 'path', 'did you mean /v2/customers?'],
    [
      '/v2/customers/x/paymnts',
      'unknown_route',
      'path',
      'did you mean /v2/customers/{id}/payments',
    ],
  ])('of %s is a 404 that says %s and names %s', async (url, code, param, told) => {
    const { status, json } = await world.client.get(url)
    expect([status, json.code, json.param]).toEqual([404, code, param])
    expect(json.detail).toContain(told)
  })

  it('of another method names those that the path takes', async () => {
    const { status, json } = await world.client.send('DELETE', '/v2/customers')
    expect([status, json.detail]).toEqual([404, 'path: "/v2/customers" takes GET, not DELETE'])
  })

  it('of a body names each fault', async () => {
    const { status, json } = await world.client.send('POST', '/v2/ledger_accounts', {
      institutionAcountId: 'x',
      business_profile: { country: 'Sweden', name: 5 },
    })
    expect([status, json.code, json.param]).toEqual([422, 'invalid_body', 'institutionAcountId'])
    expect(json.detail).toContain('did you mean institutionAccountId?')
    expect((json.errors as { param: string }[]).map(({ param }) => param)).toEqual([
      'institutionAcountId',
      'business_profile.name',
      'business_profile.country',
    ])
  })

  it('of an unknown partner names the known ones', async () => {
    const body = { partnerSource: 'strip', credential: {} }
    const { json } = await world.client.send('POST', '/v2/partner_account_connections', body)
    expect([json.code, json.detail]).toEqual([
      'not_available',
      'this installation runs without connecting',
    ])
  })

  it('of a state that does not allow it says which would', async () => {
    const url = `/v2/partner_account_connections/${world.shop.connectionId}`
    expect((await world.client.send('POST', `${url}/disable`)).json.status).toBe('Inactive')
    expect((await world.client.send('POST', `${url}/disable`)).status).toBe(200)
    expect((await world.client.send('POST', `${url}/revoke`)).json.status).toBe('Revoked')
    const reply = await world.client.send('POST', `${url}/enable`)
    expect([reply.status, reply.json.code]).toEqual([409, 'conflict'])
    expect(reply.json.detail).toContain('when it is Inactive or Active')
  })
})

describe('what is not HTTP', () => {
  async function raw(bytes: string): Promise<string> {
    await world.api.listen({ host: '127.0.0.1', port: 0 }).catch(() => undefined)
    const address = world.api.server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    return new Promise((resolve, reject) => {
      let text = ''
      const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
      socket.on('data', (chunk) => {
        text += chunk
      })
      socket.on('end', () => resolve(text))
      socket.on('error', reject)
    })
  }

  it('is refused as a problem too', async () => {
    const answer = await raw('NONSENSE\r\n\r\n')
    expect(answer).toMatch(/^HTTP\/1.1 400 Bad Request\r\n/)
    expect(answer).toContain('"code":"bad_request"')
  })

  it('and headers without end are', async () => {
    const answer = await raw(`GET / HTTP/1.1\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1.1 431 /)
    expect(answer).toContain('"code":"too_large"')
  })
})
