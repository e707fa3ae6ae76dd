import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type MasterKeys, masterKeysFrom, newMasterKey } from '../store/seal.ts'
import { Fault } from './fault.ts'

/** Files of the data folder beside the embedded database. Those with secrets are 0600. */
export const files = {
  masterKey: 'master.key',
  apiKey: 'api.key',
  demo: 'demo.json',
  server: 'server.json',
  listenSecret: 'listen.secret',
} as const

/** What `furrow start` leaves for the other commands, as long as it runs. */
export interface ServerFile {
  readonly url: string
  readonly key: string | null
  readonly pid: number
}

/** The simulated world of the demo business; the same two figures give the same world. */
export interface DemoFile {
  readonly seed: number
  readonly epoch_ms: number
}

const secret_mode = 0o600
const folder_mode = 0o700

export async function readText(folder: string, name: string): Promise<string | null> {
  try {
    return (await readFile(join(folder, name), 'utf8')).trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

export async function writeSecret(folder: string, name: string, text: string) {
  const path = join(folder, name)
  await mkdir(folder, { recursive: true, mode: folder_mode })
  await writeFile(path, `${text}\n`, { mode: secret_mode })
  // The mode above is for new files only.
  await chmod(path, secret_mode)
}

export async function readJson<T>(folder: string, name: string): Promise<T | null> {
  const text = await readText(folder, name)
  if (text === null) return null
  try {
    return JSON.parse(text) as T
  } catch {
    throw new Fault(`${join(folder, name)} is not JSON: delete it, and it will be made anew`)
  }
}

export async function removeFile(folder: string, name: string) {
  await rm(join(folder, name), { force: true })
}

/** Master keys of FURROW_SECRET_KEYS, else of the data folder; null where there are none. */
export async function findMasterKeys(folder: string): Promise<MasterKeys | null> {
  const given = process.env.FURROW_SECRET_KEYS
  if (given) return parsed(given, 'FURROW_SECRET_KEYS')
  const kept = await readText(folder, files.masterKey)
  return kept === null ? null : parsed(kept, join(folder, files.masterKey))
}

/** The same, and a new one in the data folder where there is none. */
export async function masterKeysIn(folder: string): Promise<MasterKeys> {
  const found = await findMasterKeys(folder)
  if (found) return found
  const made = newMasterKey()
  await writeSecret(folder, files.masterKey, made)
  return masterKeysFrom(made)
}

/** The same for processes that share a database and must share its keys. */
export async function sharedMasterKeys(folder: string): Promise<MasterKeys> {
  const found = await findMasterKeys(folder)
  if (found) return found
  throw new Fault(
    'FURROW_SECRET_KEYS is missing: set it to a base64 key of 32 bytes (openssl rand -base64 32), the same for every process',
  )
}

function parsed(text: string, where: string): MasterKeys {
  try {
    return masterKeysFrom(text)
  } catch (error) {
    throw new Fault(`${where}: ${(error as Error).message}: make one with openssl rand -base64 32`)
  }
}

/** The server of this folder, if it is running; told by the process that wrote the file. */
export async function runningServer(folder: string): Promise<ServerFile | null> {
  const server = await readJson<ServerFile>(folder, files.server)
  return server && isAlive(server.pid) ? server : null
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
