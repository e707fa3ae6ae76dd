const distance_max_share = 0.5

/** The nearest of the known names, as `, did you mean …?`; empty where none is near. */
export function didYouMean(name: string, known: Iterable<string>): string {
  const near = nearest(name, known)
  return near === null ? '' : `, did you mean ${near}?`
}

const name_length_max = 80

/** The known name with the fewest letters to change; null where more than half would. */
export function nearest(name: string, known: Iterable<string>): string | null {
  const wanted = name.slice(0, name_length_max).toLowerCase()
  let best: string | null = null
  let fewest = Math.floor(wanted.length * distance_max_share) + 1
  for (const candidate of known) {
    const steps = distance(wanted, candidate.toLowerCase())
    if (steps >= fewest) continue
    best = candidate
    fewest = steps
  }
  return best
}

/** Letters to insert, delete, replace or swap with their neighbour. */
function distance(a: string, b: string): number {
  let before: number[] = []
  let above = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const steps = [at(row, j - 1) + 1, at(above, j) + 1, at(above, j - 1) + same]
      if (swapped) steps.push(at(before, j - 2) + 1)
      row.push(Math.min(...steps))
    }
    before = above
    above = row
  }
  return at(above, b.length)
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY
}
