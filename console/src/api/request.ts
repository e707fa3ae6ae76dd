import { currentMode } from './mode.ts'

/** An answer that says no, in the form all errors of the API have. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  readonly status: number
  readonly code: string
  readonly param: string | null
  readonly requestId: string | null

  constructor(status: number, body: ProblemBody) {
    super(body.detail ?? `The server answered ${status}.`)
    this.status = status
    this.code = body.code ?? 'unknown'
    this.param = body.param ?? null
    this.requestId = body.request_id ?? null
  }
}

interface ProblemBody {
  readonly detail?: string
  readonly code?: string
  readonly param?: string | null
  readonly request_id?: string
}

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

const timeout_ms = 60_000

/** Asks the API as whoever is signed in. Throws ApiProblem, and TypeError without a network. */
export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return request('GET', path, { signal })
}

/** A part of an export as text, and where the next one begins; null after the last. */
export async function getPart(
  path: string,
  signal?: AbortSignal,
): Promise<{ readonly text: string; readonly cursor: string | null }> {
  const { text, headers } = await answered('GET', path, { signal })
  return { text, cursor: headers.get('furrow-next-cursor') }
}

/** Writes; the key makes a repeated request have its effect once. */
export async function send<T>(method: Method, path: string, body?: unknown): Promise<T> {
  return request(method, path, { body })
}

interface Parts {
  readonly body?: unknown
  readonly signal?: AbortSignal | undefined
}

async function request<T>(method: Method, path: string, parts: Parts): Promise<T> {
  const { text } = await answered(method, path, parts)
  return (text === '' ? null : JSON.parse(text)) as T
}

async function answered(method: Method, path: string, { body, signal }: Parts) {
  const answer = await fetch(path, {
    method,
    headers: headersOf(method, body),
    credentials: 'same-origin',
    signal: signal ?? AbortSignal.timeout(timeout_ms),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  if (!answer.ok) throw new ApiProblem(answer.status, problemIn(text))
  return { text, headers: answer.headers }
}

function headersOf(method: Method, body: unknown): Record<string, string> {
  return {
    accept: 'application/json',
    'x-furrow-console': currentMode(),
    ...(method === 'POST' ? { 'idempotency-key': crypto.randomUUID() } : {}),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  }
}

function problemIn(text: string): ProblemBody {
  try {
    return JSON.parse(text) as ProblemBody
  } catch {
    return {}
  }
}
