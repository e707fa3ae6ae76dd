// Addresses that others give lead to the public internet or nowhere: every hostile form is tried
// against a real listener on this machine, which nobody may reach.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newSender, type Sender } from '../src/events/send.ts'
import { eventUrl } from '../src/events/url.ts'
import type { Resolve } from '../src/net/public_address.ts'
import { answering, type Receiver, startReceiver } from './receiver.ts'

let receiver: Receiver
let port: string
let sender: Sender
const asked: string[] = []

/** Addresses that names in these tests lead to. */
const names: { readonly [name: string]: readonly string[] } = {
  'inner.example.com': ['127.0.0.1'],
  'inner6.example.com': ['::1'],
  'mapped.example.com': ['::ffff:127.0.0.1'],
  'ten.example.com': ['10.0.0.1'],
  'metadata.example.com': ['169.254.169.254'],
  'zero.example.com': ['0.0.0.0'],
  'both.example.com': ['93.184.216.34', '127.0.0.1'],
  'both6.example.com': ['2606:4700::1111', '::1'],
  'nat64.example.com': ['64:ff9b::7f00:1'],
  '6to4.example.com': ['2002:7f00:1::'],
  'unique.example.com': ['fd00::1'],
  'link.example.com': ['fe80::1'],
}

/** Any other name leads to this machine, as an attacker's own name server would have it. */
const resolve: Resolve = (hostname, _, callback) => {
  asked.push(hostname)
  const found = names[hostname.replace(/\.$/, '')] ?? ['127.0.0.1']
  callback(
    null,
    found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
  )
}

beforeAll(async () => {
  receiver = await startReceiver()
  port = new URL(receiver.url).port
  sender = newSender({ loopback: false, resolve, timeout_ms: 2_000 })
})
afterAll(async () => {
  await sender.close()
  await receiver.close()
})

/** Every way in which an IPv4 address can be written for a URL. */
function spellings(address: string): string[] {
  const parts = address.split('.').map(Number) as [number, number, number, number]
  const [a, b, c, d] = parts
  const whole = ((a * 256 + b) * 256 + c) * 256 + d
  const hex = (n: number) => `0x${n.toString(16)}`
  const octal = (n: number) => `0${n.toString(8)}`
  return [
    address,
    `${address}.`,
    String(whole),
    hex(whole),
    octal(whole),
    parts.map(hex).join('.'),
    parts.map(octal).join('.'),
    `${a}.${b}.${c * 256 + d}`,
    `${a}.${(b * 256 + c) * 256 + d}`,
    `${hex(a)}.${octal(b)}.${c}.${d}`,
    parts.map((n) => `0x${n.toString(16).padStart(8, '0')}`).join('.'),
    [...address].map((c) => `%${c.charCodeAt(0).toString(16)}`).join(''),
    address.replaceAll('.', '。'),
    [...address].map((c) => (/\d/.test(c) ? String.fromCodePoint(0xff10 + Number(c)) : c)).join(''),
    `[::ffff:${address}]`,
    `[::ffff:${hex(a * 256 + b).slice(2)}:${hex(c * 256 + d).slice(2)}]`,
    `[0:0:0:0:0:ffff:${address}]`,
    `[::${address}]`,
    `[::ffff:0:${address}]`,
    `[64:ff9b::${address}]`,
    `[64:ff9b:1::${address}]`,
    `[2002:${hex(a * 256 + b).slice(2)}:${hex(c * 256 + d).slice(2)}::1]`,
  ]
}

const inner4 = [
  '127.0.0.1',
  '127.1.2.3',
  '10.0.0.1',
  '172.16.0.1',
  '192.168.1.1',
  '169.254.169.254',
]
const others4 = ['0.0.0.0', '100.64.0.1', '198.18.0.1', '224.0.0.1', '240.0.0.1', '255.255.255.255']
const inner6 = [
  ...[
    '[::1]',
    '[::]',
    '[0:0:0:0:0:0:0:1]',
    '[fe80::1]',
    '[fc00::1]',
    '[fd00:ec2::254]',
    '[fec0::1]',
  ],
  ...[
    '[ff02::1]',
    '[100::1]',
    '[2001::1]',
    '[2001:db8::1]',
    '[2001:10::1]',
    '[3fff::1]',
    '[5f00::1]',
  ],
]
const words = [
  ...[
    'localhost',
    'LOCALHOST',
    'localhost.',
    'a.localhost',
    'a.localhost.',
    'foo.local',
    'db.internal',
  ],
  ...[
    'metadata.google.internal',
    'printer.lan',
    'host.home.arpa',
    'intranet',
    'router',
    'a..b.com',
  ],
  ...['ｌｏｃａｌｈｏｓｔ', 'loc%61lhost', 'wiki.corp', 'localhost.localdomain', 'ip6-localhost'],
]
const hosts = [...inner4.flatMap(spellings), ...others4, ...inner6, ...words, ...Object.keys(names)]

