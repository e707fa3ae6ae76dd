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

declare module 'autocannon' {
  interface Options {
    readonly url: string
    readonly method?: string
    readonly headers?: { readonly [name: string]: string }
    readonly body?: string
    readonly requests?: readonly { readonly path: string }[]
    readonly connections: number
    readonly duration: number
  }
  interface Result {
    readonly errors: number
    readonly timeouts: number
    readonly non2xx: number
    readonly duration: number
    readonly requests: { readonly total: number }
    readonly throughput: { readonly total: number }
    readonly latency: { readonly p99: number }
  }
  export type Autocannon = (options: Options) => Promise<Result>
}

declare module 'postgraphile' {
  export function postgraphile(preset: object): {
    createServ(grafserv: unknown): { addTo(server: import('node:http').Server): Promise<void> }
  }
}

declare module 'postgraphile/adaptors/pg' {
  export function makePgService(options: {
    connectionString: string
    schemas: readonly string[]
    poolConfig: { max: number }
  }): object
}

declare module 'postgraphile/grafserv/node' {
  export const grafserv: unknown
}

declare module 'postgraphile/presets/amber' {
  export const PostGraphileAmberPreset: object
}
