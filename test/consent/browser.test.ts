// The consent page in a real browser: no script, no violation of accessibility, at 320 px and wide,
// light and dark, from the first page to the way back.
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../../sandbox/server.ts'
import type { Database } from '../../src/store/database.ts'
import { testDatabase } from '../database.ts'
import { freePort } from '../postgres.ts'
import { type Bank, newBank } from './page.ts'

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'
const reason = existsSync(executablePath) ? '' : ` (skipped: no browser at ${executablePath})`
/** Pictures are kept where this names a folder. */
const pictures = process.env.CONSENT_PICTURES

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const screens = [
  { width: 320, colorScheme: 'light' },
  { width: 320, colorScheme: 'dark' },
  { width: 1280, colorScheme: 'light' },
  { width: 1280, colorScheme: 'dark' },
] as const

describe.skipIf(reason !== '')(`the consent page in a browser${reason}`, () => {
  let db: Database
  let sandbox: Sandbox
  let bank: Bank
  let url: string
  let back: string
  const folders: string[] = []

  beforeAll(async () => {
    db = await testDatabase()
    sandbox = await startSandbox({ buyers: 5, clock: Date.now() })
    const port = await freePort()
    url = `http://127.0.0.1:${port}`
    back = `${url}/connect/done`
    bank = await newBank(db, sandbox, { publicUrl: url })
    const change = { return_urls: [back], brand_name: 'Länsbanken & Söner', colour: '#0b5fff' }
    await bank.client.send('PATCH', '/v2/auth/consent/settings', change)
    await bank.api.listen({ host: '127.0.0.1', port })
  })
  afterAll(async () => {
    await bank?.api.close()
    await sandbox?.stop()
    await db?.close()
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  })

  async function inBrowser(
    screen: (typeof screens)[number],
    work: (page: Page, context: BrowserContext) => Promise<void>,
  ) {
    const folder = mkdtempSync(join(tmpdir(), 'furrow-browser-'))
    folders.push(folder)
    const { width, colorScheme } = screen
    const viewport = { width, height: 800 }
    const how = { executablePath, args, viewport, colorScheme, javaScriptEnabled: true }
    const context = await chromium.launchPersistentContext(folder, how)
    try {
      await work(await context.newPage(), context)
    } finally {
      await context.close()
    }
  }

  /** Violations of accessibility on the page that is shown, and whether it is too wide. */
  async function faultsOf(page: Page, width: number): Promise<string[]> {
    const { violations } = await new AxeBuilder({ page }).analyze()
    const wide = await page.evaluate('document.documentElement.scrollWidth')
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`)
    return Number(wide) > width ? [...found, `${wide} px wide`] : found
  }

  async function look(page: Page, name: string, { width, colorScheme }: (typeof screens)[number]) {
    if (pictures) {
      const path = join(pictures, `${name}-${width}-${colorScheme}.png`)
      await page.screenshot({ path, fullPage: true })
    }
    return faultsOf(page, width)
  }

  it.each(screens)('has no fault at $width px, $colorScheme', async (screen) => {
    await inBrowser(screen, async (page) => {
      const path = await bank.link({ returnUrl: back })
      await page.goto(`${url}${path}`)
      const faults = [...(await look(page, 'ask', screen))]
      await page.getByRole('button', { name: 'Connect WooCommerce' }).click()
      faults.push(...(await look(page, 'key', screen)))
      const { consumer_key = '', url: shop = '' } = sandbox.partner('woocommerce').credential
      await page.getByLabel('consumer key').fill(consumer_key)
      await page.getByLabel('consumer secret').fill('cs_wrong')
      await page.getByLabel('url').fill(shop)
      await page.getByRole('button', { name: 'Yes, connect WooCommerce' }).click()
      await page.getByText('WooCommerce refuses the credential').waitFor()
      faults.push(...(await look(page, 'refused', screen)))
      await page.goto(`${url}/connect/unknown`)
      faults.push(...(await look(page, 'unknown', screen)))
      await page.goto(`${url}/connect/done?status=Active`)
      faults.push(...(await look(page, 'done', screen)))
      expect(faults).toEqual([])
    })
  })

  it('leads a business by keyboard to a partner and back, without any script', async () => {
    await inBrowser(screens[0], async (page) => {
      const asked: string[] = []
      page.on('request', (request) => void asked.push(request.url()))
      const path = await bank.link({ returnUrl: back, partnerSource: ['square'] })
      await page.goto(`${url}${path}`)
      await page.getByRole('button', { name: 'Connect Square' }).press('Enter')
      await page.getByRole('button', { name: 'Deny' }).click()
      await page.getByRole('link', { name: 'Try again' }).waitFor()
      expect(await look(page, 'again', screens[0])).toEqual([])
      await page.getByRole('link', { name: 'Try again' }).press('Enter')
      await page.getByRole('button', { name: 'Connect Square' }).press('Enter')
      await page.getByRole('button', { name: 'Allow' }).click()
      await page.waitForURL(`${back}?**`)
      expect(new URL(page.url()).searchParams.get('status')).toBe('Active')
      const foreign = asked.filter((one) => !one.startsWith(url) && !one.startsWith(sandbox.url))
      expect(foreign).toEqual([])
    })
  })
})
