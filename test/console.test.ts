// The console as people use it: in a browser, against a server of its own.
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { customer } from '../src/model/customer.ts'
import type { Database } from '../src/store/database.ts'
import { enter, type Looks, noBrowser, openBrowser, visit } from './console/browser.ts'
import {
  type ConsoleWorld,
  consoleWorld,
  filledWith,
  newConsole,
  type Story,
  settledBuyer,
} from './console/world.ts'
import { testDatabase } from './database.ts'

const first_load_bytes_max = 250_000
const build_timeout_ms = 300_000
const page_timeout_ms = 120_000

/** How many buyers the list scrolls through; the long form has 100,000. */
const buyers = Number(process.env.TEST_CONSOLE_BUYERS ?? 2_000)
const rows_in_page_max = 120
const chunk = 2_000

/** Leaves a mark behind wherever it is run. */
const hostile = `"'><img src=x onerror="window.executed=1"><script>window.executed=1</script><svg onload=window.executed=1>`

let db: Database
let world: ConsoleWorld
let plain: Story
let pages: readonly string[]
let browser: Browser

describe('the built console', () => {
  it('is loaded in at most 250 kB, compressed', { timeout: build_timeout_ms }, async () => {
    const assets = join(await newConsole(), 'assets')
    const bytes = readdirSync(assets)
      .filter((name) => name.endsWith('.gz'))
      .reduce((sum, name) => sum + statSync(join(assets, name)).size, 0)
    expect(bytes).toBeGreaterThan(50 * 1024)
    expect(bytes).toBeLessThan(first_load_bytes_max)
  })
})

describe.skipIf(noBrowser)(`the console${noBrowser ? ` (skipped: ${noBrowser})` : ''}`, () => {
  beforeAll(async () => {
    db = await testDatabase()
    world = await consoleWorld(db, hostile)
    plain = await settledBuyer(world.shop)
    const ids = await filledWith(world.shop, hostile)
    const places: { readonly [object: string]: string } = {
      customer: '/customers',
      settlement: '/settlements',
    }
    const { ledgerAccountId, connectionId } = world.shop
    const records = [...ids].map(
      ([{ name, plural }, id]) => `${places[name] ?? `/records/${plural}`}/${id}`,
    )
    const buyer = ids.get(customer)
    const parts = ['payments', 'subscriptions', 'orders', 'products', 'invoices', 'disputes']
    pages = [
      '/customers',
      ...records,
      ...[...parts, 'external_accounts', 'attributes', 'api'].map(
        (tab) => `/customers/${buyer}?tab=${tab}`,
      ),
      `/customers/${plain.buyer}`,
      `/settlements/${plain.settlement}`,
      ...['/settlements', '/ledger-accounts', `/ledger-accounts/${ledgerAccountId}`],
      `/records/partner_account_connections/${connectionId}`,
      ...[...ids.keys()]
        .filter(({ name }) => !(name in places))
        .map(({ plural }) => `/records/${plural}`),
      ...[
        '/changes',
        '/events',
        '/dictionary',
        '/dictionary/customer',
        '/keys',
        '/health',
        '/nowhere',
      ],
    ]
    browser = await openBrowser()
  }, build_timeout_ms)

  afterAll(async () => {
    await browser?.close()
    await world?.close()
    await db?.close()
  })

  const signedIn = async (looks: Looks = {}) => {
    const visitor = await visit(browser, world.url, looks)
    await enter(visitor.page, world.key)
    return visitor
  }

  it(
    'finds a buyer by e-mail and follows a payment to its settlement',
    async () => {
      const { page, context, errors, outside } = await signedIn()
      await page.getByLabel('Find a customer').fill('ada@example.com')
      await page.getByRole('button', { name: 'Find', exact: true }).click()
      await page.getByText('1 in all').waitFor()
      expect(new URL(page.url()).search).toBe('?email=ada%40example.com')
      await page.getByRole('link', { name: 'Ada Åkerström' }).click()
      await page.getByText('EUR 19.45').first().waitFor()
      await page.getByRole('link', { name: 'Payments' }).last().click()
      await page.getByRole('link', { name: 'Ten tulip bulbs' }).click()
      const linked = page.getByRole('list', { name: 'Linked records' })
      await linked.getByText('Settlement').waitFor()
      await linked.locator('li', { hasText: 'Settlement' }).getByRole('link').click()
      await page.getByText('They come to what was settled, to the unit.').waitFor()
      expect(new URL(page.url()).pathname).toBe(`/settlements/${plain.settlement}`)
      expect([errors, outside]).toEqual([[], []])
      await context.close()
    },
    page_timeout_ms,
  )

  it(
    'is reached by keyboard: the palette opens a buyer by id',
    async () => {
      const { page, context } = await signedIn()
      await page.keyboard.press('Control+k')
      await page.getByRole('combobox', { name: 'Page, id, e-mail or name' }).waitFor()
      await page.keyboard.type(plain.buyer)
      await page.getByRole('option', { name: `Open ${plain.buyer}` }).waitFor()
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: 'Ada Åkerström' }).waitFor()
      await context.close()
    },
    page_timeout_ms,
  )

  it(
    'says where each value came from, and gives the request without the key',
    async () => {
      const { page, context } = await signedIn()
      await page.goto(`/customers/${plain.buyer}?tab=attributes`)
      const row = page.locator('.attribute', {
        has: page.locator('dt', { hasText: 'Payment currency' }),
      })
      await row.locator('code', { hasText: 'currency' }).first().waitFor()
      await page.goto(`/customers/${plain.buyer}?tab=api`)
      const command = page.locator('.command code').first()
      expect(await command.textContent()).toBe(
        `curl -sg -H "x-api-key: $KEY" "${world.url}/v2/customers/${plain.buyer}"`,
      )
      expect(await page.content()).not.toContain(world.key)
      await context.close()
    },
    page_timeout_ms,
  )

  it(
    'shows every page without running its records, without a fault that axe finds, and within 320 px',
    async () => {
      const { page, context, errors, outside } = await signedIn()
      page.on('dialog', (dialog) => void dialog.dismiss())
      const found: string[] = []
      const seen = new Set<string>()
      for (const path of pages) {
        await arrive(page, path)
        const faults = [...(await executions(page)), ...(await widthOver(page))]
        // The records of two objects differ in their words, not in their page.
        if (!seen.has(kindOf(path))) {
          faults.push(...(await faultsOf(page)), ...(await faultsInTheDark(page)))
        }
        seen.add(kindOf(path))
        found.push(...faults.map((fault) => `${path}: ${fault}`))
      }
      expect(found).toEqual([])
      expect(outside).toEqual([])
      expect(errors.filter((error) => !/status of 404/.test(error))).toEqual([])
      await context.close()
    },
    page_timeout_ms * 5,
  )

  it(
    'signs out, and asks for a key again where one was revoked',
    async () => {
      const { page, context } = await signedIn()
      await page.getByRole('button', { name: 'Sign out' }).click()
      await page.getByLabel('API key').waitFor()
      await page.goto('/customers')
      await page.getByLabel('API key').waitFor()
      expect(await context.cookies()).toEqual([])
      await context.close()
    },
    page_timeout_ms,
  )

  it(
    `scrolls through ${buyers} buyers with few rows in the page`,
    async () => {
      for (let i = 0; i < buyers; i += chunk) {
        const some = Array.from({ length: Math.min(chunk, buyers - i) }, (_, k) => ({
          partnerRecordId: `many_${i + k}`,
          name: `Buyer ${i + k}`,
          created_date: new Date(Date.UTC(2020, 0, 1) + (i + k) * 1_000).toISOString(),
        }))
        await world.shop.put(customer, some)
      }
      const { page, context } = await signedIn()
      await page.goto('/customers?name[prefix]=Buyer')
      const grid = page.getByRole('region', { name: 'Customers' })
      let most = 0
      const status = page.getByRole('status')
      for (let turn = 0; turn < buyers; turn++) {
        await grid.evaluate((element) => element.scrollTo(0, element.scrollHeight))
        await page.waitForTimeout(30)
        most = Math.max(most, await grid.locator('tbody tr').count())
        if ((await status.textContent())?.includes('in all')) break
      }
      await grid.evaluate((element) => element.scrollTo(0, element.scrollHeight))
      await page.getByRole('link', { name: 'Buyer 0', exact: true }).waitFor()
      expect(await status.textContent()).toBe(
        `${new Intl.NumberFormat('en-GB').format(buyers)} in all`,
      )
      expect(most).toBeLessThan(rows_in_page_max)
      await context.close()
    },
    page_timeout_ms + buyers * 10,
  )
})

