import type { Software } from '../installed.ts'

/**
 * Vendure is GPL-3.0-or-later: it is installed apart, run as a process of its own and spoken to
 * over HTTP, and nothing of ours imports it.
 */
export const vendureSoftware: Software = {
  name: 'vendure',
  packages: {
    '@vendure/core': '3.7.3',
    '@vendure/create': '3.7.3',
    '@vendure/testing': '3.7.3',
    // The newest that also runs on Node 20.
    'better-sqlite3': '12',
  },
  scripted: ['better-sqlite3', 'bcrypt'],
  flags: [],
  size: '220 MB',
}

/**
 * What starts it, written into its folder. Its own sample catalogue and mock customers fill it.
 * Passwords are hashed by a cheap sum: two hundred good hashes take a minute.
 */
export const startScript = `
const { createHash } = require('node:crypto')
const { dirname, join } = require('node:path')
const { bootstrap, DefaultLogger, dummyPaymentHandler, LogLevel } = require('@vendure/core')
const { populate } = require('@vendure/core/cli')
const { populateCustomers } = require('@vendure/testing')

const { port, database, username, password, customers } = JSON.parse(process.env.LIVE_VENDURE)
const assets = join(dirname(require.resolve('@vendure/create/package.json')), 'assets')
const sum = (text) => createHash('sha256').update(text).digest('hex')
const config = {
  apiOptions: { hostname: '127.0.0.1', port, adminApiPath: 'admin-api', shopApiPath: 'shop-api' },
  authOptions: {
    tokenMethod: ['bearer'],
    requireVerification: false,
    superadminCredentials: { identifier: username, password },
    passwordHashingStrategy: {
      hash: async (text) => sum(text),
      check: async (text, hash) => sum(text) === hash,
    },
  },
  dbConnectionOptions: { type: 'better-sqlite3', database, synchronize: true },
  paymentOptions: { paymentMethodHandlers: [dummyPaymentHandler] },
  logger: new DefaultLogger({ level: LogLevel.Warn }),
}

async function main() {
  const [data, products] = [join(assets, 'initial-data.json'), join(assets, 'products.csv')]
  const app = await populate(() => bootstrap(config), data, products)
  await populateCustomers(app, customers, console.error)
  console.log('filled')
}

main().catch((error) => {
  console.error(error)
  process.exit(1)
})
`
