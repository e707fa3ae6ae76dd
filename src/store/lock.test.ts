import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { FolderInUse, lockFolder } from './lock.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'furrow-lock-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

it('lets one process in, and the next one when it has left', async () => {
  const unlock = await lockFolder(folder)
  await expect(lockFolder(folder)).rejects.toThrow(FolderInUse)
  await unlock()
  await (await lockFolder(folder))()
})

it('makes the folder where there is none', async () => {
  const inner = join(folder, 'new', 'data')
  const unlock = await lockFolder(inner)
  expect(await readFile(join(inner, 'furrow.pid'), 'utf8')).toBe(String(process.pid))
  await unlock()
})

it('takes over what an earlier process of the same number left behind', async () => {
  await writeFile(join(folder, 'furrow.pid'), String(process.pid))
  await (await lockFolder(folder))()
})

it('takes over from a process that died', async () => {
  const child = spawn(process.execPath, ['-e', ''])
  await new Promise((resolve) => child.once('exit', resolve))
  await writeFile(join(folder, 'furrow.pid'), String(child.pid))
  await (await lockFolder(folder))()
})

it('takes over where the number belongs to another program by now', async () => {
  const child = spawn('sleep', ['30'])
  await writeFile(join(folder, 'furrow.pid'), String(child.pid))
  try {
    await (await lockFolder(folder))()
  } finally {
    child.kill()
  }
})
