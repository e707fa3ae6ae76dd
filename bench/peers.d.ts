// What the benchmarks use of the peers, so that types are checked where they are not installed.

declare module '@supabase/stripe-sync-engine' {
  export class StripeSync {
    constructor(options: {
      schema: string
      stripeSecretKey: string
      stripeWebhookSecret: string
      poolConfig: { connectionString?: string | undefined; max: number }
    })
    stripe: import('stripe').default
    syncBackfill(of: { object: 'customer' }): Promise<{ customers?: { synced: number } }>
    close(): Promise<void>
  }
  export function runMigrations(options: { databaseUrl: string; schema: string }): Promise<void>
}

declare module 'pg-copy-streams' {
  import type { Readable, Writable } from 'node:stream'
  import type { Submittable } from 'pg'
  export function from(sql: string): Writable & Submittable
  export function to(sql: string): Readable & Submittable
}
