import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../test/database.ts'
import { type TestStream, testStream } from '../../test/stream.ts'
import type { BulkExport } from '../partners/bulk.ts'
import { type Http, newHttp } from '../partners/http.ts'
import { type Payload, uriPart } from '../partners/rule.ts'
import type { Stream } from '../partners/stream.ts'
import { stripe } from '../partners/stripe/index.ts'
import type { Connection } from '../store/connection.ts'
import type { Database } from '../store/database.ts'
import { segmentsOf } from '../store/segment.ts'
import { byCreation } from './backfill.ts'
import { byFile, rows_a_page } from './bulk.ts'
import type { Run } from './run.ts'
import { readSegments } from './segments.ts'

let db: Database
const running: { server: Server; http: Http }[] = []

beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())
afterEach(async () => {
  for (const { server, http } of running.splice(0)) {
    await http.close()
    server.close()
    server.closeAllConnections()
  }
})

/** What a partner that writes files does; changed by tests while it runs. */
interface Exporting {
  rows: number
  /** Answers "busy" and "writing" this often before it is done. */
  busy: number
  writing: number
  state: 'done' | 'failed'
  /** The file's connection breaks after this many bytes, once. */
  breaksAfter: number | null
  ranges: boolean
  /** What it says of the length; the truth by default. */
  bytes: number | null
  fileUrl: string
  readonly asked: string[]
}

const list = [...stripe.streams].find(({ name }) => name === 'customers') as Stream

const bulk: BulkExport = {
  count: { path: '/count' },
  readCount: (body) => (body as { count: number }).count,
  rows_min: 10,
  start: { path: '/files', body: {} },
  started: (body) => (body as { id: string | null }).id,
  status: (id) => ({ path: `/files/${uriPart(id)}` }),
  readStatus: (body) => body as ReturnType<BulkExport['readStatus']>,
  poll_ms: 1,
  isFileHost: (host) => host === 'files.partner.example',
  isPart: ({ of }) => of !== undefined,
  rowOf: (line, parts) => ({ ...line, phone: `${parts.length} parts` }),
}

function fileOf(rows: number): Buffer {
  const lines: Payload[] = []
  for (let number = 1; number <= rows; number++) {
    const id = `cus_${number}`
    lines.push({ id, object: 'customer', created: number, name: `Åse ${number}` })
    for (let part = 0; part < number % 3; part++) lines.push({ of: id, part })
  }
  return Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
}

async function exporting(given: Partial<Exporting> = {}) {
  const plain = {
    busy: 0,
    writing: 0,
    state: 'done',
    breaksAfter: null,
    ranges: true,
    bytes: null,
  } as const
  const partner: Exporting = { rows: 1200, fileUrl: '', asked: [], ...plain, ...given }
  const server = createServer((request, response) => answer(partner, request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  if (partner.fileUrl === '') partner.fileUrl = `${baseUrl}/file`
  const http = newHttp({ baseUrl, headers: { authorization: 'Bearer secret' } })
  running.push({ server, http })
  return { partner, http }
}

function answer(partner: Exporting, request: IncomingMessage, response: ServerResponse) {
  const path = String(request.url).split('?')[0]
  partner.asked.push(`${request.method} ${path}`)
  const json = (body: object) => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(body))
  }
  if (path === '/count') return json({ count: partner.rows })
  if (path === '/files') return json({ id: partner.busy-- > 0 ? null : 'op 1' })
  if (path === '/v1/customers') return json({ object: 'list', data: [], has_more: false })
  if (path === '/file') return sendFile(partner, request, response)
  if (partner.writing-- > 0) return json({ state: 'writing', rows: 3 })
  if (partner.state === 'failed') return json({ state: 'failed', reason: 'it did not go' })
  const file = { url: partner.fileUrl, bytes: partner.bytes ?? fileOf(partner.rows).length }
  return json({ state: 'done', file: partner.rows === 0 ? null : file })
}

function sendFile(partner: Exporting, { headers }: IncomingMessage, response: ServerResponse) {
  if (headers.authorization) return response.writeHead(400).end('sent a credential')
  const from = Number(/^bytes=(\d+)-$/.exec(String(headers.range))?.[1] ?? 0)
  const bytes = fileOf(partner.rows).subarray(partner.ranges ? from : 0)
  response.writeHead(partner.ranges ? 206 : 200, { 'content-length': bytes.length })
  if (partner.breaksAfter === null) return response.end(bytes)
  const sent = bytes.subarray(0, partner.breaksAfter)
  partner.breaksAfter = null
  return response.write(sent, () => setTimeout(() => response.destroy(), 50))
}

