import { expect, it } from 'vitest'
import type { Call } from './operation.ts'
import { simulatedUrl } from './simulated_url.ts'

function asked(given: string | undefined, { simulated = true, mode = 'test' } = {}) {
  const call = { context: { partners: { simulated } }, key: { mode } }
  return simulatedUrl(call as unknown as Call, given)
}

it.each([
  ['http://127.0.0.1:4300/stripe', 'http://127.0.0.1:4300/stripe'],
  ['http://localhost:4300/', 'http://localhost:4300'],
  ['https://[::1]:4300', 'https://[::1]:4300'],
  [undefined, null],
])('%s is taken as %s', (given, taken) => {
  expect(asked(given)).toBe(taken)
})

it.each([
  'http://169.254.169.254/latest',
  'http://example.com',
  'http://127.0.0.1.example.com',
  'http://127.0.0.1@example.com',
  'http://user:word@127.0.0.1',
  'http://10.0.0.1',
  'http://0.0.0.0:4300',
  'http://[::ffff:10.0.0.1]',
  'file:///etc/passwd',
  'gopher://127.0.0.1',
  'http://127.0.0.1/?x=http://example.com',
  'http://127.0.0.1/#x',
  '127.0.0.1:4300',
  ' ',
])('%s is refused by its name', (given) => {
  expect(() => asked(given)).toThrow(/^baseUrl: expected an http URL on 127\.0\.0\.1/)
})

it('a live key and a server for others read partners at home', () => {
  const url = 'http://127.0.0.1:4300'
  expect(() => asked(url, { mode: 'live' })).toThrow(/a live key/)
  expect(() => asked(url, { simulated: false })).toThrow(/this server/)
})
