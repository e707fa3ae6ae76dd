import { setTimeout as sleep } from 'node:timers/promises'
import { didYouMean } from '../api/suggest.ts'
import { eventsOf, eventText } from '../events/event.ts'
import { newSecret, signatureHeaders } from '../events/sign.ts'
import { asksFor, eventPatterns } from '../model/event.ts'
import { currentVersion } from '../model/versions.ts'
import type { Mode } from '../store/api_key.ts'
import { addressOf, openClient } from './client.ts'
import { misused } from './fault.ts'
import { files, readText, writeSecret } from './folder.ts'
import { live } from './life.ts'
import { newFollower } from './listen_feed.ts'

interface ListenOptions {
  readonly data: string
  readonly forwardTo?: string
  readonly types: string
  readonly full?: boolean
  readonly json?: boolean
}

const poll_ms = 1_000
const forward_timeout_ms = 15_000

/** Prints events as they come, and forwards them signed, until a signal comes. */
export async function run(_: unknown, options: ListenOptions) {
  const types = typesIn(options.types)
  const forwardTo = forwardUrl(options.forwardTo)
  await live(async (life) => {
    const client = await openClient(options.data)
    const { url, key } = await addressOf(options.data)
    const mode: Mode = key.startsWith('frw_live_') ? 'live' : 'test'
    const secret = await listenSecret(options.data)
    const listening = { url, mode, forwardTo, secret, full: options.full ?? false }
    const follower = await newFollower(client, { records: listening.full })
    greet(listening, options)
    const { stopping } = life
    while (!stopping.aborted) {
      for await (const { ledgerAccountId, change, record } of follower.news()) {
        if (stopping.aborted) break
        for (const one of eventsOf(ledgerAccountId, change)) {
          if (!asksFor(types, one.type)) continue
          const body = textOf(listening, { ledgerAccountId, one, record })
          const outcome = forwardTo === null ? null : await forwarded(listening, one.eventId, body)
          print({ body, type: one.type, objectId: one.objectId, outcome }, options)
        }
      }
      await sleep(poll_ms, undefined, { signal: stopping }).catch(() => undefined)
    }
  })
}

function typesIn(text: string): string[] {
  return text.split(',').map((part) => {
    const name = part.trim()
    if (eventPatterns.includes(name)) return name
    const hint = didYouMean(name, eventPatterns)
    throw misused(
      `--types: expected types such as customer.created, customer.* or *, got "${name}"${hint}`,
    )
  })
}

function forwardUrl(text: string | undefined): string | null {
  if (text === undefined) return null
  const url = URL.canParse(text) ? new URL(text) : null
  if (url && /^https?:$/.test(url.protocol)) return url.href
  throw misused(`--forward-to: expected a URL such as http://127.0.0.1:3000/events, got "${text}"`)
}

/** Kept, so that the receiver's configuration outlives this process. */
async function listenSecret(folder: string): Promise<string> {
  const kept = await readText(folder, files.listenSecret)
  if (kept !== null) return kept
  const made = newSecret()
  await writeSecret(folder, files.listenSecret, made)
  return made
}

interface Listening {
  readonly url: string
  readonly mode: Mode
  readonly forwardTo: string | null
  readonly secret: string
  readonly full: boolean
}

function greet({ url, forwardTo, secret }: Listening, { json }: ListenOptions) {
  const where = forwardTo === null ? '' : `, forwarding to ${forwardTo}`
  console.error(`Listening to ${url}${where}`)
  console.error(`Signing secret: ${secret}`)
  if (!json) console.error('Stop with Ctrl-C')
}

interface Heard {
  readonly ledgerAccountId: string
  readonly one: ReturnType<typeof eventsOf>[number]
  readonly record: unknown
}

function textOf({ full, mode }: Listening, { ledgerAccountId, one, record }: Heard): string {
  const told = full ? { record: JSON.stringify(record ?? null) } : {}
  return eventText(one, { ledgerAccountId, mode, version: currentVersion, ...told })
}

/** What came of forwarding, in words. Tried once: whoever develops sees what failed. */
async function forwarded({ forwardTo, secret }: Listening, id: string, body: string) {
  const headers = signatureHeaders({ secrets: [secret], id, now_ms: Date.now(), body })
  try {
    const answer = await fetch(forwardTo ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(forward_timeout_ms),
    })
    await answer.body?.cancel()
    return String(answer.status)
  } catch (error) {
    const { cause, message } = error as Error & { cause?: NodeJS.ErrnoException }
    return cause?.code ?? message
  }
}

interface Printed {
  readonly body: string
  readonly type: string
  readonly objectId: string
  readonly outcome: string | null
}

function print({ body, type, objectId, outcome }: Printed, { json }: ListenOptions) {
  if (json) return console.log(outcome === null ? body : withOutcome(body, outcome))
  const time = new Date().toISOString().slice(11, 19)
  console.log(`${time}  ${type.padEnd(40)}  ${objectId}${outcome === null ? '' : `  ${outcome}`}`)
}

function withOutcome(body: string, outcome: string): string {
  return `${body.slice(0, -1)},"forwarded":${JSON.stringify(outcome)}}`
}