function runOf({ key, writer }: TestStream, http: Http): Run {
  const named = { id: key.connectionId, partnerSource: 'stripe', partnerAccountId: 'acct_1' }
  const connection = { ...named, ledgerAccountId: key.ledgerAccountId, facts: {} } as Connection
  const signal = new AbortController().signal
  const run = { db, connection, writer, http, signal, now: Date.now, partner: stripe }
  // What reading a list needs of a run.
  return { ...run, onProgress: () => undefined, at: () => undefined } as unknown as Run
}

async function pass(stream: TestStream, http: Http) {
  const run = runOf(stream, http)
  const known = await segmentsOf(db, stream.key)
  const open = known.length > 0 ? known : await stream.open([{ from: null, to: null }])
  const unread = open.filter(({ closed }) => !closed)
  const paged = byCreation(run, list, { path: '/v1/customers' })
  await readSegments(run, unread, byFile(run, list, bulk, paged))
}

async function stored({ key }: TestStream): Promise<{ n: number; parts: number }> {
  const [row] = await db.query<{ n: number; parts: number }>(
    `select count(*) as n,
       coalesce(sum(substring(record::json ->> 'phone' from '^\\d+')::int), 0) as parts
     from customer where ledger_account_id = $1`,
    [key.ledgerAccountId],
  )
  return { n: Number(row?.n), parts: Number(row?.parts) }
}

const partsIn = (rows: number) =>
  Array.from({ length: rows }, (_, i) => (i + 1) % 3).reduce((sum, one) => sum + one, 0)

describe('a list that the partner writes into a file', () => {
  it('is read whole, each row with its parts, once the partner has written it', async () => {
    const stream = await testStream(db)
    const { partner, http } = await exporting({ busy: 2, writing: 3 })
    await pass(stream, http)
    expect(await stored(stream)).toEqual({ n: 1200, parts: partsIn(1200) })
    const polls = partner.asked.filter((one) => one.startsWith('GET /files/'))
    expect(polls).toHaveLength(4)
    expect(partner.asked.filter((one) => one === 'GET /file')).toHaveLength(1)
    const [segment] = await segmentsOf(db, stream.key)
    expect(segment).toMatchObject({ closed: true, records: 1200 })
    expect(segment?.pages).toBe(1 + Math.ceil(1200 / rows_a_page))
  })

  it('that is short is paged over instead', async () => {
    const stream = await testStream(db)
    const { partner, http } = await exporting({ rows: 9 })
    await pass(stream, http)
    expect(partner.asked).toEqual(['GET /count', 'GET /v1/customers'])
  })

  it('that it could not write is paged over instead', async () => {
    const stream = await testStream(db)
    const { partner, http } = await exporting({ state: 'failed' })
    await pass(stream, http)
    expect(partner.asked.at(-1)).toBe('GET /v1/customers')
  })

  it.each([true, false])('is gone on with where it broke off, ranges known: %s', async (ranges) => {
    const stream = await testStream(db)
    const half = fileOf(1200).length / 2
    const { partner, http } = await exporting({ ranges, breaksAfter: Math.floor(half) })
    await expect(pass(stream, http)).rejects.toThrow('file')
    expect((await stored(stream)).n).toBe(rows_a_page)
    await pass(stream, http)
    expect(await stored(stream)).toEqual({ n: 1200, parts: partsIn(1200) })
    expect(partner.asked.filter((one) => one === 'POST /files')).toHaveLength(1)
  })

  it('is not taken for whole when it ends early between two lines', async () => {
    const stream = await testStream(db)
    const { http } = await exporting({ bytes: fileOf(1201).length })
    await expect(pass(stream, http)).rejects.toThrow(/expected \d+ bytes, got/)
    expect((await segmentsOf(db, stream.key))[0]).toMatchObject({ closed: false, records: 1000 })
  })

  it('may be empty', async () => {
    const stream = await testStream(db)
    const { http, partner } = await exporting({ rows: 10 })
    const asked = pass(stream, http)
    partner.rows = 0
    await asked
    expect((await stored(stream)).n).toBe(0)
  })

  it.each([
    'http://files.partner.example/x',
    'https://evil.example/x',
    'http://127.0.0.1:1/x',
    'https://127.0.0.1/x',
    'file:///etc/passwd',
    'nothing',
  ])('is not fetched from %s', async (fileUrl) => {
    const stream = await testStream(db)
    const { http } = await exporting({ fileUrl })
    await expect(pass(stream, http)).rejects.toThrow("expected it at the partner's")
    expect((await stored(stream)).n).toBe(0)
  })
})
