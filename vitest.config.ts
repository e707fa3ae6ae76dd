import { configDefaults, defineConfig } from 'vitest/config'

/** What opens no database, or is about partners, people and clients alone: once is enough. */
const engineless = [
  'sandbox/**',
  'src/cli/**',
  'src/partners/**',
  'test/official/**',
  'test/bulk.test.ts',
  'test/client.test.ts',
  'test/compose.test.ts',
  'test/conformance*.test.ts',
  'test/console*.test.ts',
  'test/consent/browser.test.ts',
  'test/crash/pages.test.ts',
  'test/export.test.ts',
  'test/generate.test.ts',
  'test/guide.test.ts',
  'test/mcp.test.ts',
  'test/month.test.ts',
  'test/new_partner.test.ts',
  'test/notification_order.test.ts',
  'test/partners.test.ts',
  'test/partners_faults.test.ts',
  'test/partners_money.test.ts',
  'test/reports.test.ts',
  'test/shopify.test.ts',
  'test/ssrf.test.ts',
  'test/tidy.test.ts',
]

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'sandbox/**/*.test.ts', 'test/**/*.test.ts'],
    // `npm test` runs everything; on a Postgres, what has to do with it.
    exclude: [...configDefaults.exclude, ...(process.env.DATABASE_URL ? engineless : [])],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Each worker that touches the store starts its own PGlite (0.75 GB).
    maxWorkers: 2,
  },
})
