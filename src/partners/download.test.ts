import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { download } from './download.ts'
import { BadAnswer, Gone, Unavailable } from './errors.ts'

const servers: Server[] = []

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close()
    server.closeAllConnections()
  }
})

async function serving(answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function fetched(origin: string, given: Partial<Parameters<typeof download>[1]> = {}) {
  const signal = new AbortController().signal
  const options = { origin, isFileHost: () => false, from: 0, signal, ...given }
  let text = ''
  for await (const chunk of download(`${origin}/file`, options)) text += chunk
  return text
}

describe('a file of a partner', () => {
  it('comes whole, or from a byte on', async () => {
    const origin = await serving(({ headers }, response) => {
      const from = Number(/\d+/.exec(String(headers.range))?.[0])
      response.writeHead(206).end('0123456789'.slice(from))
    })
    expect(await fetched(origin)).toBe('0123456789')
    expect(await fetched(origin, { from: 7 })).toBe('789')
  })

  it('comes from a byte on where the server knows no ranges', async () => {
    const origin = await serving((_, response) => {
      response.write('0123')
      setTimeout(() => response.end('456789'), 20)
    })
    expect(await fetched(origin, { from: 3 })).toBe('3456789')
    expect(await fetched(origin, { from: 10 })).toBe('')
  })

  it('has nothing after its last byte', async () => {
    const origin = await serving((_, response) => response.writeHead(416).end())
    expect(await fetched(origin, { from: 10 })).toBe('')
  })

  it.each([
    [400, Gone],
    [403, Gone],
    [404, Gone],
    [410, Gone],
    [429, Unavailable],
    [500, Unavailable],
    [503, Unavailable],
    [302, BadAnswer],
    [416, BadAnswer],
  ])('that is answered with %s is an error of its kind', async (status, type) => {
    const origin = await serving((_, response) => {
      response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end('no')
    })
    await expect(fetched(origin)).rejects.toBeInstanceOf(type)
  })

  it('that breaks off or drips is not waited for', async () => {
    const broken = await serving((_, response) => {
      response.writeHead(200, { 'content-length': 100 })
      response.write('some', () => response.destroy())
    })
    await expect(fetched(broken)).rejects.toBeInstanceOf(Unavailable)
    const dripping = await serving((_, response) => {
      const drip = setInterval(() => response.write('.'), 5)
      response.on('close', () => clearInterval(drip))
    })
    await expect(fetched(dripping, { window_ms: 60 })).rejects.toThrow(/bytes in/)
  })

  it('ends with the run', async () => {
    const origin = await serving((_, response) => void response.write('.'))
    const stop = new AbortController()
    const ended = fetched(origin, { signal: stop.signal })
    setTimeout(() => stop.abort(new Error('stopped')), 30)
    await expect(ended).rejects.toThrow('stopped')
  })
})
