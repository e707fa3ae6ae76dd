import { openClient } from './client.ts'
import { printJson, table } from './output.ts'

interface ScheduleOptions {
  readonly data: string
  readonly every?: number | null
  readonly stream?: readonly string[]
  readonly perSecond?: number | null
  readonly json?: boolean
}

interface Schedule {
  readonly every_seconds: number | null
  readonly per_second: number | null
  readonly streams: readonly {
    readonly stream: string
    readonly interval_seconds: number | null
    readonly next_run: string | null
    readonly next_verification: string | null
  }[]
}

/** Shows when a connection is read, and sets it where something is given. */
export async function run([id = '']: readonly string[], options: ScheduleOptions) {
  const client = await openClient(options.data)
  const path = `/v2/partner_account_connections/${encodeURIComponent(id)}/schedule`
  const change = changeOf(options)
  const schedule =
    change === null ? await client.get<Schedule>(path) : await client.patch<Schedule>(path, change)
  if (options.json) return printJson(schedule)
  const { per_second, streams } = schedule
  if (per_second !== null) console.log(`at most ${per_second} requests a second`)
  table(
    ['stream', 'every s', 'next', 'whole from'],
    streams.map((one) => [one.stream, one.interval_seconds, one.next_run, one.next_verification]),
  )
}

const second_ms = 1000

function changeOf({ every, stream, perSecond }: ScheduleOptions): object | null {
  const seconds = every === undefined || every === null ? every : Math.round(every / second_ms)
  const rate = perSecond === undefined ? {} : { per_second: perSecond }
  if (seconds === undefined) return perSecond === undefined ? null : rate
  if (!stream) return { ...rate, every_seconds: seconds }
  return { ...rate, streams: stream.map((name) => ({ stream: name, every_seconds: seconds })) }
}
