// S8: fifteen ways to get a consent, or to send it elsewhere, none of which is accepted. Each attack
// gives what it achieved; the list of what was achieved has to be empty.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../../sandbox/server.ts'
import type { Database } from '../../src/store/database.ts'
import { testDatabase } from '../database.ts'
import { answerAt } from './granted.ts'
import {
  type Bank,
  type Browser,
  newBank,
  newBrowser,
  newMerchant,
  type Page,
  pathOf,
  return_url,
} from './page.ts'

let db: Database
let sandbox: Sandbox
let bank: Bank
let rival: Bank

beforeAll(async () => {
  db = await testDatabase()
  sandbox = await startSandbox({ buyers: 10, clock: Date.now() })
  bank = await newBank(db, sandbox)
  rival = await newBank(db, sandbox)
})
afterAll(async () => {
  await Promise.all([bank.api.close(), rival.api.close()])
  await sandbox.stop()
  await db.close()
})

interface Business {
  readonly merchant: string
  readonly path: string
  readonly browser: Browser
}

async function atLink(of: Bank, partnerSource = ['gocardless', 'square']): Promise<Business> {
  const merchant = newMerchant()
  const path = await of.link({ institutionAccountId: merchant, partnerSource })
  const browser = newBrowser(of.api)
  await browser.get(path)
  return { merchant, path, browser }
}

/** Goes to the partner and comes back with a yes, without arriving yet. */
async function allowed({ browser, path }: Business, name = 'gocardless'): Promise<URL> {
  const sent = await browser.submit(path, { choice: `partner ${name}` })
  return answerAt(sent.location ?? '', 'allow')
}

const isConnected = async (of: Bank, merchant: string) =>
  (await of.status(merchant)).some(({ status }) => status === 'Active')

/** What an answer achieved for whoever sent the request. */
async function achieved(of: Bank, { merchant }: Business, page: Page): Promise<string[]> {
  const connected = (await isConnected(of, merchant)) ? ['connected'] : []
  const sentOn = page.location === null ? [] : [`sent to ${page.location}`]
  return page.status < 400
    ? [`answered ${page.status}`, ...sentOn, ...connected]
    : [...sentOn, ...connected]
}

const evil = 'https://evil.example.net/'

/** Forms of an address that is not the registered one, and that some parser takes for it. */
const redirects = [
  evil,
  'https://bank.example.com/connected',
  'https://bank.example.com/connected?lang=en&next=x',
  'https://bank.example.com/connected/../x?lang=en',
  'https://bank.example.com.evil.example.net/connected?lang=en',
  'https://bank.example.com@evil.example.net/connected?lang=en',
  'https://BANK.example.com/connected?lang=en',
  'http://bank.example.com/connected?lang=en',
  '//evil.example.net/connected?lang=en',
  'https:/\\evil.example.net/connected?lang=en',
  'javascript:alert(1)//https://bank.example.com/connected?lang=en',
  'https://bank.example.com/connected?lang=en#@evil.example.net',
  ' https://bank.example.com/connected?lang=en',
  'https://bank.example.com/connected?lang=en\n',
]

