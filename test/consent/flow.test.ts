// The consent page from the link to the way back, and every status on its way.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../../sandbox/server.ts'
import type { Database } from '../../src/store/database.ts'
import { testDatabase } from '../database.ts'
import { answerAt, oauth_partners } from './granted.ts'
import {
  type Bank,
  type Browser,
  newBank,
  newBrowser,
  newMerchant,
  pathOf,
  return_url,
} from './page.ts'

let db: Database
let sandbox: Sandbox
let bank: Bank

beforeAll(async () => {
  db = await testDatabase()
  sandbox = await startSandbox({ buyers: 10, clock: Date.now() })
  bank = await newBank(db, sandbox)
})
afterAll(async () => {
  await bank.api.close()
  await sandbox.stop()
  await db.close()
})

/** A business at a link of its own. */
async function atLink(partnerSource?: readonly string[]) {
  const merchant = newMerchant()
  const more = partnerSource ? { partnerSource } : {}
  const path = await bank.link({ institutionAccountId: merchant, ...more })
  const browser = newBrowser(bank.api)
  const first = await browser.get(path)
  return { merchant, path, browser, first }
}

/** Goes to a partner's screen; gives its address. */
async function goTo(name: string, { browser, path }: { browser: Browser; path: string }) {
  const sent = await browser.submit(path, { choice: `partner ${name}` })
  if (!sent.location?.startsWith('/')) return sent.location ?? ''
  await browser.get(sent.location)
  const { shop = '' } = sandbox.partner('shopify').credential
  return (await browser.submit(sent.location, { shop })).location ?? ''
}

const statusesOf = async (merchant: string) =>
  (await bank.status(merchant)).map(({ partnerSource, status }) => [partnerSource, status])

describe('a link', () => {
  it('lasts 15 minutes and makes the ledger account of a new business', async () => {
    const before = Date.now()
    const institutionAccountId = newMerchant()
    const wish = { institutionAccountId, returnUrl: return_url }
    const made = await bank.client.send('POST', '/v2/auth/consent/page', wish)
    const lives_ms = Date.parse(String(made.json.expires)) - before
    expect(lives_ms).toBeGreaterThan(14 * 60_000)
    expect(lives_ms).toBeLessThanOrEqual(15 * 60_000 + 1000)
    const query = `institutionAccountId=${institutionAccountId}`
    const told = await bank.client.get(`/v2/auth/consent/ledgerAccountId?${query}`)
    expect(made.json.url).toContain(`/connect/${told.json.ledgerAccountId}.`)
  })

  it('is made by a GET with a query too', async () => {
    const query = new URLSearchParams({ merchantIdentifier: newMerchant(), returnUrl: return_url })
    const made = await bank.client.get(`/v2/auth/consent/page?${query}`)
    expect([made.status, String(made.json.url)]).toEqual([
      200,
      expect.stringMatching(/^http:\/\/127\.0\.0\.1:4242\/connect\/la_/),
    ])
  })

  it('is stored as a hash only', async () => {
    const path = await bank.link()
    const secret = path.split('.').at(-1) ?? 'none'
    const rows = await db.query('select * from consent_link')
    expect(JSON.stringify(rows)).not.toContain(secret)
  })

  it('is answered once for an Idempotency-Key, and not shown again', async () => {
    const wish = { institutionAccountId: newMerchant(), returnUrl: return_url }
    const send = () =>
      bank.client.send('POST', '/v2/auth/consent/page', wish, { 'idempotency-key': 'link-1' })
    const [first, second] = [await send(), await send()]
    expect([typeof first.json.url, second.json.url]).toEqual(['string', null])
  })
})

describe('the page', () => {
  it('says who asks, what is read, for how long, and where it can be ended', async () => {
    const { first } = await atLink(['stripe'])
    expect(first.status).toBe(200)
    for (const text of ['Bank asks to read', 'Connect Stripe', 'What is read', 'For how long']) {
      expect(first.text).toContain(text)
    }
    expect(first.text).not.toContain('Connect Square')
    expect(first.text).not.toContain('<script')
  })

  it('shows the name, logo and colour of the institution', async () => {
    const other = await newBank(db, sandbox)
    const logo = 'https://bank.example.com/logo.png'
    const change = { brand_name: 'Ampersand & Sons', logo, colour: '#FFCC00' }
    await other.client.send('PATCH', '/v2/auth/consent/settings', change)
    const page = await newBrowser(other.api).get(await other.link())
    expect(page.text).toContain('Ampersand &amp; Sons asks to read')
    expect(page.text).toContain(`<img src="${logo}" alt="">`)
    expect(String(page.headers['content-security-policy'])).toContain(
      'img-src data: https://bank.example.com',
    )
    const style = await newBrowser(other.api).get('/connect/style/ffcc00.css')
    expect(style.text).toContain('--brand:#ffcc00;--on-brand:#000000')
    await other.api.close()
  })
})

