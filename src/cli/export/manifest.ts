import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from '../fault.ts'
import type { Format } from './files.ts'

/** What an export has written so far; the file `manifest.json` in its folder. */
export interface Manifest {
  readonly manifest: 1
  readonly format: Format
  /** What was asked for, so that only the same export goes on in its folder. */
  readonly query: readonly (readonly [name: string, value: string])[]
  readonly objects: { readonly [object: string]: ExportedObject }
}

export interface ExportedObject {
  readonly complete: boolean
  readonly rows: number
  readonly files: readonly ExportedFile[]
  /** Where the next file begins; null where nothing is left, or nothing was read yet. */
  readonly cursor: string | null
}

export interface ExportedFile {
  readonly name: string
  readonly rows: number
  readonly bytes: number
  readonly sha256: string
}

const name = 'manifest.json'

/** The manifest of a folder; null where there is none. Throws where it cannot be read. */
export async function readManifest(folder: string): Promise<Manifest | null> {
  let text: string
  try {
    text = await readFile(join(folder, name), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  try {
    const manifest = JSON.parse(text) as Manifest
    if (manifest.manifest === 1 && typeof manifest.objects === 'object') return manifest
  } catch {
    // Said below: whatever it is, it is no manifest of ours.
  }
  throw new Fault(`${join(folder, name)}: expected the manifest of an export, got something else`)
}

/** Writes it in one go: after a crash there is the old one or the new one. */
export async function writeManifest(folder: string, manifest: Manifest) {
  const path = join(folder, name)
  await writeFile(`${path}.new`, `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 })
  await rename(`${path}.new`, path)
}

/** Size and SHA-256 of a file. */
export async function checksumOf(path: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const part of createReadStream(path)) {
    bytes += (part as Buffer).length
    hash.update(part as Buffer)
  }
  return { bytes, sha256: hash.digest('hex') }
}
