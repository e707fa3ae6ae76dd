/**
 * How Furrow starts Node: in package.json's scripts, in the first line of main.ts, and in the bench.
 * V8 may let its young generation grow to 32 MB three times over and the old one to several times
 * what it holds; a backfill makes both happen, though all it keeps is its pages in flight. With
 * these it stays flat, at the same speed (P7 in docs/benchmarks.md).
 */
export const node_flags = ['--max-semi-space-size=8', '--heap-growing-percent=20'] as const
