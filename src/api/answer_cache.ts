/** Answers by what was asked, each with the feed head it was made at. */
export interface AnswerCache {
  readonly enabled: boolean
  /** The answer, if the ledger account has not changed since it was made. */
  get(asked: string, head: number): Buffer | null
  set(asked: string, head: number, body: Buffer): void
}

interface Kept {
  readonly head: number
  readonly body: Buffer
}

const overhead_bytes = 300

/** Bounded by bytes; what was asked for longest ago goes first. Off with 0. */
export function newAnswerCache(bytes_max: number): AnswerCache {
  const kept = new Map<string, Kept>()
  let bytes = 0
  const drop = (asked: string) => {
    const old = kept.get(asked)
    if (!old) return
    kept.delete(asked)
    bytes -= sizeOf(asked, old.body)
  }
  return {
    enabled: bytes_max > 0,
    get(asked, head) {
      const found = kept.get(asked)
      if (!found || found.head !== head) return null
      kept.delete(asked)
      kept.set(asked, found)
      return found.body
    },
    set(asked, head, body) {
      const size = sizeOf(asked, body)
      drop(asked)
      if (size > bytes_max / 4) return
      kept.set(asked, { head, body })
      bytes += size
      for (const [oldest] of kept) {
        if (bytes <= bytes_max) break
        drop(oldest)
      }
    },
  }
}

function sizeOf(asked: string, body: Buffer): number {
  return asked.length * 2 + body.length + overhead_bytes
}
