import { partnerNames } from '../../sandbox/partners.ts'
import { startSandbox } from '../../sandbox/server.ts'
import { live } from './life.ts'
import { printJson } from './output.ts'

interface SandboxOptions {
  readonly port?: number
  readonly seed?: number
  readonly buyers?: number
  readonly rate?: number
  readonly clock?: string
  readonly json?: boolean
}

const tick_ms = 1000

/** Runs the simulated partners until a signal comes. Their clock is ours unless one is given. */
export async function run(_: unknown, options: SandboxOptions) {
  const { port = 0, seed = 1, buyers = 200, rate = 0, clock } = options
  await live(async (life) => {
    const ratePerSecond = rate
    const sandbox = await startSandbox({
      port,
      seed,
      buyers,
      ratePerSecond,
      clock: clock ?? Date.now(),
    })
    life.onStop(sandbox.stop)
    if (clock === undefined) {
      const follow = () => sandbox.advance(Math.max(0, Date.now() - sandbox.now()))
      const timer = setInterval(follow, tick_ms)
      life.onStop(async () => clearInterval(timer))
    }
    const { url, stripe } = sandbox
    const partners = Object.fromEntries(
      partnerNames.map((name) => {
        const { baseUrl, credential } = sandbox.partner(name)
        return [name, { baseUrl, credential }]
      }),
    )
    if (options.json) return printJson({ url, stripe, partners })
    console.log(`Simulated partners on ${url}`)
    for (const [name, { baseUrl, credential }] of Object.entries(partners)) {
      const parts = Object.entries(credential).map(([part, text]) => `--credential ${part}=${text}`)
      console.log(
        `  furrow connect ${name} ${parts.join(' ')} --base-url ${baseUrl} --institution-account demo`,
      )
    }
  })
}
