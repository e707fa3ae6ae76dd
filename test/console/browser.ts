import { existsSync } from 'node:fs'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

export const chromium_path = '/usr/bin/chromium'

/** Why browser tests cannot run here; null where they can. */
export const noBrowser = existsSync(chromium_path) ? null : `there is no ${chromium_path}`

const quiet_flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The system's Chromium without a window, with a profile of its own. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: chromium_path, args: quiet_flags })
}

export interface Visit {
  readonly page: Page
  readonly context: BrowserContext
  /** Addresses outside of the server that the page asked for. */
  readonly outside: readonly string[]
  /** What the page wrote to its console as an error, and what it threw. */
  readonly errors: readonly string[]
}

export interface Looks {
  readonly width?: number
  readonly height?: number
  readonly colorScheme?: 'light' | 'dark'
}

/** A visitor with nothing from before. */
export async function visit(browser: Browser, url: string, looks: Looks = {}): Promise<Visit> {
  const { width = 1280, height = 800, colorScheme = 'light' } = looks
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width, height },
    colorScheme,
    locale: 'en-GB',
    timezoneId: 'Europe/Stockholm',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const outside: string[] = []
  const errors: string[] = []
  page.on('request', (request) => {
    if (!request.url().startsWith(url)) outside.push(request.url())
  })
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  return { page, context, outside, errors }
}

/** Signs in with a key, from whatever page was asked for. */
export async function enter(page: Page, key: string, path = '/') {
  await page.goto(path)
  await page.getByLabel('API key').fill(key)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('button', { name: 'Sign out' }).waitFor()
}
