import { setFlagsFromString } from 'node:v8'

/**
 * How Furrow starts Node: in package.json's scripts, in the first line of main.ts, and in the bench.
 * V8 may let its young generation grow to 32 MB three times over, which no part of Furrow is faster
 * for.
 */
export const node_flags = ['--max-semi-space-size=16'] as const

/**
 * For a process that only syncs: keeps its memory flat. V8 lets the old generation grow to several
 * times what it holds, and a backfill fills it although all it keeps is its pages in flight. The API
 * does without: its answers are long texts, and it would collect them half of its time.
 */
export function collectOften() {
  setFlagsFromString('--heap-growing-percent=20')
}
