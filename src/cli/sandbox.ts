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
    if (options.json) return printJson({ url, stripe })
    console.log(`Simulated partners on ${url}`)
    console.log(`  Stripe  ${stripe.baseUrl}  key ${stripe.key}`)
    console.log(
      `  furrow connect stripe --key ${stripe.key} --base-url ${stripe.baseUrl} --institution-account demo`,
    )
  })
}
