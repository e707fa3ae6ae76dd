import { expect, it } from 'vitest'
import { encodeTextArray, TextArray } from './text_array.ts'

/** array_recv of Postgres, as its sources have it. */
function decoded(bytes: Buffer): (string | null)[] {
  const [dimensions, , type] = [0, 4, 8].map((at) => bytes.readInt32BE(at))
  expect(type).toBe(25)
  if (dimensions === 0) {
    expect(bytes.length).toBe(12)
    return []
  }
  expect([dimensions, bytes.readInt32BE(16)]).toEqual([1, 1])
  const values: (string | null)[] = []
  let at = 20
  for (let left = bytes.readInt32BE(12); left > 0; left--) {
    const length = bytes.readInt32BE(at)
    at += 4
    values.push(length < 0 ? null : bytes.toString('utf8', at, at + Math.max(length, 0)))
    at += Math.max(length, 0)
  }
  expect(at).toBe(bytes.length)
  return values
}

it.each([
  ['nothing', []],
  ['a null and an empty text', [null, '']],
  ['quotes, braces and commas', ['{"a":1,"b":"c\\"d"}', 'NULL', '{}', ',']],
  ['characters of one to four bytes', ['aé王🧾', '\u2028']],
  ['many', Array.from({ length: 3000 }, (_, i) => (i % 7 ? `text ${i}` : null))],
])('%s comes out of the binary form as it went in', (_, values) => {
  expect(decoded(encodeTextArray(new TextArray(values)))).toEqual(values)
})
