import { createHmac } from 'node:crypto'

// The Stripe-Signature header for a notification's raw body.
export function signature(body: string, secret: string, at: number): string {
  const signed = createHmac('sha256', secret).update(`${at}.${body}`, 'utf8').digest('hex')
  return `t=${at},v1=${signed}`
}
