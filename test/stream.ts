import type { Writer } from '../src/ingest/writer.ts'
import { newWriter } from '../src/ingest/writer.ts'
import { customer } from '../src/model/customer.ts'
import type { Database } from '../src/store/database.ts'
import type { Incoming } from '../src/store/decide.ts'
import { type Segment, type StreamKey, segmentsOf, startRun } from '../src/store/segment.ts'
import { newLedgerAccount } from './business.ts'
import { connection_id, incomingOf } from './records.ts'

/** A stream of a connection that was never read, and a writer for it. */
export interface TestStream {
  readonly key: StreamKey
  readonly writer: Writer
  /** A customer with this number, created that many seconds after 1970. */
  readonly buyer: (number: number, values?: object) => Incoming
  readonly open: (
    ranges: readonly { from: string | null; to: string | null }[],
  ) => Promise<Segment[]>
}

export async function testStream(db: Database, name = 'customers'): Promise<TestStream> {
  const ledgerAccountId = await newLedgerAccount(db)
  const key = { ledgerAccountId, connectionId: connection_id, stream: name }
  await db.query(
    `insert into stream (ledger_account_id, partner_account_connection_id, stream)
     values ($1, $2, $3)`,
    [ledgerAccountId, connection_id, name],
  )
  return {
    key,
    writer: newWriter({
      db,
      ledgerAccountId,
      namesInstrument: (payload) => payload?.includes('names') ?? false,
      now: Date.now,
      at: () => undefined,
    }),
    buyer: (number, values = {}) =>
      incomingOf({
        type: customer,
        ledgerAccountId,
        partnerRecordId: `cus_${number}`,
        values: { created_date: new Date(number * 1000).toISOString(), ...values },
      }),
    async open(ranges) {
      const segments = ranges.map((range) => ({ kind: 'backfill' as const, ...range }))
      await startRun(db, { key, segments, horizon_ms: 1, now_ms: 1 })
      return segmentsOf(db, key)
    },
  }
}
