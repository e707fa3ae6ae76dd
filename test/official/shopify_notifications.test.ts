// The official library as judge of signatures and domains; official bodies of notifications.
import '@shopify/shopify-api/adapters/web-api'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ApiVersion, shopifyApi } from '@shopify/shopify-api'
import { describe, expect, it } from 'vitest'
import type { Notifications } from '../../src/partners/notifications.ts'
import { shopify } from '../../src/partners/shopify/index.ts'
import { hmacSha256 } from '../../src/partners/signature.ts'

const MATERIAL = join(process.env.PARTNER_MATERIAL ?? '../shared/partners', 'shopify')

describe('the official library', () => {
  const secret = 'hush_not_a_real_secret'
  const library = shopifyApi({
    apiKey: 'key',
    apiSecretKey: secret,
    apiVersion: ApiVersion.July26,
    hostName: 'furrow.example',
    isEmbeddedApp: false,
    scopes: [],
    logger: { log: () => undefined },
  })
  const notifications = shopify.notifications as Notifications // it has them
  const rawBody = JSON.stringify({ id: 207119551, first_name: 'Zoë' })

  const delivery = (prefix: string, key: string) => ({
    [`${prefix}hmac-sha256`]: hmacSha256(key, [rawBody], 'base64'),
    [`${prefix}topic`]: 'customers/update',
    [`${prefix}shop-domain`]: 'garden.myshopify.com',
    [`${prefix}api-version`]: '2026-07',
    [`${prefix}webhook-id`]: 'b54557e4-bdd9-4b37-8a5f-bf7d70bcd043',
    [`${prefix}handle`]: 'customer',
    [`${prefix}action`]: 'update',
  })

  const theirs = async (headers: Record<string, string>) => {
    const url = 'https://furrow.example/hooks'
    const rawRequest = new Request(url, { method: 'POST', headers, body: rawBody })
    return (await library.webhooks.validate({ rawBody, rawRequest })).valid
  }

  const ours = (headers: Record<string, string>) => {
    try {
      notifications.verify({ headers, url: '/', body: Buffer.from(rawBody) }, [secret], 0)
      return true
    } catch {
      return false
    }
  }

  it.each([
    ['a webhook', delivery('x-shopify-', secret), true],
    ['an event', delivery('shopify-', secret), true],
    ['a webhook with another secret', delivery('x-shopify-', 'other'), false],
    ['an event with another secret', delivery('shopify-', 'other'), false],
    [
      'a webhook of other words',
      { ...delivery('x-shopify-', secret), 'x-shopify-hmac-sha256': 'eA==' },
      false,
    ],
  ])('agrees about the signature of %s', async (_, headers, holds) => {
    expect(await theirs(headers)).toBe(holds)
    expect(ours(headers)).toBe(holds)
  })

  it.each([
    ['garden.myshopify.com', true],
    ['garden.myshopify.com.evil.example', false],
    ['evil.example/garden.myshopify.com', false],
    ['.myshopify.com', false],
  ])('agrees about the domain %s', (domain, isOne) => {
    expect(library.utils.sanitizeShop(domain) !== null).toBe(isOne)
    const baseUrl = shopify.baseUrl as (credential: { shop: string }) => string
    if (isOne) expect(baseUrl({ shop: domain })).toBe(`https://${domain}`)
    else expect(() => baseUrl({ shop: domain })).toThrow('shop: expected a domain')
  })
})

const EXAMPLES = join(MATERIAL, 'rest-examples')

describe.skipIf(!existsSync(EXAMPLES))('bodies of notifications, which have the older form', () => {
  const headers = (topic: string) => ({
    'x-shopify-hmac-sha256': 'looked at elsewhere',
    'x-shopify-topic': topic,
    'x-shopify-shop-domain': 'garden.myshopify.com',
  })

  it.each([
    ['customer', 'customers/update', 'customers'],
    ['order', 'orders/updated', 'orders'],
    ['product', 'products/update', 'products'],
    ['dispute', 'disputes/update', 'disputes'],
  ])('of a %s name what is to be read again', (resource, topic, stream) => {
    const found = readdirSync(EXAMPLES)
      .filter((name) => name.startsWith(`2026-07.${resource}.`))
      .map((name) => JSON.parse(readFileSync(join(EXAMPLES, name), 'utf8')).response)
      .flatMap((response) => response?.[resource] ?? [])
    expect(found.length).toBeGreaterThan(0)
    for (const body of found) {
      const { read, touches } = shopify.notifications as Notifications // it has them
      const told = read(body, headers(topic)).flatMap((event) => touches?.(event) ?? [])
      expect(told).toEqual([
        { stream, partnerRecordId: String(body.id), parentId: null, deleted: false },
      ])
    }
  })
})
