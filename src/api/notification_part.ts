import type { Delivery, Receipt } from '../ingest/receive.ts'
import type { Connection } from '../store/connection.ts'

/** What the API asks of the part that receives notifications. */
export interface NotificationPart {
  /** Where partners deliver to, without a slash at its end: `https://furrow.example`. */
  readonly publicUrl: string
  /** Verifies and stores a delivery. Throws NotReceived. */
  readonly receive: (delivery: Delivery) => Promise<Receipt>
  /** Asks the partner to deliver to an address. Throws CannotRegister, Rejected, Unavailable. */
  readonly register: (connection: Connection, url: string) => Promise<void>
  /** Asks the partner to deliver no more. Throws as `register`. */
  readonly unregister: (connection: Connection) => Promise<void>
  /** Stores what deliveries are signed with; former ones are believed a while longer. */
  readonly setSecret: (connection: Connection, secret: GivenSecret) => Promise<void>
  /** A connection is read no more: the partner is asked to be silent, if it can be. */
  readonly silence: (connection: Connection) => Promise<void>
  /** It is read again: what was registered before is registered again. */
  readonly resume: (connection: Connection) => Promise<void>
}

export interface GivenSecret {
  readonly secret: string
  /** How long those before it are still believed; a day without it. */
  readonly former_ms?: number
}

/** The address that notifications of a connection are delivered to. */
export function deliveryUrl(
  publicUrl: string,
  { partnerSource, id }: Pick<Connection, 'partnerSource' | 'id'>,
): string {
  return `${publicUrl}/v2/notifications/${partnerSource}/${id}`
}
