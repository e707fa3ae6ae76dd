import { type RenormaliseResult, renormalise } from '../ingest/renormalise.ts'
import { recordTypes } from '../model/index.ts'
import { partnerNamed } from '../partners/index.ts'
import { openDatabase } from '../store/database.ts'
import { migrate } from '../store/migrate.ts'
import { givenUrl, openMigrated } from './database.ts'
import { objectGiven } from './object.ts'
import { printJson, table } from './output.ts'
import { countProgress } from './progress.ts'

interface RenormaliseOptions {
  readonly data: string
  readonly object?: string
  readonly connection?: string
  readonly json?: boolean
}

/** Reads stored payloads again with the newest mapping. Cut off, the next run goes on. */
export async function run(_: unknown, options: RenormaliseOptions) {
  const { data, object, connection, json = false } = options
  const type = object === undefined ? undefined : objectGiven(object, recordTypes)
  const db = await opened(data)
  const progress = countProgress()
  try {
    const results = await renormalise({
      db,
      partnerNamed,
      object: type?.name,
      connectionId: connection,
      onProgress: ({ object: name, read }) => progress.show(name, read),
    })
    progress.stop()
    print(results, json)
  } finally {
    progress.stop()
    await db.close()
  }
}

async function opened(folder: string) {
  const url = givenUrl()
  if (url) return openMigrated(url)
  const db = await openDatabase({ folder })
  await migrate(db)
  return db
}

function print(results: readonly RenormaliseResult[], json: boolean) {
  if (json) return printJson(results)
  const names = ['object', 'read', 'changed', 'failed'] as const
  table(
    names,
    results.map((one) => names.map((name) => one[name])),
  )
}
