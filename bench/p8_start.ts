import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { files } from '../src/cli/folder.ts'
import { freePort } from '../test/postgres.ts'
import { median, rounded, written } from './figures.ts'
import type { Form, Measured, Measurement, Result } from './measurement.ts'

const goals_s = { first: 20, second: 5 } as const
const poll_ms = 20
const patience_ms = 120_000

export const p8: Measurement = {
  id: 'P8',
  title: 'Start',
  how:
    '`furrow start --json` in an empty folder: from the start of the process until a customer of the ' +
    'demo business is answered by the API. Then it is ended, and started again in the same folder. ' +
    'The console has been built before.',
  run,
}

async function run(form: Form): Promise<Measured> {
  const rounds = form.pick(3, 7)
  const first: number[] = []
  const second: number[] = []
  for (let round = 1; round <= rounds; round++) {
    form.tell(`round ${round} of ${rounds}`)
    const folder = await mkdtemp(join(tmpdir(), 'furrow-bench-'))
    first.push(await startsIn(folder))
    second.push(await startsIn(folder))
    await rm(folder, { recursive: true, force: true })
  }
  return {
    results: [
      resultOf('P8', 'empty folder → first customer readable', first, goals_s.first),
      resultOf('P8.second', 'second start → first customer readable', second, goals_s.second),
    ],
    notes: [`rounds, s: empty folder ${written(first)}; second start ${written(second)}`],
  }
}

function resultOf(id: string, title: string, took: readonly number[], goal: number): Result {
  const middle = median(took)
  const ratio = rounded(middle / goal)
  const against = { goal }
  return {
    id,
    title,
    measured: rounded(middle),
    unit: 's',
    against,
    ratio,
    goal: { is: '<=', value: 1 },
  }
}

const main = new URL('../src/cli/main.ts', import.meta.url).pathname

/** Seconds from the start of the process until the first customer is answered. */
async function startsIn(folder: string): Promise<number> {
  const began = performance.now()
  const port = String(await freePort())
  const args = [main, 'start', '--json', '--data', folder, '--port', port]
  const child = spawn(process.execPath, args, { stdio: 'ignore' })
  try {
    while (!(await hasCustomer(`http://127.0.0.1:${port}`, folder))) {
      if (child.exitCode !== null) throw new Error(`furrow start ended with ${child.exitCode}`)
      if (performance.now() - began > patience_ms) throw new Error('no customer came')
      await new Promise((resolve) => setTimeout(resolve, poll_ms))
    }
    return (performance.now() - began) / 1000
  } finally {
    child.kill('SIGTERM')
    if (child.exitCode === null) await once(child, 'exit')
  }
}

/** Whether the API shows one to the key that `start` left in the folder; before it listens, not. */
async function hasCustomer(url: string, folder: string): Promise<boolean> {
  const key = await readFile(join(folder, files.apiKey), 'utf8').catch(() => null)
  if (key === null) return false
  const headers = { 'x-api-key': key.trim() }
  const answer = await fetch(`${url}/v2/customers?limit=1`, { headers }).catch(() => null)
  if (answer?.status !== 200) return false
  const { data } = (await answer.json()) as { data: readonly unknown[] }
  return data.length > 0
}
