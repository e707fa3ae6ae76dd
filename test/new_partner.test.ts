import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withEntry } from '../src/generate/new_partner_lines.ts'
import { customer } from '../src/model/customer.ts'
import { payment } from '../src/model/payment.ts'

const root = join(import.meta.dirname, '..')
const needed = [
  ...['src', 'sandbox', 'test', 'client/src', 'console/src'],
  ...['package.json', 'tsconfig.json', 'vitest.config.ts'],
]
const modules = 'node_modules'
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'furrow-new-partner-'))
  for (const path of [...needed, 'biome.json']) {
    cpSync(join(root, path), join(folder, path), { recursive: true })
  }
  symlinkSync(join(root, modules), join(folder, modules))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs a file in the copy, as if no test and no script ran around it. */
function run(...args: string[]) {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(?:VITEST|NODE_ENV$|npm_)/.test(name),
  )
  const options = { cwd: folder, encoding: 'utf8', env: Object.fromEntries(own) } as const
  const { status, stdout, stderr } = spawnSync(process.execPath, args, options)
  return { status, stdout, stderr }
}

function formatOf(paths: readonly string[]) {
  const code = paths.filter((path) => path.endsWith('.ts'))
  return run(`${modules}/@biomejs/biome/bin/biome`, 'check', '--vcs-enabled=false', ...code)
}

const begin = (...args: string[]) => run('src/generate/new_partner.ts', ...args)
const text = (path: string) => readFileSync(join(folder, path), 'utf8')

const folder_files = ['index.ts', 'streams.ts', 'customer.ts', 'payment.ts']
const written = [
  ...[...folder_files, 'fixtures/customers.json'].map((file) => `src/partners/acme/${file}`),
  'sandbox/acme/partner.ts',
]
const changed = ['src/partners/index.ts', 'sandbox/partners.ts']

describe('a name that cannot be a partner’s', () => {
  it.each([
    ['Acme', 'lower-case letters and digits'],
    ['acme-pay', 'lower-case letters and digits'],
    ['../acme', 'lower-case letters and digits'],
    ['2checkout', 'a letter first'],
    ['a'.repeat(25), 'at most 24 characters'],
    ['delete', 'is a word of the code'],
    ['stripe', 'src/partners/stripe is there already'],
    ['rules', 'src/partners/rules.ts is there already'],
    ['world', 'sandbox/world is there already'],
  ])('%s is refused, and nothing is written', (name, why) => {
    const before = changed.map(text)
    const { status, stdout, stderr } = begin(name)
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toContain(why)
    expect(changed.map(text)).toEqual(before)
  })

  it('is told as JSON where that is asked for', () => {
    const { status, stdout } = begin('Acme', '--json')
    expect(status).toBe(1)
    expect(JSON.parse(stdout)).toEqual({ error: expect.stringContaining('got "Acme"') })
  })
})

