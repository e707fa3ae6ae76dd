import type { Measurement } from './measurement.ts'
import { p1 } from './p1_backfill.ts'
import { p2 } from './p2_save.ts'

/** Every measurement, in the order of the page. */
export const measurements: readonly Measurement[] = [p1, p2]
