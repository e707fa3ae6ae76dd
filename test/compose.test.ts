// The container files, as far as they can be tried without containers: what they say is read, and
// every command and health check in them is run.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { parse } from 'yaml'
import { newMasterKey } from '../src/store/seal.ts'
import { furrow, spawnFurrow } from './furrow.ts'
import { freePort, type PostgresServer, startPostgres } from './postgres.ts'

const root = new URL('../', import.meta.url).pathname
const read = (path: string) => readFileSync(`${root}${path}`, 'utf8')

interface Service {
  readonly command?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean }
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>
  readonly stop_grace_period?: string
}

const compose = parse(read('compose.yaml'), { merge: true }) as {
  readonly services: Readonly<Record<string, Service>>
  readonly volumes: Readonly<Record<string, unknown>>
}
const { services } = compose

/** Instructions of the Dockerfile; one that ends in a backslash goes on in the next line. */
const instructions = read('Dockerfile')
  .replaceAll('\\\n', ' ')
  .split('\n')
  .flatMap((line) => {
    const [, word, rest] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? []
    return word ? [{ word, rest: rest ?? '' }] : []
  })
const last = (word: string) => instructions.findLast((one) => one.word === word)?.rest ?? ''
const imageCheck = ['CMD', 'node', '-e', /CMD node -e "(.*)"$/.exec(last('HEALTHCHECK'))?.[1] ?? '']

let server: PostgresServer
let env: Record<string, string>
beforeAll(async () => {
  server = await startPostgres()
  env = { DATABASE_URL: server.url, FURROW_SECRET_KEYS: newMasterKey() }
})
afterAll(() => server.stop())

async function healthOf(test: readonly string[], ports: ReadonlyMap<string, number>) {
  const [kind, program, ...args] = test
  expect([kind, program]).toEqual(['CMD', 'node'])
  const replaced = args.map((arg) => withPorts(arg, ports))
  const child = spawn(process.execPath, replaced, { stdio: 'ignore' })
  return (await once(child, 'exit'))[0] as number | null
}

/** The same with ports that are free on this machine. */
function withPorts(text: string, ports: ReadonlyMap<string, number>): string {
  return [...ports].reduce((all, [port, free]) => all.replaceAll(port, String(free)), text)
}

async function stopped(child: ChildProcess): Promise<number | null> {
  child.kill(last('STOPSIGNAL') as NodeJS.Signals)
  return (await once(child, 'exit'))[0]
}

describe('compose.yaml', () => {
  it('waits for the tables before anything that uses them', () => {
    expect(Object.keys(services)).toEqual(['postgres', 'migrate', 'api', 'worker'])
    expect(services.migrate?.depends_on?.postgres?.condition).toBe('service_healthy')
    for (const name of ['api', 'worker']) {
      const { migrate } = services[name]?.depends_on ?? {}
      expect([name, migrate?.condition]).toEqual([name, 'service_completed_successfully'])
    }
  })

  it('says which secrets are needed, and has none', () => {
    const values = Object.values(services).flatMap((one) => Object.values(one.environment ?? {}))
    const secrets = values.filter((value) => value.includes('$'))
    expect(secrets.length).toBeGreaterThan(2)
    expect(secrets.every((value) => /\$\{[A-Z_]+:\?[^}]+\}/.test(value))).toBe(true)
    const named = secrets.flatMap((value) => /\$\{([A-Z_]+)/.exec(value)?.[1] ?? [])
    const told = read('compose.yaml').split('x-furrow')[0]
    expect(named.filter((name) => !told?.includes(`${name}=`))).toEqual([])
  })

  it('runs commands that there are, healthy while they run and ended by the signal', async () => {
    const migrated = await furrow(services.migrate?.command ?? [], { env })
    expect([migrated.status, migrated.stderr]).toEqual([0, ''])
    for (const name of ['api', 'worker']) {
      const { command = [], healthcheck } = services[name] ?? {}
      const ports = new Map([
        ['4242', await freePort()],
        ['9464', await freePort()],
      ])
      const check = healthcheck?.test ?? imageCheck
      expect([name, await healthOf(check, ports)]).toEqual([name, 1])
      const child = spawnFurrow(
        command.map((word) => withPorts(word, ports)),
        env,
      )
      onTestFinished(() => void child.kill('SIGKILL'))
      await expect.poll(() => healthOf(check, ports), { timeout: 30_000 }).toBe(0)
      const asked_ms = Date.now()
      expect([name, await stopped(child)]).toEqual([name, 0])
      const grace_ms = Number.parseInt(services[name]?.stop_grace_period ?? '', 10) * 1000
      expect(Date.now() - asked_ms).toBeLessThan(grace_ms)
    }
  }, 120_000)
})

describe('the image', () => {
  it('runs as a user without rights, who owns nothing but the data', () => {
    expect(last('USER')).toBe('node')
    const after = instructions.slice(instructions.findLastIndex(({ word }) => word === 'USER'))
    expect(after.filter(({ word }) => word === 'COPY' || word === 'RUN')).toEqual([])
  })

  it('holds what was built, and nothing of the repository beside it', () => {
    const stages = instructions.filter(({ word }) => word === 'FROM')
    const final = instructions.slice(instructions.lastIndexOf(stages.at(-1)!))
    const copied = final.filter(({ word }) => word === 'COPY').map(({ rest }) => rest)
    expect(copied.every((rest) => rest.startsWith('--from=build '))).toBe(true)
    const ignored = read('.dockerignore').split('\n')
    for (const name of ['.git', 'node_modules', 'dist', '.furrow']) expect(ignored).toContain(name)
    const { bin } = JSON.parse(read('package.json')) as { bin: { furrow: string } }
    expect(final.some(({ rest }) => rest.includes(`/furrow/${bin.furrow} `))).toBe(true)
    expect(existsSync(`${root}src/cli/main.ts`)).toBe(true)
  })

  it('is healthy where its own command listens', () => {
    const command = JSON.parse(last('CMD')) as string[]
    expect([JSON.parse(last('ENTRYPOINT')), command[0]]).toEqual([['furrow'], 'start'])
    expect(imageCheck.at(-1)).toContain(`:${command.at(-1)}/readyz`)
    expect(last('EXPOSE')).toBe(command.at(-1))
  })
})
