import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { installPeers } from './install.ts'
import { type Form, type Measurement, newForm, type Result, reached } from './measurement.ts'
import { measurements } from './measurements.ts'
import { writePage } from './page.ts'
import { shown, tableOf } from './shown.ts'

const help = `Measures Furrow beside its peers and writes docs/benchmarks.md.

npm run bench -- [options]

  --only P1,P3   only these (all: ${measurements.map(({ id }) => id).join(', ')})
  --json         the results as JSON on stdout, and nothing else there
  --long         the long form: more data, more rounds
  --huge         the longest form, where a measurement has one (P5 up to ten million customers)
  --help         this text

Examples
  npm run bench -- --only P2
  npm run -s bench -- --only P1,P5 --long --json > results.json
`

/** Something was asked for that there is not. */
class Misuse extends Error {}

async function main() {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      json: { type: 'boolean', default: false },
      long: { type: 'boolean', default: false },
      huge: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return void process.stdout.write(help)
  const wanted = chosen(values.only)
  await installPeers(say)
  const results: Result[] = []
  for (const one of wanted) {
    results.push(...(await measure(one, values.huge ? 'huge' : values.long ? 'long' : 'short')))
  }
  const text = values.json ? JSON.stringify({ results: results.map(shown) }) : tableOf(results)
  process.stdout.write(`${text}\n`)
  if (!results.every(reached)) say('not every goal was reached')
}

function chosen(only: string | undefined): readonly Measurement[] {
  if (only === undefined) return measurements
  return only.split(',').map((id) => {
    const found = measurements.find((one) => one.id === id.trim().toUpperCase())
    const known = measurements.map((one) => one.id).join(', ')
    if (!found) throw new Misuse(`--only: expected some of ${known}, got "${id}"`)
    return found
  })
}

async function measure(one: Measurement, form: Form['name']): Promise<readonly Result[]> {
  say(`${one.id} ${one.title}`)
  const started = performance.now()
  const [load = 0] = loadavg()
  const measured = await one.run(newForm(form, (what) => say(`${one.id}   ${what}`)))
  const taken_s = (performance.now() - started) / 1000
  await writePage({ measurements, measurement: one, measured, form, taken_s, load })
  return measured.results
}

function say(what: string) {
  process.stderr.write(`${what}\n`)
}

try {
  await main()
} catch (error) {
  const { code, message, stack } = error as NodeJS.ErrnoException
  const misused = error instanceof Misuse || code?.startsWith('ERR_PARSE_ARGS')
  say(misused ? `${message}\n(--help tells what can be asked for)` : (stack ?? message))
  process.exitCode = 1
}
