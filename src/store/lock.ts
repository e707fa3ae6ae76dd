import { mkdir, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** Another process works in the folder of the embedded database. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse'
}

/**
 * Takes the folder of the embedded database for this process. The database itself takes no lock,
 * and what a second process wrote would vanish. Gives back the function that frees the folder.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true })
  const path = join(folder, 'furrow.pid')
  for (let attempt = 0; attempt < 2; attempt++) {
    if (await take(path)) return () => release(path)
    const holder = Number(await readFile(path, 'utf8').catch(() => '0'))
    if (await isHeld(path, holder)) {
      throw new FolderInUse(
        `${folder} is in use by process ${holder}: stop it first, or give another folder with --data`,
      )
    }
    await rm(path, { force: true })
  }
  throw new FolderInUse(`${folder} cannot be locked: another process takes it at the same moment`)
}

/** Locks that this process holds. */
const held = new Set<string>()

async function release(path: string) {
  held.delete(path)
  await rm(path, { force: true })
}

async function isHeld(path: string, holder: number): Promise<boolean> {
  // In a container every start has the same number: a lock of ours that we do not hold is old.
  if (holder === process.pid) return held.has(path)
  return holder > 0 && isFurrow(await commandOf(holder), holder)
}

async function take(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx')
    await file.writeFile(String(process.pid))
    await file.close()
    held.add(path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Whether the process still runs; a number may have been given to another program since. */
function isFurrow(command: string | null, pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  return command === null || command.includes('node')
}

async function commandOf(pid: number): Promise<string | null> {
  return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null)
}
