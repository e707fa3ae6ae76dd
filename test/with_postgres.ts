import { spawn } from 'node:child_process'
import { startPostgres } from './postgres.ts'

// Runs a command with DATABASE_URL naming a Postgres 18 of its own:
// node test/with_postgres.ts npx vitest run
const [command = 'npx', ...args] = process.argv.slice(2)
const server = await startPostgres()
const child = spawn(command, args, {
  stdio: 'inherit',
  env: { ...process.env, DATABASE_URL: server.url },
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
const code = await new Promise<number>((resolve) => child.once('exit', (c) => resolve(c ?? 1)))
await server.stop()
process.exit(code)
