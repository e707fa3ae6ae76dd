// A binary heap by (time, order of arrival): equal times keep the order in which they were added.
export type Queue<T> = {
  add: (time: number, item: T) => void
  // The earliest item that is due at `until`, or undefined.
  take: (until: number) => { time: number; item: T } | undefined
}

type Entry<T> = { time: number; place: number; item: T }

export function queue<T>(): Queue<T> {
  const heap: Entry<T>[] = []
  let count = 0
  return {
    add: (time, item) => {
      heap.push({ time, place: count++, item })
      rise(heap, heap.length - 1)
    },
    take: (until) => {
      const first = heap[0]
      if (!first || first.time > until) return undefined
      const last = heap.pop()!
      if (heap.length > 0) {
        heap[0] = last
        sink(heap)
      }
      return first
    },
  }
}

function before<T>(a: Entry<T>, b: Entry<T>): boolean {
  return a.time < b.time || (a.time === b.time && a.place < b.place)
}

function rise<T>(heap: Entry<T>[], from: number): void {
  let at = from
  while (at > 0) {
    const parent = (at - 1) >> 1
    if (!before(heap[at]!, heap[parent]!)) return
    swap(heap, at, parent)
    at = parent
  }
}

function sink<T>(heap: Entry<T>[]): void {
  let at = 0
  for (;;) {
    let least = at
    for (const child of [2 * at + 1, 2 * at + 2]) {
      if (child < heap.length && before(heap[child]!, heap[least]!)) least = child
    }
    if (least === at) return
    swap(heap, at, least)
    at = least
  }
}

function swap<T>(heap: Entry<T>[], a: number, b: number): void {
  const kept = heap[a]!
  heap[a] = heap[b]!
  heap[b] = kept
}
