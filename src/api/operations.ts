import type { Operation } from './operation.ts'
import { hangingOperations, recordOperations } from './operations/records.ts'

/** The table that routes and documents are made from. */
export const operations: readonly Operation[] = [...recordOperations(), ...hangingOperations()]
