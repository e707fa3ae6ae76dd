import type { PartnerAccountConnection } from '../model/partner_account_connection.ts'
import { connectionsIn, connectionsThrough } from './connections.ts'
import { directUrl, withDatabase } from './database.ts'
import { printJson, table } from './output.ts'

interface StatusOptions {
  readonly data: string
  readonly json?: boolean
}

/** Shows every connection and its streams. */
export async function run(_: unknown, { data, json }: StatusOptions) {
  const url = directUrl()
  const connections = url
    ? await withDatabase(url, (db) => Array.fromAsync(connectionsIn(db)))
    : await Array.fromAsync(connectionsThrough(data))
  if (json) return printJson(connections)
  if (connections.length === 0) {
    console.log('no connections yet: furrow connect makes one')
    return
  }
  for (const connection of connections) show(connection)
}

function show(connection: PartnerAccountConnection) {
  const { id, partnerSource, account_name, status, status_reason } = connection
  const why = status_reason ? `: ${status_reason}` : ''
  console.log(`\n${id}  ${partnerSource}  ${account_name ?? ''}  ${status}${why}`)
  const names = ['stream', 'state', 'age', 'seen', 'changed', 'deleted', 'rejected', 'last error']
  const streams = connection.streams ?? []
  table(
    names,
    streams.map((one) => [
      one.stream,
      one.state,
      ageOf(one.lag_seconds ?? null),
      one.seen,
      one.changed,
      one.deleted,
      one.rejected,
      one.reason ?? one.last_error,
    ]),
  )
}

const minute_s = 60
const hour_s = 60 * minute_s
const day_s = 24 * hour_s

function ageOf(seconds: number | null): string | null {
  if (seconds === null) return null
  if (seconds < minute_s) return `${seconds} s`
  if (seconds < hour_s) return `${Math.floor(seconds / minute_s)} min`
  if (seconds < day_s) return `${Math.floor(seconds / hour_s)} h`
  return `${Math.floor(seconds / day_s)} d`
}
