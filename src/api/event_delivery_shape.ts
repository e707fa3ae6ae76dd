import { deliveryStates } from '../store/event_delivery.ts'
import type { LoggedAttempt, LoggedDelivery } from '../store/event_log.ts'
import { endpoint_example } from './event_call.ts'
import { idExample } from './example.ts'
import {
  integer,
  integerOrNull,
  objectSchema,
  text,
  textOrNull,
  time,
  timeOrNull,
} from './schemas.ts'

const properties = {
  object: { const: 'event_delivery' },
  id: text,
  event_endpoint_id: text,
  event_id: { type: 'string', description: 'The `webhook-id` of every attempt' },
  type: text,
  ledgerAccountId: text,
  seq: integer,
  record_object: text,
  record_id: text,
  state: { type: 'string', enum: deliveryStates },
  attempt_count: integer,
  next_attempt: {
    ...timeOrNull,
    description:
      'Null when there is none to come, and while an earlier event of the record is on its way',
  },
  created_date: time,
  finished_date: timeOrNull,
} as const

export const delivery_schema = objectSchema(properties)

export const delivery_example = {
  object: 'event_delivery',
  id: 'evd_5f0c3b9a5f6e4a578a552b7f4d21',
  event_endpoint_id: endpoint_example.id,
  event_id: 'evt_1f0c3b9a5f6e4a578a552b7f4d21',
  type: 'customer.updated',
  ledgerAccountId: idExample('ledger_account'),
  seq: 42,
  record_object: 'customer',
  record_id: idExample('customer'),
  state: 'delivered',
  attempt_count: 1,
  next_attempt: null,
  created_date: '2026-03-14T09:26:53.000Z',
  finished_date: '2026-03-14T09:26:54.000Z',
}

/** A delivery with its attempts. */
export const whole_delivery_schema = objectSchema({
  ...properties,
  attempts: {
    type: 'array',
    description: 'Oldest first, of the newest 100',
    items: objectSchema({
      attempt: integer,
      date: time,
      duration_ms: integer,
      status_code: { ...integerOrNull, description: 'Null where no answer came' },
      error: textOrNull,
      answer: { ...textOrNull, description: 'The beginning of its body, at most 1 KiB' },
    }),
  },
})

export const whole_delivery_example = {
  ...delivery_example,
  attempts: [
    {
      attempt: 1,
      date: '2026-03-14T09:26:53.900Z',
      duration_ms: 84,
      status_code: 204,
      error: null,
      answer: '',
    },
  ],
}

/** A delivery as it is served. */
export function shownDelivery(one: LoggedDelivery) {
  return {
    object: 'event_delivery',
    id: one.id,
    event_endpoint_id: one.endpointId,
    event_id: one.eventId,
    type: one.type,
    ledgerAccountId: one.ledgerAccountId,
    seq: one.seq,
    record_object: one.object,
    record_id: one.objectId,
    state: one.state,
    attempt_count: one.attempts,
    next_attempt: one.next_attempt,
    created_date: one.created_date,
    finished_date: one.finished_date,
  }
}

/** The same with its attempts. */
export function shownWhole({
  delivery,
  attempts,
}: {
  delivery: LoggedDelivery
  attempts: readonly LoggedAttempt[]
}) {
  const shown = attempts.map(({ attempt, date_ms, duration_ms, status_code, error, answer }) => {
    const date = new Date(date_ms).toISOString()
    return { attempt, date, duration_ms, status_code, error, answer }
  })
  return { ...shownDelivery(delivery), attempts: shown }
}
