import { describe, expect, test } from 'vitest'
import { publicLookup } from '../net/public_address.ts'
import { newHttp } from './http.ts'
import { BadAddress, shopUrl } from './own_host.ts'

describe('the address of a shop', () => {
  test.each([
    ['https://shop.example.com', 'https://shop.example.com'],
    ['https://shop.example.com/store/', 'https://shop.example.com/store'],
    ['https://shop.example.com:8443', 'https://shop.example.com:8443'],
  ])('%s is %s', (given, url) => {
    expect(shopUrl(given)).toBe(url)
  })

  test.each([
    ...['http://shop.example.com', 'ftp://shop.example.com', 'shop.example.com', '', undefined],
    ...['https://127.0.0.1', 'https://0x7f.1', 'https://2130706433', 'https://0177.0.0.1'],
    ...['https://[::1]', 'https://[::ffff:10.0.0.1]', 'https://localhost', 'https://a.localhost'],
    ...['https://db.internal', 'https://printer.local', 'https://me:you@shop.example.com'],
    ...['https://shop.example.com/?a=1', 'https://shop.example.com/#a', 'https://intranet'],
  ])('is not %s', (given) => {
    expect(() => shopUrl(given)).toThrow(BadAddress)
  })
})

test('a name that leads inside is refused before anything is sent', async () => {
  const found = new Promise((resolve) => publicLookup('localhost', { all: true }, resolve))
  expect(await found).toBeInstanceOf(BadAddress)
  const http = newHttp({ baseUrl: 'http://localhost:9', headers: {}, publicOnly: true })
  await expect(http.send({ path: '/' })).rejects.toBeInstanceOf(BadAddress)
  await http.close()
})