describe.each(oauth_partners)('consent at %s', (name) => {
  it('connects, asks for a sync and leads back with what became of it', async () => {
    const { merchant, path, browser } = await atLink([name])
    expect(await statusesOf(merchant)).toEqual([[name, 'Not Authorised']])
    const back = await answerAt(await goTo(name, { browser, path }), 'allow')
    const done = await browser.get(pathOf(back))
    const to = new URL(done.location ?? '')
    expect(`${to.origin}${to.pathname}`).toBe('https://bank.example.com/connected')
    expect(Object.fromEntries(to.searchParams)).toMatchObject({
      lang: 'en',
      status: 'Active',
      institutionAccountId: merchant,
      partnerSource: name,
      ledgerAccountId: expect.stringMatching(/^la_/),
    })
    const [connection] = await bank.status(merchant)
    expect(connection).toMatchObject({ partnerSource: name, status: 'Active' })
    expect(bank.synced).toContain(connection?.id)
    expect((await browser.get(path)).status).toBe(410)
  })

  it('is Denied where the business says no there, and can be tried again', async () => {
    const { merchant, path, browser } = await atLink([name])
    const back = await answerAt(await goTo(name, { browser, path }), 'deny')
    const again = await browser.get(pathOf(back))
    expect([again.status, again.text]).toEqual([422, expect.stringContaining('Try again')])
    expect(await statusesOf(merchant)).toEqual([[name, 'Denied']])
    expect(again.text).toContain(`href="${path}"`)
    await browser.get(path)
    const second = await answerAt(await goTo(name, { browser, path }), 'allow')
    expect((await browser.get(pathOf(second))).status).toBe(303)
    expect(await statusesOf(merchant)).toEqual([[name, 'Active']])
  })
})

describe.each(['woocommerce', 'vendure', 'medusa'] as const)('a key for %s', (name) => {
  it('is entered on the page and connects', async () => {
    const { merchant, path, browser } = await atLink([name])
    const form = (await browser.submit(path, { choice: `partner ${name}` })).location ?? ''
    const shown = await browser.get(form)
    expect(shown.text).toContain('type="password"')
    const done = await browser.submit(form, sandbox.partner(name).credential)
    expect(new URL(done.location ?? '').searchParams.get('status')).toBe('Active')
    expect(await statusesOf(merchant)).toEqual([[name, 'Active']])
  })

  it('that is missing is asked for again, without what was secret', async () => {
    const { merchant, path, browser } = await atLink([name])
    const form = (await browser.submit(path, { choice: `partner ${name}` })).location ?? ''
    await browser.get(form)
    const again = await browser.submit(form, { url: 'https://shop.example.com' })
    expect([again.status, again.text]).toEqual([422, expect.stringContaining('role="alert"')])
    expect(again.text).toContain('value="https://shop.example.com"')
    expect(await statusesOf(merchant)).toEqual([[name, 'Not Authorised']])
  })
})

describe('statuses', () => {
  const switchTo = async (id: string, word: string) =>
    (await bank.client.send('POST', `/v2/partner_account_connections/${id}/${word}`, {})).json

  async function connectedAt(name: 'stripe' | 'gocardless') {
    const { merchant, path, browser } = await atLink([name])
    const back = await answerAt(await goTo(name, { browser, path }), 'allow')
    await browser.get(pathOf(back))
    const [connection] = await bank.status(merchant)
    return { merchant, id: connection?.id ?? '' }
  }

  it('Denied: the business says no on the page', async () => {
    const { merchant, path, browser } = await atLink(['stripe', 'square'])
    const done = await browser.submit(path, { choice: 'deny' })
    expect(new URL(done.location ?? '').searchParams.get('status')).toBe('Denied')
    const told = new Map((await statusesOf(merchant)).map(([name, status]) => [name, status]))
    expect(told).toEqual(
      new Map([
        ['stripe', 'Denied'],
        ['square', 'Denied'],
      ]),
    )
    expect((await browser.get(path)).status).toBe(410)
  })

  it('Denied to Not Authorised: the business is asked again', async () => {
    const { merchant, path, browser } = await atLink(['stripe'])
    await browser.submit(path, { choice: 'deny' })
    await bank.link({ institutionAccountId: merchant, partnerSource: ['stripe'] })
    expect(await statusesOf(merchant)).toEqual([['stripe', 'Not Authorised']])
  })

  it('Active to Inactive and back: the institution switches', async () => {
    const { id } = await connectedAt('stripe')
    expect((await switchTo(id, 'disable')).status).toBe('Inactive')
    expect((await switchTo(id, 'enable')).status).toBe('Active')
  })

  it('Active to Revoked: the business ends it on the page of another link', async () => {
    const { merchant, id } = await connectedAt('gocardless')
    const path = await bank.link({ institutionAccountId: merchant })
    const browser = newBrowser(bank.api)
    const page = await browser.get(path)
    expect(page.text).toContain(`withdraw ${id}`)
    const done = await browser.submit(path, { choice: `withdraw ${id}` })
    expect(done.text).toContain('The connection was ended')
    const shown = (await bank.status(merchant)).find((one) => one.id === id)
    expect(shown).toMatchObject({ status: 'Revoked', status_reason: 'revoked by the business' })
  })

  it('Revoked to Active: the same account connects to the same connection', async () => {
    const { merchant, id } = await connectedAt('gocardless')
    await switchTo(id, 'revoke')
    const path = await bank.link({ institutionAccountId: merchant, partnerSource: ['gocardless'] })
    const browser = newBrowser(bank.api)
    await browser.get(path)
    await browser.get(pathOf(await answerAt(await goTo('gocardless', { browser, path }), 'allow')))
    const shown = await bank.status(merchant)
    expect(shown.map((one) => [one.id, one.status])).toEqual([[id, 'Active']])
  })
})
