// Makes `dist/`: the page, and its files under the hash of what is in them, compressed beforehand.
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { build } from 'vite'
import { viteOptions } from './vite_options.ts'

const compressed_bytes_min = 1_024
const making = join(viteOptions.root, 'dist.making')
const made = join(viteOptions.root, 'dist')

// React is built for development under any other name, such as that of a test runner.
process.env.NODE_ENV = 'production'
await build({
  ...viteOptions,
  logLevel: 'error',
  build: { ...viteOptions.build, outDir: making, emptyOutDir: true },
})
for (const name of readdirSync(join(making, 'assets'))) {
  const path = join(making, 'assets', name)
  const bytes = readFileSync(path)
  if (bytes.length < compressed_bytes_min) continue
  writeFileSync(`${path}.br`, brotliCompressSync(bytes))
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }))
}
// Whole or not there at all: a server may look at any moment.
rmSync(made, { recursive: true, force: true })
renameSync(making, made)
