import { configDefaults, defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What opens no database, or is about partners, people and clients alone: once is enough. */
const engineless = [
  'sandbox/**',
  'src/cli/**',
  'src/partners/**',
  'test/official/**',
  'test/bulk.test.ts',
  'test/client.test.ts',
  'test/compose.test.ts',
  'test/console*.test.ts',
  'test/conformance.test.ts',
  'test/consent/browser.test.ts',
  'test/crash/pages.test.ts',
  'test/export.test.ts',
  'test/generate.test.ts',
  'test/guide/pages.test.ts',
  'test/mcp.test.ts',
  'test/new_partner.test.ts',
  'test/partners_money.test.ts',
  'test/reports.test.ts',
  'test/shopify.test.ts',
  'test/ssrf.test.ts',
  'test/tidy.test.ts',
]

/** What starts its databases itself: it is the same in either run. */
const own_engines = [
  'src/ingest/jobs.test.ts',
  'test/backup.test.ts',
  'test/budget.test.ts',
  'test/consent/single_flight.test.ts',
  'test/end_to_end.test.ts',
  'test/processes.test.ts',
  'test/seal.test.ts',
]

/** What takes minutes, the longest first: left to the run on a Postgres, where most of it takes half of that. */
const long = [
  'test/partners_faults.test.ts',
  'test/notification_order.test.ts',
  'test/conformance_double.test.ts',
  'test/guide/commands.test.ts',
  'test/partners.test.ts',
  'test/month.test.ts',
]

/** Begins with what takes longest, so that nothing long is left for the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const place = ({ moduleId }: TestSpecification) => {
      const at = long.findIndex((name) => moduleId.endsWith(name))
      return at === -1 ? long.length : at
    }
    return sorted.sort((one, other) => place(one) - place(other))
  }
}

const onPostgres = process.env.DATABASE_URL !== undefined
const isNpmTest = process.env.npm_lifecycle_event === 'test'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'sandbox/**/*.test.ts', 'test/**/*.test.ts'],
    // `npm test` and `npm run test:postgres` together run everything; `npx vitest run FILE` any file.
    exclude: [
      ...configDefaults.exclude,
      ...(onPostgres ? [...engineless, ...own_engines] : []),
      ...(isNpmTest ? long : []),
    ],
    sequence: { sequencer: LongestFirst },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Each worker that touches the store starts its own PGlite (0.75 GB).
    maxWorkers: 2,
  },
})
