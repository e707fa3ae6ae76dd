const separator = 0x2c

/**
 * The bytes of a page: what comes before its records, their texts with commas between them, and
 * what comes behind. Each text is written once, where joining them first would copy all of them
 * several times; pages are long, and most of the time of an answer is spent here.
 */
export function pageBytes(before: string, texts: readonly string[], behind: string): Buffer {
  const commas = Math.max(0, texts.length - 1)
  let length = Buffer.byteLength(before) + Buffer.byteLength(behind) + commas
  for (const text of texts) length += Buffer.byteLength(text)
  const bytes = Buffer.allocUnsafe(length)
  let at = bytes.write(before)
  texts.forEach((text, i) => {
    if (i > 0) bytes[at++] = separator
    at += bytes.write(text, at)
  })
  bytes.write(behind, at)
  return bytes
}
