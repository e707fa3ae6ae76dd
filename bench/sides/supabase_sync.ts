// Supabase's Stripe Sync Engine, as its README uses it, pointed at the double.
import { createRequire } from 'node:module'
import pg from 'pg'
import { Stripe } from 'stripe'
import { seconds } from '../figures.ts'
import { answerAs } from '../side.ts'

// Its migrations are only found by its CommonJS form.
const require = createRequire(import.meta.url)
const { StripeSync, runMigrations } =
  require('@supabase/stripe-sync-engine') as typeof import('@supabase/stripe-sync-engine')

const schema = 'stripe'
/** What its README suggests, and its default. */
const connections_max = 10

let pool: pg.Pool

answerAs({
  async open({ url }: { url: string }) {
    await runMigrations({ databaseUrl: url, schema })
    pool = new pg.Pool({ connectionString: url, max: 1 })
  },
  async clear() {
    await pool.query(`truncate "${schema}".customers`)
    await pool.query('checkpoint')
  },
  async backfill({ url, key }: { url: string; key: string }) {
    const sync = new StripeSync({
      schema,
      stripeSecretKey: key,
      stripeWebhookSecret: 'whsec_bench',
      poolConfig: { connectionString: pool.options.connectionString, max: connections_max },
    })
    const { hostname: host, port } = new URL(url)
    sync.stripe = new Stripe(key, { host, port: Number(port), protocol: 'http', telemetry: false })
    try {
      return await seconds(() => sync.syncBackfill({ object: 'customer' }))
    } finally {
      await sync.close()
    }
  },
  async count() {
    const { rows } = await pool.query(`select count(*)::int as n from "${schema}".customers`)
    return rows[0].n
  },
})
