import type { Operation } from './operation.ts'
import { auditOperation } from './operations/audit.ts'
import { boughtOperation } from './operations/bought.ts'
import { changeOperations } from './operations/changes.ts'
import { scheduleOperations } from './operations/connection_schedule.ts'
import { connectionOperations } from './operations/connections.ts'
import { consentOperations } from './operations/consent.ts'
import { exportOperations } from './operations/exports.ts'
import { insightOperations } from './operations/insights.ts'
import { keyOperations } from './operations/keys.ts'
import { ledgerAccountOperations } from './operations/ledger_accounts.ts'
import { modelOperations } from './operations/model.ts'
import { reconcileOperations } from './operations/reconcile.ts'
import { hangingOperations, recordOperations } from './operations/records.ts'
import { summaryOperation } from './operations/summary.ts'
import { timelineOperation } from './operations/timeline.ts'

/** The table that routes and documents are made from. */
export const operations: readonly Operation[] = [
  ...recordOperations(),
  ...hangingOperations(),
  boughtOperation(),
  timelineOperation(),
  summaryOperation(),
  ...ledgerAccountOperations,
  ...scheduleOperations,
  ...reconcileOperations,
  ...connectionOperations,
  ...consentOperations,
  ...insightOperations,
  ...changeOperations,
  ...modelOperations,
  ...keyOperations,
  ...exportOperations(),
  auditOperation,
]
