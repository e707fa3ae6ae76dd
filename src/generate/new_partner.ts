// Begins a partner: its folder, its simulated twin and their lines in both lists, all of which
// compile; conformance then names what is to be filled in.
import { parseArgs } from 'node:util'
import { CannotBegin, carryOut, type Plan, planOf } from './new_partner_plan.ts'

const root = new URL('../../', import.meta.url)

const help = `npm run new-partner -- NAME [--json]

Begins a partner: src/partners/NAME with every attribute of the model to be answered,
sandbox/NAME with a simulated partner that answers nothing yet, and the lines that enter both.

  NAME        what records will call it: lower-case letters and digits, a letter first
  --json      print one line of JSON: {name, written, changed, next}, or {error};
              npm run --silent new-partner -- NAME --json prints nothing else
  -h, --help  print this

Ends with 0 when all is written; 1 where the name is refused, 2 where the command is not
understood, and nothing was written.`

const ends = { ok: 0, refused: 1, usage: 2 } as const

process.exitCode = await run(process.argv.slice(2))

async function run(args: readonly string[]): Promise<number> {
  const asJson = args.includes('--json')
  try {
    const { values, positionals } = parsed(args)
    if (values.help) {
      console.log(help)
      return ends.ok
    }
    const [name, ...more] = positionals
    if (name === undefined || more.length > 0) {
      return fail(`expected one NAME, got ${positionals.length}; see --help`, asJson, ends.usage)
    }
    const plan = planOf(root, name)
    await carryOut(root, plan)
    say(plan, asJson)
    return ends.ok
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException // only errors are thrown here
    if (error instanceof CannotBegin) return fail(message, asJson, ends.refused)
    if (code?.startsWith('ERR_PARSE_ARGS')) return fail(message, asJson, ends.usage)
    throw error
  }
}

function parsed(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      json: { type: 'boolean', default: false },
    },
  })
}

function fail(message: string, asJson: boolean, end: number): number {
  if (asJson) console.log(JSON.stringify({ error: message }))
  else console.error(message)
  return end
}

function say({ name, written, changed, next }: Plan, asJson: boolean): void {
  const paths = { written: [...written.keys()], changed: [...changed.keys()] }
  if (asJson) {
    console.log(JSON.stringify({ name, ...paths, next }))
    return
  }
  for (const path of paths.written) console.log(`wrote    ${path}`)
  for (const path of paths.changed) console.log(`changed  ${path}`)
  console.log('\nIt compiles, and fails conformance in every place that is still to be filled in.')
  for (const [at, step] of next.entries()) console.log(`${at + 1}. ${step}`)
}