/** Where a page stands in the router: `/records/:object/:id`. */
function kindOf(path: string): string {
  const named = path.replace(/^\/records\/\w+/, '/records/:object')
  return named.replace(/\/[a-z]+_[0-9a-f]+/, '/:id')
}

type Page = Awaited<ReturnType<typeof visit>>['page']

/** Goes to a page as a link does, and waits until all of it has been read. */
async function arrive(page: Page, path: string) {
  await page.evaluate(goTo, path)
  await expect.poll(() => page.locator('.waiting-line').count(), { timeout: 20_000 }).toBe(0)
  await page.locator('h1').waitFor()
}

/** Runs in the page, whose router listens to its history. */
function goTo(path: string) {
  const { history } = globalThis as unknown as {
    readonly history: { pushState(state: null, title: string, url: string): void }
  }
  history.pushState(null, '', path)
}

async function executions(page: Page): Promise<string[]> {
  const ran = await page.evaluate(() => 'executed' in globalThis)
  const outer = page.locator('a:not([href^="/"]):not([href^="#"]):not([href^="http"])')
  const links = await outer.count()
  return [...(ran ? ['it ran'] : []), ...(links > 0 ? [`${links} links that could run`] : [])]
}

async function faultsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)
}

/** The page is the same but for its colours. */
async function faultsInTheDark(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'dark' })
  const { violations } = await new AxeBuilder({ page }).withRules(['color-contrast']).analyze()
  await page.emulateMedia({ colorScheme: 'light' })
  return violations.map(({ id, nodes }) => `dark ${id}: ${nodes[0]?.html.slice(0, 200)}`)
}

async function widthOver(page: Page): Promise<string[]> {
  const before = page.viewportSize()
  await page.setViewportSize({ width: 320, height: 640 })
  const over = await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth)
  if (before) await page.setViewportSize(before)
  return over > 0 ? [`${over} px wider than 320`] : []
}
