import { BadAnswer } from './errors.ts'
import { jsonOf } from './http_body.ts'
import { objectOf, type Payload } from './rule.ts'

/** Longest line of a file of JSON objects. */
export const line_bytes_max = 4 * 1024 * 1024

/** An object of a file of them, and the place of the byte after its line. */
export interface Line {
  readonly payload: Payload
  readonly end: number
}

const newline = 0x0a

/** Objects of a file with one on each line, as its bytes come. `from` is their place in it. */
export async function* linesOf(bytes: AsyncIterable<Buffer>, from: number): AsyncIterable<Line> {
  let rest: Buffer = Buffer.alloc(0)
  let end = from
  for await (const chunk of bytes) {
    const held = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    let start = 0
    for (let at = held.indexOf(newline); at >= 0; at = held.indexOf(newline, start)) {
      end += at + 1 - start
      if (at > start) yield { payload: objectIn(held.subarray(start, at)), end }
      start = at + 1
    }
    rest = held.subarray(start)
    if (rest.length > line_bytes_max) {
      throw new BadAnswer(`file: expected lines of at most ${line_bytes_max} bytes, got more`)
    }
  }
  end += rest.length
  if (rest.length > 0) yield { payload: objectIn(rest), end }
}

function objectIn(bytes: Buffer): Payload {
  const payload = objectOf(jsonOf(bytes, 'application/json', 'file'))
  if (!payload) throw new BadAnswer('file: expected an object on each line')
  return payload
}
