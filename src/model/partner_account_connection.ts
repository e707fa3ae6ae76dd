import { boolean, enumOf, hashes, idOf, integer, string, timestamp } from './field.ts'
import { platformObject, type RecordOf } from './object.ts'
import { streamStates } from './stream_state.ts'

export type PartnerAccountConnection = RecordOf<typeof partner_account_connection>

/** Exact words of the source dictionary. */
export const connectionStatuses = [
  'Active',
  'Revoked',
  'Denied',
  'Inactive',
  'Lost Connection',
  'Not Authorised',
] as const
export type ConnectionStatus = (typeof connectionStatuses)[number]

export const partner_account_connection = platformObject(
  'partner_account_connection',
  'pac',
  'One authorised account of a ledger account at a partner system',
  {
    ledgerAccountId: idOf('ledger_account', 'The business it belongs to', { required: true }),
    partnerSource: string('Name of the partner system', {
      required: true,
      filter: true,
      example: 'stripe',
    }),
    partner_account_id: string("The partner's id of the account", {
      filter: true,
      example: 'acct_1032D82eZvKYlo2C',
    }),
    account_name: string('What the partner calls the account', { example: 'Furrow Farm' }),
    status: enumOf(connectionStatuses, 'State of the authorisation', {
      required: true,
      filter: true,
    }),
    status_reason: string('Why it is in that state', { example: 'Expired API Key provided' }),
    stale: boolean('Whether a stream of it is older than it may become', { example: false }),
    streams: hashes(
      {
        stream: string('What is read', { required: true, example: 'customers' }),
        state: enumOf(streamStates, 'State of the newest run', {
          required: true,
          example: 'complete',
        }),
        reason: string('Why it waits or failed', { example: '429: over the rate limit' }),
        retry_date: timestamp('When it tries again'),
        watermark: timestamp('Everything up to this moment at the partner has been read'),
        lag_seconds: integer('Age of the watermark, by our own clock', { example: 12 }),
        stale: boolean('Whether it is older than it may become', { example: false }),
        stale_after_seconds: integer('Age past which it is stale', { example: 900 }),
        last_success: timestamp('End of the last complete run'),
        last_full_verification: timestamp('End of the last run over the whole stream'),
        interval_seconds: integer('How often it is read', { example: 300 }),
        next_run: timestamp('When it runs again'),
        next_verification: timestamp('From when on the next run reads the whole stream'),
        last_error: string('Newest error', { example: 'customer.payment_currency: …' }),
        seen: integer('Payloads read', { example: 200 }),
        changed: integer('Records made or visibly changed', { example: 200 }),
        deleted: integer('Records found deleted', { example: 0 }),
        rejected: integer('Payloads kept raw because they break the model', { example: 0 }),
        segments_open: integer('Parts of the running backfill not yet read', { example: 0 }),
        segments_closed: integer('Parts of the running backfill read', { example: 1 }),
      },
      'Freshness, progress and last error of what is read',
    ),
    created_date: timestamp('When it was made', { required: true, filter: true }),
    modifiedDate: timestamp('When it last changed', { required: true, filter: true }),
    recordState: enumOf(['ACTIVE', 'DELETED'], 'Whether it still exists', {
      required: true,
      filter: true,
    }),
  },
)