const attacks: { readonly [name: string]: () => Promise<string[]> } = {
  async 'a callback that is replayed'() {
    const business = await atLink(bank)
    const back = await allowed(business)
    const first = await business.browser.get(pathOf(back))
    const [connection] = await bank.status(business.merchant)
    await bank.client.send('POST', `/v2/partner_account_connections/${connection?.id}/revoke`, {})
    const again = await business.browser.get(pathOf(back))
    const worked = first.status === 303 ? [] : ['the first one failed']
    return [...worked, ...(await achieved(bank, business, again))]
  },
  async "a state that is another business's"() {
    const [victim, attacker] = [await atLink(bank), await atLink(bank)]
    const theirs = await allowed(victim)
    const back = await allowed(attacker)
    back.searchParams.set('state', theirs.searchParams.get('state') ?? '')
    const page = await attacker.browser.get(pathOf(back))
    return [...(await achieved(bank, victim, page)), ...(await achieved(bank, attacker, page))]
  },
  async "a code of one partner's with the state of another's"() {
    const business = await atLink(bank)
    const code = (await allowed(business)).searchParams.get('code') ?? ''
    await business.browser.get(business.path)
    const back = await allowed(business, 'square')
    back.searchParams.set('code', code)
    return achieved(bank, business, await business.browser.get(pathOf(back)))
  },
  async 'a link that is swapped for another on the way'() {
    const [mine, theirs] = [await atLink(bank), await atLink(bank)]
    const fields = { choice: 'partner gocardless', form: mine.browser.formToken() }
    return achieved(bank, theirs, await mine.browser.submit(theirs.path, fields))
  },
  async 'a way back to where nobody registered'() {
    const found: string[] = []
    for (const returnUrl of redirects) {
      const wish = { institutionAccountId: newMerchant(), returnUrl }
      const made = await bank.client.send('POST', '/v2/auth/consent/page', wish)
      if (made.status < 400 || made.json.param !== 'returnUrl') found.push(`${returnUrl}: link`)
    }
    const business = await atLink(bank)
    const back = await allowed(business)
    const page = await business.browser.get(`${pathOf(back)}&returnUrl=${encodeURIComponent(evil)}`)
    const host = page.location === null ? 'none' : new URL(page.location).host
    return host === 'bank.example.com' ? found : [...found, `sent to ${host}`]
  },
  async "a code of the attacker's own account put into the victim's way back"() {
    const [victim, attacker] = [await atLink(bank, ['square']), await atLink(bank, ['square'])]
    const back = await allowed(victim, 'square')
    const own = await allowed(attacker, 'square')
    back.searchParams.set('code', own.searchParams.get('code') ?? '')
    return achieved(bank, victim, await victim.browser.get(pathOf(back)))
  },
  async 'a link that is over'() {
    const late = await newBank(db, sandbox)
    const business = await atLink(late)
    const back = await allowed(business)
    late.later(15 * 60_000 + 1)
    const page = await business.browser.get(business.path)
    const done = await business.browser.get(pathOf(back))
    const found = [
      ...(await achieved(late, business, page)),
      ...(await achieved(late, business, done)),
    ]
    await late.api.close()
    return found
  },
  async 'a link that is used a second time'() {
    const business = await atLink(bank)
    const form = business.browser.formToken()
    await business.browser.submit(business.path, { choice: 'deny' })
    const page = await business.browser.get(business.path)
    const choice = 'partner gocardless'
    const sent = await business.browser.submit(business.path, { choice, form })
    return [...(await achieved(bank, business, page)), ...(await achieved(bank, business, sent))]
  },
  async "a link of another institution's"() {
    const victim = await atLink(bank)
    const [ledgerAccountId = ''] = victim.path.replace('/connect/', '').split('.')
    const wish = { ledgerAccountId, returnUrl: return_url }
    const made = await rival.client.send('POST', '/v2/auth/consent/page', wish)
    const named = await rival.client.get(
      `/v2/auth/consent/status?ledgerAccountId=${ledgerAccountId}`,
    )
    return [made, named].flatMap(({ status }) => (status === 404 ? [] : [`answered ${status}`]))
  },
  async 'a token that was tampered with'() {
    const { path } = await atLink(bank)
    const [account = '', secret = ''] = path.replace('/connect/', '').split('.')
    const other = (await bank.link()).replace('/connect/', '').split('.')[0]
    const flipped = secret.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'))
    const forged = [
      `${account}.${flipped}`,
      `${other}.${secret}`,
      `${account}.`,
      account,
      '%00',
      "'--",
    ]
    const found: string[] = []
    for (const token of forged) {
      const page = await newBrowser(bank.api).get(`/connect/${token}`)
      if (page.status < 400) found.push(`${token}: ${page.status}`)
    }
    return found
  },
  async 'a cookie that was planted before'() {
    const attacker = await atLink(bank)
    const planted = new Map(attacker.browser.cookies)
    const victim = newBrowser(bank.api)
    for (const [name, value] of planted) victim.cookies.set(name, value)
    await victim.get(attacker.path)
    const sent = await victim.submit(attacker.path, { choice: 'partner gocardless' })
    const back = await answerAt(sent.location ?? '', 'allow')
    const page = await attacker.browser.get(pathOf(back))
    return achieved(bank, attacker, page)
  },
  async 'a cookie that was planted, with the form that goes with it'() {
    const attacker = await atLink(bank)
    const victim = newBrowser(bank.api)
    for (const [name, value] of attacker.browser.cookies) victim.cookies.set(name, value)
    const form = attacker.browser.formToken()
    const sent = await victim.submit(attacker.path, { choice: 'partner gocardless', form })
    const back = await answerAt(sent.location ?? '', 'allow')
    return achieved(bank, attacker, await attacker.browser.get(pathOf(back)))
  },
  async 'a header that is injected'() {
    const hostile = 'x\r\nset-cookie: a=b\r\nlocation: https://evil.example.net/'
    const merchant = `merchant\r\nx-evil: 1 ${newMerchant()}`
    const path = await bank.link({ institutionAccountId: merchant, partnerSource: ['gocardless'] })
    const browser = newBrowser(bank.api)
    await browser.get(path)
    const denied = await browser.submit(path, { choice: 'deny' })
    const wrong = await browser.get(`/connect/callback?state=${encodeURIComponent(hostile)}`)
    const own = new URL(denied.location ?? evil)
    const isOne = own.searchParams.get('institutionAccountId') === merchant
    const held = [denied, wrong].flatMap(({ headers }) => Object.keys(headers))
    return [...(isOne ? [] : ['a torn address']), ...held.filter((name) => name === 'x-evil')]
  },
  async 'a frame around the page'() {
    const { path } = await atLink(bank)
    const { headers } = await newBrowser(bank.api).get(path)
    const policy = String(headers['content-security-policy'])
    const wanted = [
      "frame-ancestors 'none'",
      "default-src 'none'",
      "base-uri 'none'",
      'form-action',
    ]
    const missing = wanted.filter((one) => !policy.includes(one))
    return headers['x-frame-options'] === 'DENY' ? missing : [...missing, 'x-frame-options']
  },
  async 'a script in the branding'() {
    const other = await newBank(db, sandbox)
    const script = '"><script>alert(1)</script>'
    const send = (change: object) => other.client.send('PATCH', '/v2/auth/consent/settings', change)
    const refused = [
      await send({ logo: `https://a.example.com/${script}` }),
      await send({ logo: 'javascript:alert(1)' }),
      await send({ logo: 'data:image/svg+xml;base64,PHN2Zy8+' }),
      await send({ logo: `data:image/png;base64,${Buffer.from(script).toString('base64')}` }),
      await send({ logo: "https://a.example.com;script-src 'unsafe-inline'/x.png" }),
      await send({ colour: 'red;}</style>' }),
      await send({ return_urls: ['javascript:alert(1)'] }),
    ].flatMap(({ status, text }) => (status === 422 ? [] : [text]))
    await send({ brand_name: script })
    const page = await newBrowser(other.api).get(await other.link())
    await other.api.close()
    return page.text.includes('<script') ? [...refused, 'a script in the page'] : refused
  },
  async 'a way back without the browser that went there'() {
    const business = await atLink(bank)
    const back = await allowed(business)
    return achieved(bank, business, await newBrowser(bank.api).get(pathOf(back)))
  },
  async 'a form that another site sends'() {
    const business = await atLink(bank)
    const choice = 'partner gocardless'
    const headers = { origin: 'https://evil.example.net' }
    const { browser, path } = business
    const crossed = await browser.submit(path, { choice }, headers)
    const sited = await browser.submit(path, { choice }, { 'sec-fetch-site': 'cross-site' })
    const blind = await browser.submit(path, { choice, form: 'A'.repeat(43) })
    const found = await Promise.all(
      [crossed, sited, blind].map((page) => achieved(bank, business, page)),
    )
    return found.flat()
  },
  async 'a way back with two states'() {
    const business = await atLink(bank)
    const back = await allowed(business)
    return achieved(bank, business, await business.browser.get(`${pathOf(back)}&state=x`))
  },
}

describe('an attack on consent', () => {
  it('is tried in fifteen ways at least', () => {
    expect(Object.keys(attacks).length).toBeGreaterThanOrEqual(15)
  })

  it.each(Object.keys(attacks))('%s is not accepted', async (name) => {
    expect(await attacks[name]?.()).toEqual([])
  })

  it('is not what an honest business does', async () => {
    const business = await atLink(bank)
    const page = await business.browser.get(pathOf(await allowed(business)))
    expect([page.status, await isConnected(bank, business.merchant)]).toEqual([303, true])
  })
})

describe('cookies', () => {
  it('belong to the host alone, and to https, where the page has that', async () => {
    const publicUrl = 'https://furrow.example.com'
    const safe = await newBank(db, sandbox, { publicUrl })
    const { headers } = await newBrowser(safe.api).get(await safe.link())
    await safe.api.close()
    expect(String(headers['set-cookie'])).toMatch(
      /^__Host-furrow-consent-\w+=[\w-]{43}\.[\w-]{43}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax; Secure$/,
    )
  })
})
