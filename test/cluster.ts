import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'

const folder = new URL('../node_modules/.cache/furrow', import.meta.url).pathname

/**
 * An embedded database with nothing in it. To make one takes PGlite several times as long as to load
 * one that is made: it is kept beside the packages, by PGlite's version.
 */
export async function emptyCluster(): Promise<Blob> {
  const file = join(folder, `pglite-${versionOfPglite()}.tar`)
  const kept = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    return null
  })
  return kept ? new Blob([new Uint8Array(kept)]) : made(file)
}

async function made(file: string): Promise<Blob> {
  const database = await PGlite.create()
  const dump = await database.dumpDataDir('none')
  await database.close()
  await mkdir(folder, { recursive: true })
  // Others may make it at the same time: whoever reads it finds a whole one.
  const own = `${file}.${process.pid}`
  await writeFile(own, new Uint8Array(await dump.arrayBuffer()))
  await rename(own, file)
  return dump
}

function versionOfPglite(): string {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite')
  return createRequire(entry)('../package.json').version
}
