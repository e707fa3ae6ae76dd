import { expect, test } from 'vitest'
import {
  assertCallable,
  BadAddress,
  guardedLookup,
  isLoopbackAddress,
  isPublicAddress,
  type Resolve,
} from './public_address.ts'

test.each([
  ...['127.0.0.1', '10.1.2.3', '172.31.0.1', '192.168.0.1', '169.254.169.254', '100.64.0.1'],
  ...['0.0.0.0', '224.0.0.1', '255.255.255.255', '::1', '::', 'fe80::1', 'fd00::1'],
  ...['::ffff:127.0.0.1', '::ffff:0:127.0.0.1', '64:ff9b::7f00:1', '2002:7f00:1::', 'ff02::1'],
  ...['fe80::1%eth0', '2606:4700::1111%lo', 'nonsense', ''],
])('%s is no public address', (address) => {
  expect(isPublicAddress(address)).toBe(false)
})

test.each(['93.184.216.34', '1.1.1.1', '2606:4700::1111'])('%s is a public address', (address) => {
  expect(isPublicAddress(address)).toBe(true)
})

test.each([
  ['127.0.0.1', true],
  ['127.255.0.9', true],
  ['::1', true],
  ['10.0.0.1', false],
  ['169.254.169.254', false],
  ['1.1.1.1', false],
  ['localhost', false],
])('%s is of this machine: %s', (address, own) => {
  expect(isLoopbackAddress(address)).toBe(own)
})

const found =
  (...addresses: string[]): Resolve =>
  (_, __, callback) =>
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )

const lookedUp = (resolve: Resolve, all: boolean) =>
  new Promise((done) =>
    guardedLookup(isPublicAddress, resolve)('name', { all }, (error, answer) =>
      done(error ?? answer),
    ),
  )

test('one inner address among public ones is enough to refuse a name', async () => {
  expect(await lookedUp(found('1.1.1.1', '10.0.0.1'), true)).toBeInstanceOf(BadAddress)
  expect(await lookedUp(found('1.1.1.1', '::ffff:7f00:1'), false)).toBeInstanceOf(BadAddress)
})

test('what was looked at is what is given to connect to', async () => {
  expect(await lookedUp(found('1.1.1.1', '2606:4700::1111'), false)).toBe('1.1.1.1')
  expect(await lookedUp(found('1.1.1.1'), true)).toEqual([{ address: '1.1.1.1', family: 4 }])
})

test('an address that a URL writes out is looked at too', () => {
  const call = (url: string) => () => assertCallable(new URL(url), isPublicAddress)
  expect(call('https://0x7f.1/')).toThrow(BadAddress)
  expect(call('https://[::ffff:10.0.0.1]/')).toThrow(BadAddress)
  expect(call('https://1.1.1.1/')).not.toThrow()
  expect(call('https://example.com/')).not.toThrow()
})
