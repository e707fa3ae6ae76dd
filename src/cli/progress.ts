import { MultiBar, SingleBar } from 'cli-progress'
import type { StreamFacts } from '../store/stream.ts'

export interface Progress {
  readonly show: (streams: readonly StreamFacts[]) => void
  readonly stop: () => void
}

export const noProgress: Progress = { show: () => undefined, stop: () => undefined }

/** A bar a stream on a terminal, else a line a stream that has been read; both on stderr. */
export function streamProgress(): Progress {
  return process.stderr.isTTY ? bars() : lines()
}

const bar_width = 24
const whole = 100

function bars(): Progress {
  const multi = new MultiBar({
    stream: process.stderr,
    format: '  {stream} {bar} {seen} {state}',
    barsize: bar_width,
    barCompleteChar: '━',
    barIncompleteChar: '─',
    hideCursor: true,
    clearOnComplete: false,
  })
  const byName = new Map<string, SingleBar>()
  const shares = new Map<string, number>()
  return {
    show(streams) {
      const width = Math.max(...streams.map(({ stream }) => stream.length))
      for (const one of streams) {
        const bar = byName.get(one.stream) ?? multi.create(whole, 0)
        byName.set(one.stream, bar)
        // A backfill is cut into more parts as it goes; its bar must not run back.
        const share = Math.max(shares.get(one.stream) ?? 0, shareOf(one))
        shares.set(one.stream, share)
        bar.update(Math.round(share * whole), {
          stream: titleOf(one.stream).padEnd(width),
          seen: String(one.seen).padStart(6),
          state: one.state === 'complete' ? '' : one.state,
        })
      }
    },
    stop: () => multi.stop(),
  }
}

function shareOf({ last_success, segments_open, segments_closed }: StreamFacts): number {
  if (last_success !== null) return 1
  const segments = segments_open + segments_closed
  return segments === 0 ? 0 : segments_closed / segments
}

function lines(): Progress {
  const told = new Set<string>()
  return {
    show(streams) {
      for (const { stream, last_success, seen, reason } of streams) {
        const isOver = last_success !== null || reason !== null
        if (!isOver || told.has(stream)) continue
        told.add(stream)
        console.error(`  ${titleOf(stream)}: ${reason ?? `${seen} read`}`)
      }
    },
    stop: () => undefined,
  }
}

export interface Counts {
  readonly show: (name: string, done: number) => void
  readonly stop: () => void
}

/** How many of each have been worked through, on one line of a terminal; silent elsewhere. */
export function countProgress(): Counts {
  if (!process.stderr.isTTY) return { show: () => undefined, stop: () => undefined }
  const bar = new SingleBar({
    stream: process.stderr,
    format: '  {name} {value}',
    hideCursor: true,
    clearOnComplete: true,
  })
  bar.start(0, 0, { name: '' })
  return {
    show: (name, done) => bar.update(done, { name: titleOf(name) }),
    stop: () => bar.stop(),
  }
}

function titleOf(stream: string): string {
  return stream.replaceAll('_', ' ')
}
