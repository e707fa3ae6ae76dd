// Every draw comes from a stream named by its keys, so adding a draw in one story never moves the
// draws of another.
export type Key = string | number

export type Random = {
  next: () => number
  below: (limit: number) => number
  between: (low: number, high: number) => number
  chance: (probability: number) => boolean
  pick: <T>(list: readonly T[]) => T
  weighted: <T>(list: readonly (readonly [T, number])[]) => T
}

export function random(...keys: Key[]): Random {
  const next = stream(keys.join('\u0000'))
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    next,
    below,
    between: (low, high) => low + below(high - low + 1),
    chance: (probability) => next() < probability,
    pick: (list) => list[below(list.length)]!,
    weighted: (list) => weighted(list, next()),
  }
}

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

// Text that looks like a partner's id: the same keys always give the same text.
export function token(length: number, ...keys: Key[]): string {
  const next = stream(keys.join('\u0000'))
  let text = ''
  // Five characters a draw: 62^5 is the largest power that a draw of 32 bits can tell apart.
  while (text.length < length) text += base62(Math.floor(next() * 916_132_832), 5)
  return text.slice(0, length)
}

export function base62(value: number, length: number): string {
  let text = ''
  for (let rest = value; text.length < length; rest = Math.floor(rest / 62)) {
    text = BASE62[rest % 62] + text
  }
  return text
}

export function fromBase62(text: string): number {
  let value = 0
  for (const character of text) value = value * 62 + BASE62.indexOf(character)
  return value
}

function weighted<T>(list: readonly (readonly [T, number])[], draw: number): T {
  let rest = draw * list.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [item, weight] of list) {
    rest -= weight
    if (rest < 0) return item
  }
  return list[list.length - 1]![0]
}

// xmur3 for the seed, sfc32 for the stream: small, quick, the same on every machine.
function stream(text: string): () => number {
  const hash = hasher(text)
  let [a, b, c, d] = [hash(), hash(), hash(), hash()]
  return () => {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + t
    return (t >>> 0) / 4294967296
  }
}

function hasher(text: string): () => number {
  let h = 1779033703 ^ text.length
  for (let i = 0; i < text.length; i++) {
    h = Math.imul(h ^ text.charCodeAt(i), 3432918353)
    h = (h << 13) | (h >>> 19)
  }
  return () => {
    h = Math.imul(h ^ (h >>> 16), 2246822507)
    h = Math.imul(h ^ (h >>> 13), 3266489909)
    h ^= h >>> 16
    return h | 0
  }
}
