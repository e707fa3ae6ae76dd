import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'
import type { Dispatcher } from 'undici'
import { BadAnswer } from './errors.ts'

/** Largest answer, also after decompression. */
export const body_bytes_max = 32 * 1024 * 1024
/** Deepest nesting of an answer; partners' own stay below 20. */
export const json_depth_max = 64

const decoders: { readonly [encoding: string]: typeof gunzipSync } = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
}

/** The whole body, decompressed, within the cap. Throws BadAnswer. */
export async function bytesOf({ headers, body }: Dispatcher.ResponseData): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of body as AsyncIterable<Buffer>) {
    length += chunk.length
    // Leaving the loop destroys the body and its connection.
    if (length > body_bytes_max) throw tooLarge()
    chunks.push(chunk)
  }
  const bytes = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, length)
  const encoding = headers['content-encoding']
  return encoding === undefined || length === 0 ? bytes : decode(bytes, String(encoding))
}

function decode(bytes: Buffer, encoding: string): Buffer {
  if (encoding === 'identity') return bytes
  const decoder = Object.hasOwn(decoders, encoding) ? decoders[encoding] : undefined
  if (!decoder) throw new BadAnswer(`expected gzip, deflate or br, got "${encoding}"`)
  try {
    return decoder(bytes, { maxOutputLength: body_bytes_max })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge()
    throw new BadAnswer(`body is not ${encoding}: ${(error as Error).message}`)
  }
}

function tooLarge(): BadAnswer {
  return new BadAnswer(`expected at most ${body_bytes_max} bytes, got more`)
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
  if (isTooDeep(bytes)) {
    throw new BadAnswer(`${name}: expected JSON at most ${json_depth_max} deep, got deeper`)
  }
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

const quote = 0x22
const backslash = 0x5c

/** Looked at before parsing: what is nested too deep overflows the stack when written again. */
function isTooDeep(bytes: Buffer): boolean {
  const { length } = bytes
  let depth = 0
  for (let at = 0; at < length; at++) {
    const byte = bytes[at] as number
    if (byte === quote) {
      at = closing(bytes, at + 1)
    } else if (byte === 0x7b || byte === 0x5b) {
      if (++depth > json_depth_max) return true
    } else if (byte === 0x7d || byte === 0x5d) {
      depth--
    }
  }
  return false
}

/** Where the string that begins at `from` ends. */
function closing(bytes: Buffer, from: number): number {
  let at = from
  for (; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === backslash) at++
    else if (byte === quote) return at
  }
  return at
}
