import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { spawnFurrow, temporaryFolder } from '../../test/furrow.ts'
import { live } from './life.ts'

describe('a life', () => {
  it('closes what was opened, last first, when a signal comes', async () => {
    const closed: string[] = []
    await live(async (life) => {
      life.onStop(async () => closed.push('database'))
      life.onStop(async () => closed.push('server'))
      process.emit('SIGTERM')
    })
    expect(closed).toEqual(['server', 'database'])
  })

  it('closes also what was being opened when the signal came, and opens nothing more', async () => {
    const closed: string[] = []
    await live(async (life) => {
      process.emit('SIGTERM')
      await sleep(10)
      life.onStop(async () => closed.push('database'))
      closed.push('went on')
    })
    expect(closed).toEqual(['database'])
  })

  it('closes everything after a fault, and tells it', async () => {
    const closed: string[] = []
    const work = live(async (life) => {
      life.onStop(async () => closed.push('database'))
      throw new Error('no port')
    })
    await expect(work).rejects.toThrow('no port')
    expect(closed).toEqual(['database'])
  })
})

describe('a process', () => {
  it('does not wait for what hangs after a second signal', async () => {
    const code = `
      import { live } from ${JSON.stringify(new URL('./life.ts', import.meta.url).href)}
      setInterval(() => undefined, 1000)
      await live(async (life) => {
        life.onStop(() => new Promise(() => console.log('closing')))
        console.log('open')
      })`
    const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', code])
    const ended = once(child, 'close')
    expect(String(await once(child.stdout, 'data'))).toBe('open\n')
    child.kill('SIGTERM')
    expect(String(await once(child.stdout, 'data'))).toBe('closing\n')
    child.kill('SIGINT')
    expect((await ended)[0]).toBe(130)
  })
})

describe('furrow start', () => {
  it('frees its folder when it is stopped while starting', { timeout: 120_000 }, async () => {
    const folder = temporaryFolder()
    const child = spawnFurrow(['start', '--data', folder])
    const ended = once(child, 'close')
    await expect.poll(() => existsSync(join(folder, 'furrow.pid')), { timeout: 60_000 }).toBe(true)
    child.kill('SIGTERM')
    expect((await ended)[0]).toBe(0)
    expect(existsSync(join(folder, 'furrow.pid'))).toBe(false)
  })
})
