// The console as people use it: in a browser, against a server of its own.
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
  type Story,
  settledBuyer,
} from './console/world.ts'
import { testDatabase } from './database.ts'

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
      await page.keyboard.type(plain.buyer)
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
    'runs nothing of what stands in the records, on any page',
    async () => {
      const { page, context, errors, outside } = await signedIn()
      const ran: string[] = []
      page.on('dialog', (dialog) => void dialog.dismiss())
      for (const path of pages) {
        await arrive(page, path)
        const executed = await page.evaluate(() => 'executed' in globalThis)
        const links = await page
          .locator('a:not([href^="/"]):not([href^="#"]):not([href^="http"])')
          .count()
        if (executed || links > 0) ran.push(path)
      }
      expect(ran).toEqual([])
      expect(outside).toEqual([])
      expect(errors.filter((error) => !/status of 404/.test(error))).toEqual([])
      await context.close()
    },
    page_timeout_ms,
  )

  it.each(['light', 'dark'] as const)(
    'has no fault that axe finds, on any page, when %s',
    async (colorScheme) => {
      const { page, context } = await signedIn({ colorScheme })
      const found: string[] = []
      for (const path of pages) {
        await arrive(page, path)
        const { violations } = await new AxeBuilder({ page }).analyze()
        found.push(
          ...violations.map(({ id, nodes }) => `${path}: ${id}: ${nodes[0]?.html.slice(0, 200)}`),
        )
      }
      expect(found).toEqual([])
      await context.close()
    },
    page_timeout_ms * 2,
  )

  it(
    'fits 320 px: no page scrolls sideways',
    async () => {
      const { page, context } = await signedIn({ width: 320, height: 640 })
      const wide: string[] = []
      for (const path of pages) {
        await arrive(page, path)
        const over = await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth)
        if (over > 0) wide.push(`${path}: ${over} px`)
      }
      expect(wide).toEqual([])
      await context.close()
    },
    page_timeout_ms,
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

/** Opens a page and waits until all of it has been read. */
async function arrive(page: Awaited<ReturnType<typeof visit>>['page'], path: string) {
  await page.goto(path)
  await page.locator('h1').waitFor()
  await page.waitForLoadState('networkidle', { timeout: 1_500 }).catch(() => undefined)
  await expect.poll(() => page.locator('.waiting-line').count(), { timeout: 20_000 }).toBe(0)
}
