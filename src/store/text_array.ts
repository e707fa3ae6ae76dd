/**
 * A text[] parameter. Sent to Postgres in its binary form, because the text form escapes every
 * quote of a JSON text on our side and reads it character by character on the other.
 */
export class TextArray {
  readonly values: readonly (string | null)[]
  #bytes: Buffer | null = null
  constructor(values: readonly (string | null)[]) {
    this.values = values
  }

  /** The binary form; made once, beforehand where there is time for it. */
  encoded(): Buffer {
    this.#bytes ??= encodeTextArray(this)
    return this.#bytes
  }
}

const text_oid = 25
const header_bytes = 20
const length_bytes = 4

/** Postgres' binary form of a one-dimensional text[] (array_send in its sources). */
export function encodeTextArray({ values }: TextArray): Buffer {
  let bytes = header_bytes
  const lengths = new Int32Array(values.length)
  for (let i = 0; i < values.length; i++) {
    const value = values[i]
    const length = value === null || value === undefined ? -1 : Buffer.byteLength(value)
    lengths[i] = length
    bytes += length_bytes + Math.max(length, 0)
  }
  return fill(Buffer.allocUnsafe(bytes), values, lengths)
}

function fill(buffer: Buffer, values: readonly (string | null)[], lengths: Int32Array): Buffer {
  // Dimensions, whether there may be nulls, element type, size, first index.
  const header = [values.length > 0 ? 1 : 0, 1, text_oid, values.length, 1]
  let at = 0
  for (const part of header) at = buffer.writeInt32BE(part, at)
  for (let i = 0; i < values.length; i++) {
    const length = lengths[i] ?? -1
    at = buffer.writeInt32BE(length, at)
    if (length > 0) at += buffer.write(values[i] ?? '', at, 'utf8')
  }
  // An empty array has no dimensions, and so ends before size and first index.
  return values.length > 0 ? buffer : buffer.subarray(0, 12)
}
