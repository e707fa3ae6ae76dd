// Writes the pages that are computed from the model and the mappings; with --check it only
// compares, names each file that differs and ends with 1.
import { parseArgs } from 'node:util'
import { differing, writePages } from './files.ts'
import { described, pagesOf } from './pages.ts'

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } })
const root = new URL('../../', import.meta.url)
const pages = pagesOf(described)

if (values.check) {
  const paths = await differing(root, pages)
  for (const path of paths) console.error(`${path} differs: run npm run generate`)
  process.exitCode = paths.length === 0 ? 0 : 1
} else {
  const paths = await writePages(root, pages)
  for (const path of paths) console.log(path)
}
