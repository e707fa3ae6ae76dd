import { setTimeout as sleep } from 'node:timers/promises'
import { Fault } from './fault.ts'
import { runningServer } from './folder.ts'

/** Asks the running server, as any client would. */
export interface Client {
  readonly url: string
  readonly get: <T>(path: string, query?: Query) => Promise<T>
  /** An answer that is not JSON. */
  readonly text: (path: string, query?: Query) => Promise<TextAnswer>
  readonly post: <T>(path: string, body?: unknown) => Promise<T>
  readonly patch: <T>(path: string, body: unknown) => Promise<T>
  readonly delete: <T>(path: string) => Promise<T>
}

export interface TextAnswer {
  readonly text: string
  readonly header: (name: string) => string | null
}

export type Query = readonly (readonly [name: string, value: string])[]

/** The server's answer was an error. */
export class Refusal extends Fault {
  readonly httpStatus: number
  constructor(httpStatus: number, message: string) {
    super(message)
    this.httpStatus = httpStatus
  }
}

const timeout_ms = 60_000
const retries_max = 2

/** A client of FURROW_URL, else of the server that runs on the data folder. */
export async function openClient(folder: string): Promise<Client> {
  const { url, key } = await addressOf(folder)
  const server = { url, key, query: [] }
  return {
    url,
    get: (path, query = []) => ask({ ...server, method: 'GET', path, query }),
    text: (path, query = []) => answerTo({ ...server, method: 'GET', path, query }),
    post: (path, body = {}) => ask({ ...server, method: 'POST', path, body }),
    patch: (path, body) => ask({ ...server, method: 'PATCH', path, body }),
    delete: (path) => ask({ ...server, method: 'DELETE', path }),
  }
}

/** Where the server is; throws what to do where there is none. */
export async function addressOf(folder: string): Promise<{ url: string; key: string }> {
  const { FURROW_URL, FURROW_KEY } = process.env
  if (FURROW_URL) {
    if (!URL.canParse(FURROW_URL)) {
      throw new Fault(
        `FURROW_URL: expected a URL such as http://127.0.0.1:4242, got "${FURROW_URL}"`,
      )
    }
    if (!FURROW_KEY) throw new Fault('FURROW_KEY is missing: set it to an API key of that server')
    return { url: FURROW_URL.replace(/\/+$/, ''), key: FURROW_KEY }
  }
  const server = await runningServer(folder)
  if (!server) {
    throw new Fault(
      `no server runs on ${folder}: start one with furrow start, or set FURROW_URL and FURROW_KEY`,
    )
  }
  const key = FURROW_KEY ?? server.key
  if (!key) throw new Fault(`${folder} knows no API key: set FURROW_KEY to one`)
  return { url: server.url, key }
}

interface Asked {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly url: string
  readonly key: string
  readonly path: string
  readonly query: Query
  readonly body?: unknown
}

async function ask<T>(asked: Asked): Promise<T> {
  const { text } = await answerTo(asked)
  // The caller names the type that the API documents for its path.
  return (text === '' ? null : JSON.parse(text)) as T
}

async function answerTo(asked: Asked): Promise<TextAnswer> {
  for (let attempt = 0; ; attempt++) {
    const response = await send(asked)
    const wait_s = Number(response.headers.get('retry-after') ?? Number.NaN)
    const isBusy = response.status === 429 || response.status === 503
    if (isBusy && Number.isFinite(wait_s) && attempt < retries_max) {
      await sleep(wait_s * 1000)
      continue
    }
    const text = await response.text()
    if (!response.ok) throw new Refusal(response.status, refusal(asked, response.status, text))
    return { text, header: (name) => response.headers.get(name) }
  }
}

async function send({ method, url, key, path, query, body }: Asked): Promise<Response> {
  const type = body === undefined ? {} : { 'content-type': 'application/json' }
  const headers = { 'x-api-key': key, accept: 'application/json', ...type }
  const text = new URLSearchParams(
    query.map(([name, value]): [string, string] => [name, value]),
  ).toString()
  const address = `${url}${path}${text ? `?${text}` : ''}`
  const signal = AbortSignal.timeout(timeout_ms)
  try {
    const request = { method, headers, signal }
    if (body === undefined) return await fetch(address, request)
    return await fetch(address, { ...request, body: JSON.stringify(body) })
  } catch (error) {
    const { cause, message } = error as Error & { cause?: NodeJS.ErrnoException }
    throw new Fault(
      `${url} does not answer (${cause?.code ?? message}): start it with furrow start, or correct FURROW_URL`,
    )
  }
}

interface Problem {
  readonly title?: string
  readonly detail?: string
  readonly request_id?: string
}

function refusal({ path }: Asked, status: number, text: string): string {
  let problem: Problem = {}
  try {
    problem = JSON.parse(text) as Problem
  } catch {
    problem = { detail: 'the answer is not JSON' }
  }
  const said = problem.detail ?? problem.title ?? 'no reason given'
  const request = problem.request_id ? ` (request ${problem.request_id})` : ''
  const fix = status === 401 ? ': set FURROW_KEY to a key that is in use' : ''
  return `${path}: ${status}: ${said}${fix}${request}`
}
