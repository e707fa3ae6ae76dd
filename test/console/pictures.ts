// Takes the pictures of docs/guide/console.md, from a running `npm start`:
// npx node test/console/pictures.ts http://127.0.0.1:4242 "$(cat .furrow/api.key)"
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
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
  /** A part of the page that is opened, the last one of that title. */
  readonly opened?: string
}

const dispute = await first('/v2/disputes?partnerSource=stripe&limit=1')
const settlement = await first('/v2/settlements?partnerSource=stripe&status=paid&limit=1')
const account = await first('/v2/ledger_accounts?limit=1')
const connection = await first('/v2/partner_account_connections?partnerSource[]=stripe&limit=1')
await compare(connection.id)
const receiver = createServer((_, response) => response.writeHead(204).end())
await listen(receiver)
const buyer = `/customers/${dispute.customer_id}`

const compared = 'Compared with the partner'
const pictures: readonly Picture[] = [
  { name: 'customers', path: '/customers' },
  { name: 'customer', path: buyer },
  { name: 'settlement', path: `/settlements/${settlement.id}` },
  { name: 'settlements-dark', path: '/settlements', colorScheme: 'dark' },
  { name: 'connections', path: `/ledger-accounts/${account.id}` },
  { name: 'drift', path: `/ledger-accounts/${account.id}`, opened: compared },
  { name: 'events', path: '/events' },
  { name: 'attributes-dark', path: `${buyer}?tab=attributes`, colorScheme: 'dark' },
  { name: 'customers-320', path: '/customers', width: 320 },
  { name: 'events-320-dark', path: '/events', width: 320, colorScheme: 'dark' },
  { name: 'drift-320', path: `/ledger-accounts/${account.id}`, width: 320, opened: compared },
  { name: 'customer-320-dark', path: `${buyer}?tab=payments`, width: 320, colorScheme: 'dark' },
]

const browser = await openBrowser()
for (const picture of pictures) await take(browser, picture)
await browser.close()
receiver.close()
receiver.closeAllConnections()

async function take(from: Browser, { name, path, opened, ...shape }: Picture) {
  const { width = 1280, colorScheme = 'light' } = shape
  const { page, context } = await visit(from, url, { width, height: 640, colorScheme })
  await enter(page, key, path)
  await page.locator('h1').waitFor()
  for (let i = 0; i < waits_max && (await page.locator('.waiting-line').count()) > 0; i++) {
    await page.waitForTimeout(wait_ms)
  }
  if (opened) {
    const part = page.locator('summary', { hasText: opened }).last()
    await part.click()
    await part.evaluate((one) => one.closest('details')?.parentElement?.scrollIntoView())
  }
  await page.waitForTimeout(settle_ms)
  await page.screenshot({ path: `${folder}${name}.png` })
  await context.close()
}

/** Has everything read anew and compared, so that there are reports to see. */
async function compare(id: unknown) {
  const path = `/v2/partner_account_connections/${id}`
  await ask(`${path}/reconcile`, {})
  for (let i = 0; i < waits_max; i++) {
    const { data } = await ask<{ data: { ended: string | null }[] }>(`${path}/drift`)
    if (data.length > 0 && data.every(({ ended }) => ended !== null)) return
    await new Promise((resolve) => setTimeout(resolve, wait_ms))
  }
  throw new Error(`${path}: the comparison did not end`)
}

/** Lets somebody be told of the customers that there are, and waits until some have been told. */
async function listen(server: Server) {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const endpoint = { url: `http://127.0.0.1:${port}/furrow`, types: ['customer.*'], from: 0 }
  await ask('/v2/event_endpoints', endpoint)
  for (let i = 0; i < waits_max; i++) {
    const path = '/v2/event_deliveries?state[]=delivered&limit=20'
    if ((await ask<{ data: object[] }>(path)).data.length === 20) return
    await new Promise((resolve) => setTimeout(resolve, wait_ms))
  }
  throw new Error('expected 20 deliveries')
}

async function first(path: string): Promise<Record<string, unknown>> {
  const [record] = (await ask<{ data: Record<string, unknown>[] }>(path)).data
  if (!record) throw new Error(`${path}: expected a record, got none`)
  return record
}

async function ask<T>(path: string, body?: object): Promise<T> {
  const answer = await fetch(`${url}${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { 'x-api-key': key, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as T
}
