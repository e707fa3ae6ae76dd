import { Agent, type Dispatcher, request } from 'undici'
import { publicLookup } from '../net/public_address.ts'
import { BadAnswer, Gone, Unavailable } from './errors.ts'

export const download_silence_ms_max = 30_000
/** What must come while we wait, measured over a while: a drip would hold a worker for ever. */
export const download_bytes_a_second_min = 10 * 1024
export const download_window_ms = 10_000

/** What a file may be fetched from, and from which byte on. */
export interface DownloadOptions {
  /** Origin of the API itself, which may serve its own files. */
  readonly origin: string
  readonly isFileHost: (hostname: string) => boolean
  readonly from: number
  readonly signal: AbortSignal
  /** How long the pace is measured; by default `download_window_ms`. */
  readonly window_ms?: number
}

/**
 * Bytes of a file that a partner wrote for us, from a place on. Sent without any credential: the
 * address is the key to it. Only https and public addresses, or the API's own origin. Throws
 * BadAnswer, Gone (the address no longer holds), Unavailable.
 */
export async function* download(url: string, options: DownloadOptions): AsyncIterable<Buffer> {
  const { from, signal } = options
  const agent = agentFor(url, options)
  try {
    const headers = { range: `bytes=${from}-`, 'accept-encoding': 'identity' }
    const answer = await request(url, { dispatcher: agent, headers, signal })
    if (from > 0 && answer.statusCode === 416) return await answer.body.dump()
    await refuse(answer)
    // A server that knows no ranges sends all of it.
    let skip = answer.statusCode === 206 ? 0 : from
    for await (const chunk of paced(answer.body, options.window_ms ?? download_window_ms)) {
      if (skip < chunk.length) yield skip === 0 ? chunk : chunk.subarray(skip)
      skip = Math.max(0, skip - chunk.length)
    }
  } catch (error) {
    if (signal.aborted) throw signal.reason
    if (error instanceof BadAnswer || error instanceof Gone) throw error
    throw error instanceof Unavailable ? error : new Unavailable(`file: ${wordOf(error)}`)
  } finally {
    await agent.destroy()
  }
}

/** The same chunks. What our own work takes between them is not counted. */
async function* paced(chunks: AsyncIterable<Buffer>, window_ms: number): AsyncIterable<Buffer> {
  const source = chunks[Symbol.asyncIterator]()
  let waited_ms = 0
  let bytes = 0
  for (;;) {
    const asked_ms = performance.now()
    const { value, done } = await source.next()
    if (done) return
    waited_ms += performance.now() - asked_ms
    bytes += value.length
    if (waited_ms >= window_ms) {
      if ((bytes / waited_ms) * 1000 < download_bytes_a_second_min) {
        throw new Unavailable(`file: ${bytes} bytes in ${Math.round(waited_ms / 1000)} s`)
      }
      waited_ms = 0
      bytes = 0
    }
    yield value
  }
}

function agentFor(text: string, { origin, isFileHost }: DownloadOptions): Agent {
  const url = URL.canParse(text) ? new URL(text) : null
  const own = url?.origin === origin
  if (!url || (!own && (url.protocol !== 'https:' || !isFileHost(url.hostname)))) {
    throw new BadAnswer(`file: expected it at the partner's, got ${url?.origin ?? 'no address'}`)
  }
  return new Agent({
    connect: { timeout: download_silence_ms_max, ...(own ? {} : { lookup: publicLookup }) },
    headersTimeout: download_silence_ms_max,
    bodyTimeout: download_silence_ms_max,
  })
}

async function refuse({ statusCode: status, body }: Dispatcher.ResponseData) {
  if (status === 200 || status === 206) return
  await body.dump()
  const text = `file: ${status}`
  // Signed addresses that are over answer 400 or 403.
  if ([400, 403, 404, 410].includes(status)) throw new Gone(text)
  if (status === 429 || status >= 500) throw new Unavailable(text)
  throw new BadAnswer(`${text}, expected 200 or 206`)
}

function wordOf(error: unknown): string {
  const { code, message } = error as { code?: unknown; message?: unknown }
  return String(code ?? message ?? error).slice(0, 100)
}
