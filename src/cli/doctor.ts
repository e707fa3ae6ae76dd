import { appFindings } from './doctor/apps.ts'
import { connectionFindings } from './doctor/connections.ts'
import { databaseFindings } from './doctor/database.ts'
import type { Examined, Finding } from './doctor/finding.ts'
import { folderFindings, keyFindings, nodeFinding } from './doctor/folder.ts'
import { portFinding } from './doctor/port.ts'
import { Fault } from './fault.ts'
import { runningServer } from './folder.ts'
import { printJson } from './output.ts'

interface DoctorOptions {
  readonly data: string
  readonly host: string
  readonly port?: number
  readonly json?: boolean
}

/** Looks at everything that can be set up wrongly. Ends with a failure when something is wrong. */
export async function run(_: unknown, options: DoctorOptions) {
  const findings = await examine(options)
  const wrong = findings.filter(({ state }) => state === 'wrong').length
  if (options.json) printJson({ ok: wrong === 0, findings })
  else for (const finding of findings) show(finding)
  if (wrong === 0) return
  throw new Fault(`${wrong} of ${findings.length} checks found something wrong`)
}

export async function examine(options: DoctorOptions): Promise<Finding[]> {
  const server = await runningServer(options.data).catch(() => null)
  const url = process.env.DATABASE_URL
  const examined: Examined = { folder: options.data, url, server }
  const folder = await folderFindings(examined)
  const keys = await keyFindings(examined)
  const isUsable = url !== undefined || folder.every(({ state }) => state !== 'wrong')
  return [
    nodeFinding(process.versions.node),
    ...folder,
    ...keys.findings,
    ...appFindings(),
    await portFinding(options, server),
    ...(isUsable ? await stored(examined, keys.found) : []),
  ]
}

/** What the database holds: read from the server where one runs on the embedded database. */
async function stored(examined: Examined, keys: Parameters<typeof databaseFindings>[1]) {
  if (examined.server && !examined.url) return connectionFindings(examined)
  return databaseFindings(examined, keys)
}

const marks = { ok: '✓', warning: '!', wrong: '✗' } as const

function show({ check, state, found, fix }: Finding) {
  console.log(`${marks[state]} ${check}: ${found}`)
  if (fix) console.log(`    → ${fix}`)
}
