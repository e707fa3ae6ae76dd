import { randomUUID } from 'node:crypto'
import { mkdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { MasterKeys } from '../../store/seal.ts'
import { files, findMasterKeys, isAlive, readText } from '../folder.ts'
import { type Examined, type Finding, ok, warning, wrong } from './finding.ts'

const node_major_min = 24

export function nodeFinding(version: string): Finding {
  if (Number(version.split('.')[0]) >= node_major_min) return ok('node', version)
  return wrong('node', `version ${version}`, `run it with Node ${node_major_min} or newer`)
}

/** Whether the data folder can be written, and who works in it. */
export async function folderFindings(examined: Examined): Promise<Finding[]> {
  const { folder } = examined
  const fault = await writeFault(folder)
  if (fault) {
    return [wrong('folder', fault, 'give a folder that you may write to with --data')]
  }
  return [ok('folder', `${folder} can be written`), await lockFinding(examined)]
}

async function writeFault(folder: string): Promise<string | null> {
  const probe = join(folder, `.probe-${randomUUID()}`)
  try {
    await mkdir(folder, { recursive: true })
    await writeFile(probe, '')
    await rm(probe)
    return null
  } catch (error) {
    return `${folder} cannot be written: ${(error as Error).message}`
  }
}

async function lockFinding({ folder, server }: Examined): Promise<Finding> {
  const holder = Number((await readText(folder, 'furrow.pid')) ?? 0)
  if (!holder || !isAlive(holder)) return ok('lock', 'no process works in the folder')
  if (server?.pid === holder) return ok('lock', `held by the running server, process ${holder}`)
  return wrong(
    'lock',
    `process ${holder} holds ${folder} and serves nothing`,
    `wait for it to end, or stop it: kill ${holder}`,
  )
}

export interface KeysFound {
  readonly findings: Finding[]
  readonly found: MasterKeys | null
}

/** Whether there are master keys of the right length, and nobody else can read their file. */
export async function keyFindings({ folder, url, server }: Examined): Promise<KeysFound> {
  const check = 'master key'
  const fix = 'set FURROW_SECRET_KEYS to the output of: openssl rand -base64 32'
  try {
    const found = await findMasterKeys(folder)
    if (found) return { findings: [await modeFinding(folder)], found }
    const isNew = url === undefined && server === null && !(await exists(join(folder, 'pgdata')))
    const finding = isNew
      ? ok(check, 'furrow start will make one')
      : wrong(check, 'there is none', `${fix}, or to the one the data was stored with`)
    return { findings: [finding], found: null }
  } catch (error) {
    return { findings: [wrong(check, (error as Error).message, fix)], found: null }
  }
}

const others_bits = 0o077

async function modeFinding(folder: string): Promise<Finding> {
  const check = 'master key'
  if (process.env.FURROW_SECRET_KEYS) return ok(check, 'given by FURROW_SECRET_KEYS')
  const path = join(folder, files.masterKey)
  const { mode } = await stat(path)
  if ((mode & others_bits) === 0) return ok(check, path)
  return warning(check, `${path} can be read by other users`, `chmod 600 ${path}`)
}

export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
