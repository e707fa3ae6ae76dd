import { describe, expect, it } from 'vitest'
import { furrow, temporaryFolder } from '../../test/furrow.ts'
import type { CommandFacts } from './commands/facts.ts'
import { commands } from './commands.ts'
import { runCli } from './program.ts'

interface Named extends CommandFacts {
  readonly path: readonly string[]
}

const named = (path: readonly string[], all: readonly CommandFacts[]): Named[] =>
  all.flatMap((facts) => {
    const own = [...path, facts.usage.split(' ')[0] ?? '']
    return [{ ...facts, path: own }, ...named(own, facts.commands ?? [])]
  })

/** Runs what needs no process of its own: help, and what is misused. */
async function inProcess(args: readonly string[]) {
  let stdout = ''
  let stderr = ''
  const status = await runCli(args, {
    out: (text) => {
      stdout += text
    },
    err: (text) => {
      stderr += text
    },
  })
  return { status, stdout, stderr }
}

describe('furrow', () => {
  it('lists every command and a way to begin', async () => {
    const { status, stdout } = await furrow(['--help'])
    for (const { usage } of commands) expect(stdout).toContain(usage.split(' ')[0])
    expect(stdout).toMatch(/Examples:\n {2}furrow start/)
    expect(status).toBe(0)
  })

  it('shows what each partner can do, and all of one', async () => {
    const { stdout } = await furrow(['partners', '--json'])
    const all = JSON.parse(stdout) as { partnerSource: string; objects: string[] }[]
    expect(all.map((one) => one.partnerSource)).toContain('stripe')
    for (const { objects } of all) expect(objects).toContain('customer')
    const one = await furrow(['partners', 'stripe'])
    expect(one.stdout).toMatch(/^customers +created\+events +customer$/m)
    const none = await furrow(['partners', 'strip'])
    expect(none.stderr).toContain('did you mean')
  })

  it('tells its version', async () => {
    const { stdout } = await inProcess(['--version'])
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  })

  it('shows help where no command is given', async () => {
    const { status, stdout } = await inProcess([])
    expect([status, stdout.startsWith('Usage: furrow')]).toEqual([0, true])
  })

  it.each(named([], commands).map((one) => [one.path.join(' '), one] as const))(
    'explains %s by examples that name it',
    async (name, { path, examples, options }) => {
      const { stdout } = await inProcess([...path, '--help'])
      expect(examples.length).toBeGreaterThan(0)
      for (const example of examples) {
        expect(stdout).toContain(example)
        expect(example).toContain(`furrow ${name}`)
      }
      for (const { flags } of options) expect(stdout).toContain(flags.split(' ')[0])
    },
  )

  it.each([
    [
      ['start', '--prt', '1'],
      /unknown option '--prt' .*Did you mean --port\?.*furrow start --help/,
    ],
    [['start', '--port', '70000'], /--port <number>.* Expected a port from 1 to 65535/],
    [['start', '--sync-every', '5'], /Expected a time from 1s to 24h/],
    [['strat'], /unknown command 'strat' \(Did you mean start\?\)/],
    [['get', 'customer'], /missing required argument 'id'/],
    [['list', 'customers', '--filter', 'a'], /Expected name=value/],
    [['list', 'custmers'], /got "custmers", did you mean customer\?/],
    [['connect', 'strip', '--key', 'x'], /did you mean stripe\?/],
    [['connect', 'stripe', '--key', 'x'], /either --ledger-account or --institution-account/],
    [['keys', 'create', '--scopes', 'raed'], /did you mean read\?/],
  ])('refuses %j as misused, in one line', async (args, line) => {
    const { status, stdout, stderr } = await inProcess(args)
    expect(stderr).toMatch(line)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    expect([status, stdout]).toEqual([2, ''])
  })

  it.each([
    [['api'], {}, /DATABASE_URL is missing/],
    [['worker'], {}, /DATABASE_URL is missing/],
    [['migrate'], { DATABASE_URL: 'localhost' }, /DATABASE_URL: expected a URL such as postgres:/],
    [
      ['migrate'],
      { DATABASE_URL: 'postgres://u:hidden@127.0.0.1:1/x' },
      /no Postgres answers there/,
    ],
    [
      ['list', 'customers'],
      { FURROW_URL: 'http://127.0.0.1:1', FURROW_KEY: 'k' },
      /does not answer/,
    ],
    [['list', 'customers'], { FURROW_URL: 'http://127.0.0.1:1' }, /FURROW_KEY is missing/],
    [['list', 'customers'], { FURROW_URL: 'here', FURROW_KEY: 'k' }, /FURROW_URL: expected a URL/],
  ])('says of %j with %j what is missing', async (args, env, line) => {
    const { status, stderr } = await furrow(args, { env })
    expect(stderr).toMatch(line)
    expect(stderr).not.toContain('hidden')
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    expect(status).toBe(1)
  })

  it('says how to start a server where none runs', async () => {
    const folder = temporaryFolder()
    const { stderr } = await furrow(['status', '--data', folder])
    expect(stderr).toContain(`no server runs on ${folder}: start one with furrow start`)
  })

  it('shows where an error came from only on request', async () => {
    const args = ['normalise', '--partner', 'stripe', 'none.json']
    const plain = await furrow(args)
    const debug = await furrow(args, { env: { FURROW_DEBUG: '1' } })
    expect(plain.stderr).not.toContain('    at ')
    expect(debug.stderr).toContain('    at ')
  })
})
