// Takes the pictures of docs/guide/console.md, from a running `npm start`:
// npx node test/console/pictures.ts http://127.0.0.1:4242 "$(cat .furrow/api.key)"
import type { Browser } from 'playwright-core'
import { enter, openBrowser, visit } from './browser.ts'

const [url = '', key = ''] = process.argv.slice(2)
const folder = new URL('../../docs/guide/console/', import.meta.url).pathname
const settle_ms = 1_500
const waits_max = 100
const wait_ms = 300

interface Picture {
  readonly name: string
  readonly path: string
  readonly width?: number
  readonly colorScheme?: 'light' | 'dark'
}

const dispute = await first('/v2/disputes?partnerSource=stripe&limit=1')
const settlement = await first('/v2/settlements?partnerSource=stripe&status=paid&limit=1')
const account = await first('/v2/ledger_accounts?limit=1')
const buyer = `/customers/${dispute.customer_id}`

const pictures: readonly Picture[] = [
  { name: 'customers', path: '/customers' },
  { name: 'customer', path: buyer },
  { name: 'settlement', path: `/settlements/${settlement.id}` },
  { name: 'settlements-dark', path: '/settlements', colorScheme: 'dark' },
  { name: 'connections', path: `/ledger-accounts/${account.id}` },
  { name: 'attributes-dark', path: `${buyer}?tab=attributes`, colorScheme: 'dark' },
  { name: 'customers-320', path: '/customers', width: 320 },
  { name: 'customer-320-dark', path: `${buyer}?tab=payments`, width: 320, colorScheme: 'dark' },
]

const browser = await openBrowser()
for (const picture of pictures) await take(browser, picture)
await browser.close()

async function take(from: Browser, { name, path, width = 1280, colorScheme = 'light' }: Picture) {
  const { page, context } = await visit(from, url, {
    width,
    height: 640,
    colorScheme,
  })
  await enter(page, key, path)
  await page.locator('h1').waitFor()
  for (let i = 0; i < waits_max && (await page.locator('.waiting-line').count()) > 0; i++) {
    await page.waitForTimeout(wait_ms)
  }
  await page.waitForTimeout(settle_ms)
  await page.screenshot({ path: `${folder}${name}.png` })
  await context.close()
}

async function first(path: string): Promise<Record<string, unknown>> {
  const answer = await fetch(`${url}${path}`, { headers: { 'x-api-key': key } })
  const [record] = ((await answer.json()) as { data: Record<string, unknown>[] }).data
  if (!record) throw new Error(`${path}: expected a record, got none`)
  return record
}
