import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { generated_folders, type Pages } from './pages.ts'

/** Paths whose file is missing, different or left over. */
export async function differing(root: URL, pages: Pages): Promise<string[]> {
  const paths: string[] = []
  for (const [path, text] of pages) if ((await read(root, path)) !== text) paths.push(path)
  return [...paths, ...(await leftOver(root, pages))].sort()
}

/** Writes the pages and removes what is left over. Gives the paths it changed. */
export async function writePages(root: URL, pages: Pages): Promise<string[]> {
  const changed = await differing(root, pages)
  for (const path of changed) {
    const text = pages.get(path)
    const file = new URL(path, root)
    if (text === undefined) await rm(file)
    else {
      await mkdir(dirname(file.pathname), { recursive: true })
      await writeFile(file, text)
    }
  }
  return changed
}

async function leftOver(root: URL, pages: Pages): Promise<string[]> {
  const found: string[] = []
  for (const folder of generated_folders) {
    const names = await readdir(new URL(`${folder}/`, root)).catch(() => [])
    found.push(...names.map((name) => `${folder}/${name}`).filter((path) => !pages.has(path)))
  }
  return found
}

async function read(root: URL, path: string): Promise<string | null> {
  try {
    return await readFile(new URL(path, root), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
