// What the console and the product must agree on, without a browser.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import currencies from 'currency-codes'
import { describe, expect, it } from 'vitest'
import { decimalsOf } from '../console/src/format/currency.ts'
import { console_segments } from '../src/api/console/pages.ts'
import { connectionStatuses } from '../src/model/partner_account_connection.ts'

const root = new URL('../', import.meta.url).pathname
const source = (path: string) => readFileSync(join(root, 'console/src', path), 'utf8')

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
