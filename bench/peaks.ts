import { median, rounded, written } from './figures.ts'
import type { Measured, Result } from './measurement.ts'

/** How the measurements of memory take their figures, for the page. */
export const peaks_how =
  'Peak resident set, as the kernel counts it, of a process of its own that is started as ' +
  '`furrow worker` is.'

/** Peak memory of the rounds with few and with many, in MiB. */
export interface Peaks {
  readonly few: number[]
  readonly many: number[]
}

interface Sizes {
  readonly few: number
  readonly many: number
  readonly of: string
  readonly what: string
}

/** The peaks with many against those with few. */
export function measuredOf(id: string, peaks: Peaks, { few, many, of, what }: Sizes): Measured {
  const [least, most] = [median(peaks.few), median(peaks.many)]
  const [small, big] = [few, many].map((size) => `${size.toLocaleString('en')} ${of}`)
  const result: Result = {
    id,
    title: `${what} of ${big}`,
    measured: rounded(most),
    unit: 'MiB',
    against: { [small ?? '']: rounded(least) },
    ratio: rounded(most / least),
    goal: { is: '<=', value: 1.2 },
  }
  return {
    results: [result],
    notes: [`rounds, MiB: ${small} ${written(peaks.few)}; ${big} ${written(peaks.many)}`],
  }
}
