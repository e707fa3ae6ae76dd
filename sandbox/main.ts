// The sandbox as a process: prints one line of JSON when it is ready, stops on SIGTERM.
import { parseArgs } from 'node:util'
import { partnerNames } from './partners.ts'
import { startSandbox } from './server.ts'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    buyers: { type: 'string', default: '200' },
    bulk: { type: 'string', default: '0' },
    rate: { type: 'string', default: '0' },
    clock: { type: 'string' },
    idle: { type: 'boolean', default: false },
  },
})

const sandbox = await startSandbox({
  port: whole('port', values.port),
  seed: whole('seed', values.seed),
  buyers: whole('buyers', values.buyers),
  bulkCustomers: whole('bulk', values.bulk),
  ratePerSecond: whole('rate', values.rate),
  idle: values.idle,
  ...(values.clock === undefined ? {} : { clock: values.clock }),
})

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void sandbox.stop().then(() => process.exit(0)))
}

const { url, stripe } = sandbox
const partners = Object.fromEntries(partnerNames.map((name) => [name, sandbox.partner(name)]))
console.log(JSON.stringify({ url, stripe, partners }))

function whole(name: string, text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  throw new Error(`--${name}: expected a whole number, got "${text}"`)
}
