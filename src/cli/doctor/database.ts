import { join } from 'node:path'
import { type Database, openDatabase } from '../../store/database.ts'
import {
  firstInstitution,
  hasUsableKey,
  masterKeyIds,
  serverFacts,
} from '../../store/installation.ts'
import { pendingMigrations } from '../../store/migrate.ts'
import type { MasterKeys } from '../../store/seal.ts'
import { connectionsIn } from '../connections.ts'
import { givenUrl } from '../database.ts'
import { databaseFault } from '../fault.ts'
import { findingsOf } from './connections.ts'
import { type Examined, type Finding, ok, warning, wrong } from './finding.ts'
import { exists } from './folder.ts'

const patience_ms = 10_000

/** Opens the database and looks at its version, tables, keys, clock and connections. */
export async function databaseFindings(
  { url, folder }: Examined,
  keys: MasterKeys | null,
): Promise<Finding[]> {
  if (!url && !(await exists(join(folder, 'pgdata')))) {
    return [ok('database', 'there is none yet: furrow start makes it')]
  }
  let db: Database | null = null
  try {
    givenUrl()
    db = await openDatabase(url ? { url, connections_max: 1 } : { folder })
    const facts = await inTime(serverFacts(db))
    const version = versionFinding(facts.version)
    if (version.state === 'wrong') return [version]
    const clock = url ? [clockFinding(facts.clock_ms - Date.now())] : []
    return [version, ...clock, ...(await contentFindings(db, keys))]
  } catch (error) {
    const fault = databaseFault(error as NodeJS.ErrnoException) ?? (error as Error).message
    const fix = url ? 'start Postgres, or correct DATABASE_URL' : 'restore the folder from a backup'
    return [wrong('database', fault, fix)]
  } finally {
    // A server that never answers must not hold the answer up.
    await db?.close().catch(() => undefined)
  }
}

function inTime<T>(work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(
    () => late.reject(new Error(`no answer within ${patience_ms / 1000} s`)),
    patience_ms,
  )
  return Promise.race([work, late.promise]).finally(() => clearTimeout(timer))
}

const version_min = 150_000
const version_unit = 10_000

export function versionFinding(version: number): Finding {
  const name = `Postgres ${Math.floor(version / version_unit)}`
  if (version >= version_min) return ok('database', name)
  return wrong('database', `${name} is too old`, 'use Postgres 15 or newer')
}

const skew_ms_max = 5000

/** Keys end and syncs fall due by both clocks. */
export function clockFinding(skew_ms: number): Finding {
  const seconds = `${(Math.abs(skew_ms) / 1000).toFixed(1)} s`
  if (Math.abs(skew_ms) <= skew_ms_max) return ok('clock', `within ${seconds} of the database's`)
  const way = skew_ms > 0 ? 'behind' : 'ahead of'
  return wrong('clock', `${seconds} ${way} the database's`, 'set both machines by NTP')
}

async function contentFindings(db: Database, keys: MasterKeys | null): Promise<Finding[]> {
  const pending = await pendingMigrations(db)
  if (pending.length > 0) {
    return [wrong('tables', `${pending.join(', ')} has not run`, 'run furrow migrate')]
  }
  return [
    ok('tables', 'of the newest form'),
    await sealFinding(db, keys),
    await apiKeyFinding(db),
    ...(await findingsOf(connectionsIn(db))),
  ]
}

async function sealFinding(db: Database, keys: MasterKeys | null): Promise<Finding> {
  const check = 'stored credentials'
  const ids = await masterKeyIds(db)
  const missing = ids.filter((id) => !keys?.keys.has(id))
  if (missing.length > 0) {
    return wrong(
      check,
      `sealed under master key ${missing.join(', ')}, which was not given`,
      'add that key to FURROW_SECRET_KEYS, after the newest one',
    )
  }
  return ok(check, ids.length === 0 ? 'there are none yet' : 'can be opened')
}

async function apiKeyFinding(db: Database): Promise<Finding> {
  if (await hasUsableKey(db, new Date().toISOString())) return ok('api keys', 'there are some')
  const found = (await firstInstitution(db)) === null ? 'there are none yet' : 'none can be used'
  return warning('api keys', found, 'make one with furrow keys create')
}
