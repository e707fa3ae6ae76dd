import { X509Certificate } from 'node:crypto'
import { Agent, type Dispatcher, request } from 'undici'
import { BadSignature, Unavailable } from './errors.ts'
import type { VerifyTools } from './notifications.ts'

export const certificate_bytes_max = 64 * 1024
export const certificate_timeout_ms = 5000
/** Partners sign with few certificates at a time. */
export const certificates_kept_max = 32
/** A certificate that was withdrawn is believed no longer than this. */
export const certificate_kept_ms = 24 * 60 * 60 * 1000

export interface CertificateOptions {
  /** How connections are made; by the system's trusted roots unless another is given. */
  readonly dispatcher?: Dispatcher
  /** Of a simulated partner: it is asked there for what the scheme believes of the real one's host. */
  readonly baseUrl?: string
  readonly timeout_ms?: number
  readonly now?: () => number
}

interface Kept {
  readonly pem: Promise<string>
  readonly until_ms: number
}

/**
 * Fetches certificates that notifications are signed with: over https, without following
 * redirects, and each once a day. The schemes decide which hosts are believed. Throws BadSignature
 * where there is no certificate at the address, Unavailable where nobody can tell.
 */
export function newCertificates(options: CertificateOptions = {}): VerifyTools {
  const { timeout_ms = certificate_timeout_ms, now = Date.now } = options
  const dispatcher = options.dispatcher ?? new Agent({ connections: 4, allowH2: false })
  const kept = new Map<string, Kept>()
  return {
    async certificate(url) {
      const at = options.baseUrl === undefined ? url : options.baseUrl + new URL(url).pathname
      const known = kept.get(url)
      if (known && now() < known.until_ms) return known.pem
      const pem = fetched(at, { dispatcher, timeout_ms, plain: options.baseUrl !== undefined })
      kept.delete(url)
      kept.set(url, { pem, until_ms: now() + certificate_kept_ms })
      if (kept.size > certificates_kept_max) kept.delete(String(kept.keys().next().value))
      // What went wrong is not kept: the next notification asks again.
      pem.catch(() => {
        if (kept.get(url)?.pem === pem) kept.delete(url)
      })
      return pem
    },
  }
}

type How = {
  readonly dispatcher: Dispatcher
  readonly timeout_ms: number
  /** May be asked without TLS. */
  readonly plain: boolean
}

async function fetched(url: string, { dispatcher, timeout_ms, plain }: How): Promise<string> {
  if (!plain && new URL(url).protocol !== 'https:')
    throw new BadSignature('certificate: expected https')
  const signal = AbortSignal.timeout(timeout_ms)
  let status = 0
  let text = ''
  try {
    const response = await request(url, { dispatcher, signal })
    status = response.statusCode
    text = await textOf(response.body)
  } catch (error) {
    if (error instanceof BadSignature) throw error
    const { code, message } = error as { code?: unknown; message?: unknown } // whatever undici throws
    throw new Unavailable(`certificate: ${String(code ?? message)}`)
  }
  if (status === 408 || status === 429 || status >= 500) {
    throw new Unavailable(`certificate: ${status}`)
  }
  if (status !== 200) throw new BadSignature(`certificate: expected 200, got ${status}`)
  return firstIn(text)
}

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of body) {
    bytes += part.length
    if (bytes > certificate_bytes_max) {
      throw new BadSignature(`certificate: expected at most ${certificate_bytes_max} bytes`)
    }
    parts.push(part)
  }
  return Buffer.concat(parts).toString()
}

const pem_pattern = /-----BEGIN CERTIFICATE-----[\sA-Za-z0-9+/=]+-----END CERTIFICATE-----/

/** The first certificate of a file, which may hold those behind it as well. */
function firstIn(text: string): string {
  const [pem] = pem_pattern.exec(text) ?? []
  try {
    if (pem !== undefined) return new X509Certificate(pem).toString()
  } catch {
    // What only looks like one is none.
  }
  throw new BadSignature('certificate: expected one in PEM')
}
