import { randomBytes } from 'node:crypto'
import { Webhook } from 'standardwebhooks'

const secret_bytes = 32

/** A new signing secret, in the form of the Standard Webhooks specification. */
export function newSecret(): string {
  return `whsec_${randomBytes(secret_bytes).toString('base64')}`
}

export interface Signing {
  /** Each of them signs: two while one takes over from the other. */
  readonly secrets: readonly string[]
  readonly id: string
  readonly now_ms: number
  readonly body: string
}

/** The headers that tell who sends a body, and when. */
export function signatureHeaders({ secrets, id, now_ms, body }: Signing): Record<string, string> {
  const moment = new Date(now_ms)
  const signatures = secrets.map((secret) => new Webhook(secret).sign(id, moment, body))
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now_ms / 1000)),
    'webhook-signature': signatures.join(' '),
  }
}
