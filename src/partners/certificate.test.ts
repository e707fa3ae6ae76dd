import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { Agent } from 'undici'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { madeCertificate } from '../../sandbox/certificate.ts'
import {
  type CertificateOptions,
  certificate_bytes_max,
  certificate_kept_ms,
  certificates_kept_max,
  newCertificates,
} from './certificate.ts'
import { BadSignature, Unavailable } from './errors.ts'

const host = madeCertificate({ commonName: 'localhost' })
const own = madeCertificate({ commonName: 'signatures.example' })
let server: Server
let base: string
let asked: string[] = []
let dispatcher: Agent

const answers: { readonly [path: string]: readonly [status: number, body: string] } = {
  '/html': [200, '<!doctype html>'],
  '/broken': [200, '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'],
  '/moved': [302, own.pem],
  '/gone': [404, ''],
  '/busy': [503, ''],
  '/long': [200, `${' '.repeat(certificate_bytes_max)}${own.pem}`],
  '/chain': [200, `${own.pem}${host.pem}`],
}

beforeAll(async () => {
  server = createServer({ key: host.keyPem, cert: host.pem }, (request, response) => {
    asked.push(String(request.url))
    if (request.url === '/silence') return
    const [status, body] = answers[String(request.url)] ?? [200, own.pem]
    response.writeHead(status, status === 302 ? { location: '/own' } : {}).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `https://localhost:${(server.address() as AddressInfo).port}` // it listens on TCP
  dispatcher = new Agent({ connect: { ca: host.pem }, allowH2: false })
})
afterAll(async () => {
  await dispatcher.destroy()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})
beforeEach(() => {
  asked = []
})

const open = (options: CertificateOptions = {}) => newCertificates({ dispatcher, ...options })

describe('a certificate', () => {
  test('is fetched once, however many ask for it, and again after a day', async () => {
    let now = 0
    const { certificate } = open({ now: () => now })
    const [first, second] = await Promise.all([certificate(`${base}/a`), certificate(`${base}/a`)])
    expect([first, second]).toEqual([own.pem, own.pem])
    now = certificate_kept_ms - 1
    await certificate(`${base}/a`)
    expect(asked).toEqual(['/a'])
    now = certificate_kept_ms
    await certificate(`${base}/a`)
    expect(asked).toEqual(['/a', '/a'])
  })

  test('is the first one of a file with those behind it', async () => {
    expect(await open().certificate(`${base}/chain`)).toBe(own.pem)
  })

  test.each(['/html', '/broken', '/moved', '/gone', '/long'])(
    'is none at %s, which is asked again',
    async (path) => {
      const { certificate } = open()
      await expect(certificate(base + path)).rejects.toBeInstanceOf(BadSignature)
      await expect(certificate(base + path)).rejects.toBeInstanceOf(BadSignature)
      expect(asked).toEqual([path, path])
    },
  )

  test.each(['/busy', '/silence'])('is not known to be none at %s', async (path) => {
    const { certificate } = open({ timeout_ms: 200 })
    await expect(certificate(base + path)).rejects.toBeInstanceOf(Unavailable)
  })

  test('is fetched over https only, from a host that the system trusts', async () => {
    const plain = base.replace('https:', 'http:')
    await expect(open().certificate(`${plain}/a`)).rejects.toBeInstanceOf(BadSignature)
    const { certificate } = newCertificates()
    await expect(certificate(`${base}/a`)).rejects.toBeInstanceOf(Unavailable)
    expect(asked).toEqual([])
  })

  test('is forgotten when many others came', async () => {
    const { certificate } = open()
    for (let n = 0; n <= certificates_kept_max; n++) await certificate(`${base}/${n}`)
    asked = []
    await certificate(`${base}/${certificates_kept_max}`)
    await certificate(`${base}/0`)
    expect(asked).toEqual(['/0'])
  })
})
