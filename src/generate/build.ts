// Writes dist/: the sources without their types, for the package, and the migrations beside them.
import { spawnSync } from 'node:child_process'
import { cp, rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const root = new URL('../../', import.meta.url)
const dist = new URL('dist/', root)

await rm(dist, { recursive: true, force: true })
const compiler = fileURLToPath(import.meta.resolve('typescript/package.json')).replace(
  /package\.json$/,
  'bin/tsc',
)
const project = fileURLToPath(new URL('tsconfig.build.json', import.meta.url))
const made = spawnSync(process.execPath, [compiler, '-p', project], { stdio: 'inherit' })
if (made.status !== 0) process.exit(made.status ?? 1)
await cp(new URL('migrations/', root), new URL('migrations/', dist), { recursive: true })
