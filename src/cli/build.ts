// Makes `dist/`: plain JavaScript with the migrations beside it, as `npm pack` ships it.
import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, rmSync } from 'node:fs'
import { makeConsole } from './console.ts'

const root = new URL('../../', import.meta.url).pathname
const executable_mode = 0o755

rmSync(`${root}dist`, { recursive: true, force: true })
execFileSync(
  process.execPath,
  [`${root}node_modules/typescript/bin/tsc`, '-p', 'tsconfig.build.json'],
  {
    cwd: root,
    stdio: 'inherit',
  },
)
await makeConsole()
cpSync(`${root}console/dist`, `${root}dist/console/dist`, { recursive: true })
cpSync(`${root}migrations`, `${root}dist/migrations`, { recursive: true })
chmodSync(`${root}dist/src/cli/main.js`, executable_mode)
