import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'
import type { Dispatcher } from 'undici'
import { BadAnswer } from './errors.ts'

/** Largest answer, also after decompression; a page of 100 invoices with their lines has 2 MB. */
export const body_bytes_max = 16 * 1024 * 1024
/** Deepest nesting of an answer; partners' own stay below 20. */
export const json_depth_max = 64

const decoders: { readonly [encoding: string]: typeof gunzipSync } = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
}

/** The whole body, decompressed, within the cap. Throws BadAnswer. */
export async function bytesOf(
  { headers, body }: Dispatcher.ResponseData,
  name: string,
): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of body as AsyncIterable<Buffer>) {
    length += chunk.length
    // Leaving the loop destroys the body and its connection.
    if (length > body_bytes_max) throw tooLarge(name)
    chunks.push(chunk)
  }
  const bytes = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, length)
  const encoding = headers['content-encoding']
  return encoding === undefined || length === 0 ? bytes : decode(bytes, String(encoding), name)
}

function decode(bytes: Buffer, encoding: string, name: string): Buffer {
  if (encoding === 'identity') return bytes
  const decoder = Object.hasOwn(decoders, encoding) ? decoders[encoding] : undefined
  if (!decoder) {
    throw new BadAnswer(`${name}: expected gzip, deflate or br, got "${encoding.slice(0, 60)}"`)
  }
  try {
    return decoder(bytes, { maxOutputLength: body_bytes_max })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(name)
    throw new BadAnswer(`${name}: body is not ${encoding}: ${(error as Error).message}`)
  }
}

function tooLarge(name: string): BadAnswer {
  return new BadAnswer(`${name}: expected at most ${body_bytes_max} bytes, got more`)
}

/**
 * The value of a JSON body. Throws BadAnswer. An integer beyond 2^53 stays detectable: it parses to
 * one that is not safe, which the model refuses.
 */
export function jsonOf(
  bytes: Buffer,
  contentType: string | string[] | undefined,
  name: string,
): unknown {
  const type = String(contentType ?? 'nothing')
  if (!/^application\/([\w.-]+\+)?json\b/i.test(type)) {
    throw new BadAnswer(`${name}: expected application/json, got ${type.slice(0, 60)}`)
  }
  const value = parsed(bytes, name)
  if (isDeeper(value, json_depth_max)) {
    throw new BadAnswer(`${name}: expected JSON at most ${json_depth_max} deep, got deeper`)
  }
  return value
}

function parsed(bytes: Buffer, name: string): unknown {
  try {
    return JSON.parse(bytes.toString('utf8', startOf(bytes)))
  } catch {
    throw new BadAnswer(`${name}: expected JSON, got something else in ${bytes.length} bytes`)
  }
}

// Some shops' plug-ins put a byte order mark before their JSON.
function startOf(bytes: Buffer): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
}

/** What is nested too deep would overflow the stack of whoever writes it out again. */
function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (levels === 0) return true
  if (Array.isArray(value)) return value.some((item) => isDeeper(item, levels - 1))
  for (const key in value) {
    if (isDeeper((value as { [key: string]: unknown })[key], levels - 1)) return true
  }
  return false
}
