import { openClient } from './client.ts'
import { printJson, table } from './output.ts'
import type { OrDefault } from './parse.ts'

interface ScheduleOptions {
  readonly data: string
  readonly every?: OrDefault<number>
  readonly stream?: readonly string[]
  readonly perSecond?: OrDefault<number>
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
  const rate = perSecond === undefined ? {} : { per_second: orNull(perSecond) }
  if (every === undefined) return perSecond === undefined ? null : rate
  const every_seconds = every === 'default' ? null : Math.round(every / second_ms)
  if (!stream) return { ...rate, every_seconds }
  return { ...rate, streams: stream.map((name) => ({ stream: name, every_seconds })) }
}

function orNull(value: OrDefault<number>): number | null {
  return value === 'default' ? null : value
}
