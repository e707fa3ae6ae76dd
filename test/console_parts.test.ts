// What the console and the product must agree on, without a browser.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import currencies from 'currency-codes'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { exported } from '../console/src/api/export.ts'
import { decimalsOf } from '../console/src/format/currency.ts'
import { console_segments } from '../src/api/console/pages.ts'
import { connectionStatuses } from '../src/model/partner_account_connection.ts'

const root = new URL('../', import.meta.url).pathname
const source = (path: string) => readFileSync(join(root, 'console/src', path), 'utf8')

describe('an export', () => {
  const csv = ['id,name\r\n1,"a\nb"\r\n', 'id,name\r\n2,c\r\n', 'id,name\r\n3,d\r\n']

  async function read(format: 'csv' | 'ndjson', parts: readonly string[]) {
    const asked: string[] = []
    vi.stubGlobal('localStorage', { getItem: () => null })
    vi.stubGlobal('fetch', async (path: string) => {
      asked.push(path)
      const at = asked.length
      const headers = at < parts.length ? { 'furrow-next-cursor': `c${at}` } : undefined
      return new Response(parts[at - 1], headers ? { headers } : {})
    })
    const told: number[] = []
    const onProgress = (records: number) => told.push(records)
    const { signal } = new AbortController()
    const filters = { 'created_date[gte]': '2026-01-01' }
    const file = await exported({ plural: 'customers', format, filters, onProgress, signal })
    return { text: await file.text(), asked, told }
  }
  afterEach(() => vi.unstubAllGlobals())

  it('in several parts has its row of names once', async () => {
    const { text, asked, told } = await read('csv', csv)
    expect(text).toBe('id,name\r\n1,"a\nb"\r\n2,c\r\n3,d\r\n')
    const path = '/v2/exports/customers?created_date[gte]=2026-01-01&format=csv&limit=5000'
    expect(asked).toEqual([path, `${path}&cursor=c1`, `${path}&cursor=c2`])
    expect(told).toEqual([5_000, 10_000, 15_000])
  })

  it('of lines has all of them', async () => {
    expect((await read('ndjson', ['{"id":1}\n', '{"id":2}\n'])).text).toBe('{"id":1}\n{"id":2}\n')
  })
})

describe('the console and the product', () => {
  it('have the same first segments of addresses', () => {
    const routed = [...source('router.tsx').matchAll(/^ {2}'\/([\w-]+)/gm)].map(([, one]) => one)
    expect([...new Set(routed)].sort()).toEqual([...console_segments].sort())
  })

  it('give every currency as many decimals as ISO 4217 does', () => {
    const wrong = currencies.data.filter(({ code, digits }) => decimalsOf(code) !== digits)
    expect(wrong.map(({ code }) => code)).toEqual([])
    expect(currencies.data.length).toBeGreaterThan(150)
  })

  it('know the same statuses of a connection', () => {
    const card = source('pages/connection_card.tsx')
    const known = connectionStatuses.filter((status) => card.includes(`${status}`))
    expect(known).toEqual([...connectionStatuses])
  })

  it('set no HTML from text anywhere', () => {
    const files = readdirSync(join(root, 'console/src'), { recursive: true, encoding: 'utf8' })
    const code = files.filter((path) => /\.tsx?$/.test(path)).map((path) => [path, source(path)])
    const setting = /dangerouslySetInnerHTML|innerHTML|insertAdjacentHTML|document\.write|\beval\(/
    expect(code.length).toBeGreaterThan(40)
    expect(code.filter(([, text]) => setting.test(text ?? '')).map(([path]) => path)).toEqual([])
  })
})
