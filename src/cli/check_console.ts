// Checks the types of the console, whose packages are its own.
import { execFileSync } from 'node:child_process'
import { installConsole } from './console.ts'

const root = new URL('../../', import.meta.url).pathname
const compiler = `${root}node_modules/typescript/bin/tsc`

await installConsole()
execFileSync(process.execPath, [compiler, '-p', 'console', '--noEmit'], {
  cwd: root,
  stdio: 'inherit',
})
