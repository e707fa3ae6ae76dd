import { IntegrityViolation } from '../store/save.ts'

const names = new Set(['BadAnswer', 'Refused', 'Gone', 'Rejected', 'Unavailable', 'BadAddress'])

/** Whether an error is the partner's, or a broken invariant of what was read; others are ours. */
export function isPartners(error: unknown): boolean {
  return error instanceof IntegrityViolation || names.has((error as Error).name)
}
