import type { Operation } from './operation.ts'
import { auditOperation } from './operations/audit.ts'
import { boughtOperation } from './operations/bought.ts'
import { changeOperations } from './operations/changes.ts'
import { scheduleOperations } from './operations/connection_schedule.ts'
import { connectionOperations } from './operations/connections.ts'
import { consentOperations } from './operations/consent.ts'
import { eventDeliveryOperations } from './operations/event_deliveries.ts'
import { eventActionOperations } from './operations/event_endpoint_actions.ts'
import { eventEndpointOperations } from './operations/event_endpoints.ts'
import { eventReplayOperation } from './operations/event_replay.ts'
import { exportOperations } from './operations/exports.ts'
import { insightOperations } from './operations/insights.ts'
import { keyOperations } from './operations/keys.ts'
import { ledgerAccountOperations } from './operations/ledger_accounts.ts'
import { modelOperations } from './operations/model.ts'
import { notificationOperations } from './operations/notifications.ts'
import { reconcileOperations } from './operations/reconcile.ts'
import { hangingOperations, recordOperations } from './operations/records.ts'
import { sourceOperations } from './operations/sources.ts'
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
  ...notificationOperations,
  ...insightOperations,
  ...changeOperations,
  ...eventEndpointOperations,
  ...eventActionOperations,
  eventReplayOperation,
  ...eventDeliveryOperations,
  ...modelOperations,
  ...sourceOperations,
  ...keyOperations,
  ...exportOperations(),
  auditOperation,
]
