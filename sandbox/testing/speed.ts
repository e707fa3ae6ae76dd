// How fast the sandbox is: node sandbox/testing/speed.ts. The reader is another process, as the
// engine would be; it reads in turn, a page at a time, over one kept connection.
import { spawn } from 'node:child_process'
import { Agent, get } from 'node:http'
import { fileURLToPath } from 'node:url'
import { createStripe } from '../stripe/partner.ts'
import { createWorld } from '../world.ts'

const SECONDS = 5
const CUSTOMERS = 10_000_000

function make(name: string, act: () => unknown): void {
  const start = performance.now()
  act()
  console.log(`${name}: ${Math.round(performance.now() - start)} ms`)
}

function read(url: string, key: string, agent: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${key}` }
    get(url, { headers, agent }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (part) => {
        text += part
      })
      response.on('end', () => resolve(text))
    }).on('error', reject)
  })
}

async function bulk(readers: number): Promise<void> {
  const main = fileURLToPath(new URL('../main.ts', import.meta.url))
  const child = spawn(process.execPath, [main, '--buyers', '1', '--bulk', String(CUSTOMERS)])
  const [line] = await child.stdout.take(1).toArray()
  const { stripe } = JSON.parse(String(line))
  const agent = new Agent({ keepAlive: true })
  const end = performance.now() + SECONDS * 1000
  let count = 0
  const reader = async (first: string) => {
    for (let after = first; performance.now() < end; ) {
      const text = await read(
        `${stripe.baseUrl}/v1/customers?limit=100${after}`,
        stripe.bulkKey,
        agent,
      )
      count += 100
      // The last id of the page, found without parsing the page.
      after = `&starting_after=${text.slice(text.lastIndexOf('"id":"cus_') + 6).split('"', 1)[0]}`
    }
  }
  await Promise.all(Array.from({ length: readers }, () => reader('')))
  child.kill('SIGTERM')
  console.log(`bulk, ${readers} at a time: ${Math.round(count / SECONDS)} customers/s`)
}

make('world of 200 buyers', () => {
  const world = createWorld({ seed: 1 })
  world.advanceTo(world.epoch)
})
make('Stripe account of 200 buyers, first', () => createStripe({ seed: 1 }))
make('Stripe account of 200 buyers, again', () => createStripe({ seed: 2 }))
make('Stripe account of 20,000 buyers', () => createStripe({ seed: 1, buyers: 20_000 }))
for (const readers of [1, 4]) await bulk(readers)
