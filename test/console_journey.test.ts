// What a newcomer does with the README alone: everything is started by its command, and the rest is
// done in a browser.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { enter, noBrowser, openBrowser, type Visit, visit } from './console/browser.ts'
import { newConsole } from './console/world.ts'
import { type Running, startFurrow } from './furrow.ts'
import { freePort } from './postgres.ts'
import { type Receiver, startReceiver } from './receiver.ts'

const reason = noBrowser ? ` (skipped: ${noBrowser})` : ''
const build_timeout_ms = 300_000
const step_timeout_ms = 90_000
const read_timeout_ms = 60_000

type Found = { readonly id: string; readonly [attribute: string]: unknown }

describe.skipIf(noBrowser)(
  `a first hour in the console${reason}`,
  { timeout: step_timeout_ms },
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'furrow-journey-'))
    let running: Running
    let browser: Browser
    let receiver: Receiver
    let visitor: Visit
    let page: Page
    /** The business that is made on the way. */
    let ledgerAccountId = ''

    beforeAll(async () => {
      await newConsole()
      receiver = await startReceiver()
      const port = String(await freePort())
      running = await startFurrow(['--data', folder, '--port', port])
      browser = await openBrowser()
      visitor = await visit(browser, running.ready.url)
      page = visitor.page
      page.setDefaultTimeout(read_timeout_ms)
    }, build_timeout_ms)

    afterAll(async () => {
      await browser?.close()
      await running?.stop()
      await receiver?.close()
      rmSync(folder, { recursive: true, force: true })
    })

    async function ask(
      path: string,
    ): Promise<{ readonly data: Found[]; readonly total_count: number }> {
      const answer = await fetch(`${running.ready.url}${path}`, {
        headers: { 'x-api-key': running.ready.key },
      })
      expect(answer.status).toBe(200)
      return (await answer.json()) as { data: Found[]; total_count: number }
    }

    it('begins with the key that was printed', async () => {
      await enter(page, running.ready.key)
      await page.getByRole('link', { name: 'Customers' }).first().waitFor()
    })

    it('makes a business, and lets it say yes at the simulated partner', async () => {
      await page.getByRole('link', { name: 'Ledger accounts' }).first().click()
      await page.getByText('New ledger account').click()
      await page.getByLabel('Name of the business').fill('Second garden')
      await page.getByLabel('Your own id of it').fill('second')
      await page.getByRole('button', { name: 'Create' }).click()
      await page.getByRole('link', { name: 'Second garden' }).click()
      await page.getByText('Nothing is connected yet.').waitFor()
      ledgerAccountId = new URL(page.url()).pathname.split('/').at(-1) ?? ''
      await page.locator('summary', { hasText: 'Consent link' }).click()
      const back = `${running.ready.url}/connect/done`
      await page.getByLabel('Where the business comes back to').fill(back)
      await page.getByRole('button', { name: 'Make a link' }).click()
      const link = await page.locator('.command code', { hasText: '/connect/' }).textContent()
      const business = await visitor.context.newPage()
      await business.goto(link ?? '')
      await business.getByRole('button', { name: 'Connect Stripe' }).click()
      await business.getByRole('button', { name: 'Allow' }).click()
      await business.waitForURL(`${back}?**`)
      expect(new URL(business.url()).searchParams.get('status')).toBe('Active')
      await business.close()
    })

    it('watches the first reading to its end', async () => {
      const card = page.getByRole('region', { name: /^stripe acct_/ })
      await card.getByText('Active').waitFor()
      await card.getByText(/^Every stream was read/).waitFor()
      await card.getByText(/^\d+ streams$/).click()
      const streams = card.getByRole('region', { name: 'Streams of stripe' })
      await streams.locator('tr', { hasText: 'customers' }).getByText('complete').waitFor()
    })

    it('compares with the partner, and finds the same', async () => {
      const card = page.getByRole('region', { name: /^stripe acct_/ })
      await card.getByRole('button', { name: 'Compare' }).click()
      await card.getByText('Compared with the partner').click()
      const drift = card.getByRole('region', { name: 'Drift of stripe' })
      await drift.locator('tr', { hasText: 'customers' }).getByText('the same').waitFor()
    })

    it('finds a buyer by e-mail, and follows a payment to its settlement', async () => {
      const { buyer, payment, settlement } = await story()
      await page.getByRole('link', { name: 'Customers' }).first().click()
      await page.getByLabel('Find a customer').fill(String(buyer.email))
      await page.getByRole('button', { name: 'Find', exact: true }).click()
      await page.locator(`a[href="/customers/${buyer.id}"]`).first().click()
      await page.getByRole('heading', { name: String(buyer.name) }).waitFor()
      await page.goto(`/customers/${buyer.id}?tab=payments`)
      await page.locator(`a[href="/records/payments/${payment.id}"]`).first().click()
      const linked = page.getByRole('list', { name: 'Linked records' })
      await linked.locator('li', { hasText: 'Settlement' }).getByRole('link').click()
      await page.waitForURL(`**/settlements/${settlement}`)
      await page.getByText('They come to what was settled, to the unit.').waitFor()
    })

    /** A buyer of the new business with an address, one of whose payments was settled. */
    async function story() {
      const of = `ledgerAccountId=${ledgerAccountId}`
      const { data: settled } = await ask(
        `/v2/transactions?${of}&limit=100&expand[]=source_id&expand[]=source_id.customer_id`,
      )
      for (const transaction of settled) {
        const payment = transaction.source_id as Found | null
        const buyer = payment?.customer_id as Found | null
        const { settlement_id: settlement } = transaction
        const isWhole = typeof settlement === 'string' && typeof buyer?.email === 'string'
        if (payment && buyer && isWhole && buyer.recordState === 'ACTIVE' && buyer.name) {
          return { buyer, payment, settlement }
        }
      }
      throw new Error('no payment of a buyer was settled')
    }

    it('has an endpoint told of what changed, and an event sent again', async () => {
      const begun = new Date(Date.now() - 3_600_000).toISOString().slice(0, 16)
      await page.getByRole('link', { name: 'Events' }).first().click()
      await page.getByText('New endpoint').click()
      await page.getByLabel('Address').fill(receiver.url)
      await page.getByLabel('Types of events').fill('settlement.created')
      await page.getByRole('button', { name: 'Add', exact: true }).click()
      const card = page.getByRole('region', { name: receiver.url })
      await card.getByText('Replay a span').click()
      await card.getByLabel('From (UTC)').fill(begun)
      await card.getByRole('button', { name: 'Replay' }).click()
      await card.getByText(/^Asked for, in \d+ ledger accounts/).waitFor()
      const deliveries = page.getByRole('region', { name: 'Deliveries' })
      await deliveries.getByText('delivered').first().waitFor()
      await settled(() => receiver.received.length)
      const before = receiver.received.map(({ id }) => id)
      expect(new Set(before).size).toBe(before.length)
      await deliveries.getByRole('button', { name: 'Replay' }).first().click()
      await expect.poll(() => receiver.received.length, { timeout: 20_000 }).toBe(before.length + 1)
      expect(before).toContain(receiver.received.at(-1)?.id)
    })

    it('takes the list of buyers away as a file', async () => {
      const parameters = `ledgerAccountId=${ledgerAccountId}`
      await page.goto(`/customers?${parameters}`)
      await page.locator('summary', { hasText: 'Export' }).click()
      const loading = page.waitForEvent('download')
      await page.getByRole('button', { name: 'NDJSON, as the API answers' }).click()
      const download = await loading
      expect(download.suggestedFilename()).toBe('customers.ndjson')
      const records = readFileSync(await download.path(), 'utf8')
        .trim()
        .split('\n')
      const { total_count } = await ask(`/v2/customers?${parameters}&limit=1&include[]=total_count`)
      expect(records.length).toBe(total_count)
      const owners = records.map((line) => JSON.parse(line).ledgerAccountId)
      expect(new Set(owners)).toEqual(new Set([ledgerAccountId]))
    })

    it('meets no error on the way, and asks nobody else', () => {
      expect([visitor.errors, visitor.outside]).toEqual([[], []])
    })
  },
)

/** Waits until a count has stayed the same for a moment. */
async function settled(count: () => number) {
  for (let before = -1; before !== count() || before === 0; ) {
    before = count()
    await new Promise((resolve) => setTimeout(resolve, 1_500))
  }
}