describe('the command', () => {
  it('explains itself', () => {
    expect(begin('--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('NAME') })
  })

  it.each([[[]], [['acme', 'other']], [['acme', '--force']]])('does not understand %j', (args) => {
    expect(begin(...args)).toMatchObject({ status: 2, stdout: '' })
  })
})

describe('a partner that was begun', () => {
  beforeAll(() => {
    const { status, stdout, stderr } = begin('acme', '--json')
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const said = JSON.parse(stdout)
    expect(said).toMatchObject({ name: 'acme', written, changed })
    expect(said.next.join('\n')).toContain('conformance.test.ts -t acme')
  })

  it('compiles', () => {
    expect(run(`${modules}/typescript/bin/tsc`, '--noEmit')).toMatchObject({
      status: 0,
      stdout: '',
    })
  })

  it('has the format of the house', () => {
    expect(formatOf([...written, ...changed])).toMatchObject({ status: 0 })
  })

  it.each([customer, payment])('answers every attribute of $name', ({ name, own }) => {
    const file = text(`src/partners/acme/${name}.ts`)
    const asked = Object.entries(own).filter(([attribute, kind]) => {
      return !kind.back && attribute !== 'mergedInto'
    })
    const names = asked.flatMap(([attribute, kind]) => [
      attribute,
      ...Object.keys(kind.parts ?? {}),
    ])
    expect(names.filter((one) => !file.includes(` ${one}: `))).toEqual([])
  })

  it('is refused a second time, and stays as it is', () => {
    const before = [...written, ...changed].map(text)
    const { status, stderr } = begin('acme')
    expect({ status, stderr }).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('taken'),
    })
    expect([...written, ...changed].map(text)).toEqual(before)
  })

  it.each([['z'], ['y'.repeat(24)]])('leaves room for %s, with the same format', (name) => {
    const { stdout } = begin(name, '--json')
    expect(changed.map(text)).toEqual([
      expect.stringContaining(`import { ${name} } from './${name}/index.ts'`),
      expect.stringContaining(`\n  ${name}: create${name[0]?.toUpperCase()}${name.slice(1)},\n}`),
    ])
    const made = JSON.parse(stdout) as { written: string[] }
    expect(formatOf([...made.written, ...changed])).toMatchObject({ status: 0 })
  })

  describe('at conformance', () => {
    let results: readonly Result[]
    let said: string

    beforeAll(() => {
      const tests = ['test/conformance.test.ts', 'test/conformance_double.test.ts']
      const report = ['--reporter=default', '--reporter=json', '--outputFile.json=report.json']
      const vitest = `${modules}/vitest/vitest.mjs`
      said = run(vitest, 'run', ...tests, '-t', '^acme', ...report).stderr
      const { testResults } = JSON.parse(text('report.json')) as Report
      results = testResults.flatMap(({ assertionResults }) => assertionResults)
    })

    const thatEnded = (how: string) =>
      results.filter(({ status }) => status === how).map(({ fullName }) => fullName)

    it('fails where it is to be filled in, and nowhere else', () => {
      expect(thatEnded('failed')).toEqual([
        'acme mappings customers: An invented customer',
        'acme mappings customer: Customer: every path is in a payload',
        'acme mappings payment: Payment: every path is in a payload',
        'acme declaration every payload finds its stream',
      ])
      const valid = 'acme mappings customers: An invented customer: the records are valid'
      expect(thatEnded('passed')).toContain(valid)
    })

    it.each([
      ['fill in: the record that this payload must become'],
      ['"fill in customer.address.city"'],
      ['"fill in payment.payment_method.wallet"'],
      ['fill in recognise() in src/partners/acme/index.ts'],
      ['fill in read() in sandbox/acme/partner.ts: GET /account'],
    ])('says %s', (what) => {
      expect(said).toContain(what)
    })
  })
})

interface Report {
  readonly testResults: readonly { readonly assertionResults: readonly Result[] }[]
}

interface Result {
  readonly fullName: string
  readonly status: string
}

describe('the list of partners', () => {
  const entry = { member: 'acme', imported: 'acme', from: './acme/index.ts' }
  const list = (members: string, imports = '', rest = 'as const') =>
    `${imports}import { zeta } from './zeta/index.ts'\n\n` +
    `export const partners = ${members} ${rest}\n\nexport const more = {}\n`
  const imported = "import { acme } from './acme/index.ts'\n"
  const names = Array.from({ length: 9 }, (_, at) => `partner${at}`)

  it.each([
    ['on one line stays there', '{ zeta }', '{ zeta, acme }'],
    ['on many lines gets one more', '{\n  zeta,\n}', '{\n  zeta,\n  acme,\n}'],
    [
      'is broken where a line gets too long',
      `{ ${names.join(', ')} }`,
      `{\n${[...names, 'acme'].map((name) => `  ${name},\n`).join('')}}`,
    ],
  ])('%s', (_what, before, after) => {
    expect(withEntry('index.ts', list(before), entry)).toBe(list(after, imported))
  })

  it('is put right where what follows was broken', () => {
    const [broken, whole] = ['Record<\n  string,\n  Partner\n>', 'Record<string, Partner>']
    const before = list('{ zeta }', '', `as const satisfies ${broken}`)
    const after = list('{ zeta, acme }', imported, `as const satisfies ${whole}`)
    expect(withEntry('index.ts', before, entry)).toBe(after)
  })

  it('is not guessed at where it is written otherwise', () => {
    expect(() => withEntry('index.ts', 'export const partners = []\n', entry)).toThrow(
      'index.ts: expected "export const partners = {…} as const"',
    )
  })
})

describe('partners that are here', () => {
  const listed = ['ls-files', '--', 'src/partners/*/*', 'sandbox/*/*']
  const paths = execFileSync('git', listed, { cwd: root, encoding: 'utf8' }).trim().split('\n')

  it('have no place left that is to be filled in', () => {
    const waiting = paths.filter((path) => /['"`]fill in\b|\bfill in:/.test(textHere(path)))
    expect(waiting).toEqual([])
  })
})

function textHere(path: string): string {
  try {
    return readFileSync(join(root, path), 'utf8')
  } catch {
    // Moved or deleted, and not committed yet.
    return ''
  }
}
