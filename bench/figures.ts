/** Middle of some figures; of an even number the lower of the two in the middle. */
export function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b)
  const middle = sorted[Math.floor((sorted.length - 1) / 2)]
  if (middle === undefined) throw new Error('median: expected at least one figure')
  return middle
}

/** Three digits that matter. */
export function rounded(figure: number): number {
  return figure >= 1000 ? Math.round(figure) : Number(figure.toPrecision(3))
}

/** `12,300 · 12,900 · 13,100`, in the order they were measured. */
export function written(figures: readonly number[]): string {
  return figures.map((figure) => rounded(figure).toLocaleString('en')).join(' · ')
}

/** Middle of the rounds' ratios: what slows one round slows both of its sides. */
export function ratioOf(one: readonly number[], other: readonly number[]): number {
  return median(one.map((figure, round) => figure / (other[round] ?? Number.NaN)))
}

/** Runs two sides in turns, so that what slows the machine slows both. */
export async function inTurns<A, B>(
  rounds: number,
  one: (round: number) => Promise<A>,
  other: (round: number) => Promise<B>,
): Promise<{ one: A[]; other: B[] }> {
  const figures: { one: A[]; other: B[] } = { one: [], other: [] }
  for (let round = 1; round <= rounds; round++) {
    figures.one.push(await one(round))
    figures.other.push(await other(round))
  }
  return figures
}

/** Runs the work and gives seconds. */
export async function seconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1000
}