const at = (host: string) => `https://${host}:${port}/events`
const others = () => [
  ...hosts.map((host) => `http://${host}:${port}/`),
  `https://example.com:${port}@127.0.0.1:${port}/`,
  `https://user:password@inner.example.com:${port}/`,
  `https://127.0.0.1:${port}#@example.com/`,
  `https://example.com\\@127.0.0.1:${port}/`,
  `https:127.0.0.1:${port}`,
  `https:\\\\127.0.0.1:${port}\\`,
  `//127.0.0.1:${port}/`,
  `\thttps://127.0.0.1:${port}/`,
  `https://127.0.0.1\t:${port}/`,
  `ht\ntps://127.0.0.1:${port}/`,
  `ftp://127.0.0.1:${port}/`,
  `file:///etc/passwd`,
  `gopher://127.0.0.1:${port}/_GET`,
  `data:text/plain,x`,
  `javascript:alert(1)`,
  `ws://127.0.0.1:${port}/`,
  `unix:/var/run/docker.sock`,
  `http+unix://%2Fvar%2Frun%2Fdocker.sock/`,
  ...[22, 25, 80, 2375, 3306, 5432, 6379, 9200, 11211, 27017].map(
    (n) => `https://example.com:${n}/`,
  ),
  '',
  'https://',
  `https://${'a'.repeat(3000)}.example.com/`,
]

describe('hostile addresses', () => {
  it('are many', () => {
    expect(new Set([...hosts.map(at), ...others()]).size).toBeGreaterThan(200)
  })

  it('are never reached', async () => {
    const urls = [...new Set([...hosts.map(at), ...others()])]
    const reached: string[] = []
    for (const url of urls) {
      const sent = await sender.send({ url, headers: {}, body: '{}' })
      if (sent.status_code !== null || sent.error === null) reached.push(url)
      if (receiver.connections() > 0) reached.push(`connected: ${url}`)
    }
    expect(reached).toEqual([])
    expect(receiver.connections()).toBe(0)
  }, 120_000)

  it('are refused in words that say what was expected, before a name is asked for', () => {
    const refusal = (url: string) => {
      try {
        eventUrl(url, { loopback: false })
        return null
      } catch (error) {
        return (error as Error).message
      }
    }
    const literal = [...inner4.flatMap(spellings), ...others4, ...inner6, ...words].map(at)
    const accepted = literal.filter((url) => refusal(url) === null)
    // Names of hosts that any registry could give out are looked at when they are called.
    expect(accepted).toEqual([at('localhost.localdomain')])
    expect(refusal('http://example.com/')).toBe('url: expected https')
    expect(refusal('https://10.0.0.1/')).toMatch(/a public host/)
  })
})

describe('a receiver on this machine', () => {
  const url = () => receiver.url

  it('is reached where that is allowed, and nothing else of the inside is', async () => {
    const local = newSender({ loopback: true, resolve, timeout_ms: 2_000 })
    expect((await local.send({ url: url(), headers: {}, body: '{}' })).status_code).toBe(200)
    const before = receiver.connections()
    const named = url().replace('127.0.0.1', 'inner.example.com')
    for (const one of [named, 'http://10.0.0.1:8080/', 'http://169.254.169.254/']) {
      const sent = await local.send({ url: one, headers: {}, body: '{}' })
      expect([one, sent.status_code]).toEqual([one, null])
    }
    expect(receiver.connections()).toBe(before)
    await local.close()
  })

  it('is connected to at the address that was looked at: there is no second look', async () => {
    let looks = 0
    const rebinding: Resolve = (_, __, callback) => {
      looks += 1
      callback(null, [{ address: looks % 2 === 1 ? '127.0.0.1' : '10.0.0.1', family: 4 }])
    }
    const named = url().replace('127.0.0.1', 'localhost')
    const outcomes: unknown[] = []
    for (let n = 0; n < 2; n++) {
      const local = newSender({ loopback: true, resolve: rebinding, timeout_ms: 2_000 })
      const sent = await local.send({ url: named, headers: {}, body: '{}' })
      outcomes.push([looks, sent.status_code, sent.error])
      looks = n + 1
      await local.close()
    }
    expect(outcomes).toEqual([
      [1, 200, null],
      [2, null, 'url: localhost is no public host'],
    ])
  })

  it('cannot lead to another one by a redirect', async () => {
    const inner = await startReceiver()
    receiver.answer = answering(307, { location: inner.url })
    const local = newSender({ loopback: true, timeout_ms: 2_000 })
    const sent = await local.send({ url: url(), headers: {}, body: '{}' })
    expect([sent.status_code, inner.connections()]).toEqual([307, 0])
    await local.close()
    await inner.close()
  })
})
