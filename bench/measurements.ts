import { g11 } from './g11_received.ts'
import type { Measurement } from './measurement.ts'
import { p1 } from './p1_backfill.ts'
import { p1_each } from './p1_each.ts'
import { p2 } from './p2_save.ts'
import { p3 } from './p3_expanded.ts'
import { p4 } from './p4_plain.ts'
import { p5 } from './p5_growth.ts'
import { p6 } from './p6_notified.ts'
import { p7 } from './p7_backfill.ts'
import { p7_connections } from './p7_connections.ts'
import { p7_export } from './p7_export.ts'
import { p8 } from './p8_start.ts'
import { p9 } from './p9_big_buyer.ts'

/** Every measurement, in the order of the page. */
export const measurements: readonly Measurement[] = [
  p1,
  p1_each,
  p2,
  p3,
  p4,
  p5,
  p6,
  p7,
  p7_connections,
  p7_export,
  p8,
  p9,
  g11,
]
