import { readFile } from 'node:fs/promises'
import { text as readAll } from 'node:stream/consumers'
import { normalise } from '../ingest/normalise.ts'
import { tombstone } from '../ingest/tombstone.ts'
import { recordTypes } from '../model/index.ts'
import type { ObjectType } from '../model/object.ts'
import type { Partner, Recognised } from '../partners/partner.ts'
import type { Context } from '../partners/rule.ts'
import type { Stream } from '../partners/stream.ts'
import type { Incoming } from '../store/decide.ts'
import { Fault } from './fault.ts'
import { objectGiven } from './object.ts'
import { pairs } from './pairs.ts'
import { partnerGiven } from './partners.ts'

interface NormaliseOptions {
  readonly partner: string
  readonly object?: string
  readonly parent?: readonly string[]
  readonly fact?: readonly string[]
  readonly json?: boolean
}

/** Prints the records that a partner's payload becomes. Asks no database and no partner. */
export async function run([file = '-']: readonly string[], options: NormaliseOptions) {
  const partner = partnerGiven('--partner', options.partner)
  const only = options.object === undefined ? null : objectGiven(options.object, recordTypes)
  const body = parsed(file, await contentOf(file))
  const found = recognised(partner, file, body)
  const parent = options.parent ? pairs('--parent', options.parent) : undefined
  const facts = pairs('--fact', options.fact ?? [])
  const context = { ...contextFor(partner, parent), facts }
  const results = found.map((one) => recordsOf(partner, one, { context, now_ms: Date.now() }))
  const records = results
    .flatMap((result) => result.records)
    .filter(({ type }) => only === null || type === only)
  print(records, { asList: found.length !== 1 || isList(body), compact: options.json ?? false })
  const faults = results.flatMap(({ fault }) => (fault === null ? [] : [fault]))
  if (faults.length > 0) throw new Fault(`${file}: ${faults.join('; ')}`)
  if (records.length === 0 && only) throw new Fault(noSuchRecord(file, only, results))
}

async function contentOf(file: string): Promise<string> {
  if (file === '-') return readAll(process.stdin)
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new Fault(`${file}: cannot be read: ${(error as Error).message}`)
  }
}

function parsed(file: string, content: string): unknown {
  try {
    return JSON.parse(content)
  } catch (error) {
    throw new Fault(`${file}: not JSON: ${(error as Error).message}`)
  }
}

function recognised(partner: Partner, file: string, body: unknown): readonly Recognised[] {
  if (!partner.recognise)
    throw new Fault(`${partner.title}: its payloads do not tell what they are`)
  const found = partner.recognise(body)
  if (found.length > 0 || isEmptyList(body)) return found
  const object = (body as { object?: unknown } | null)?.object
  const what = typeof object === 'string' ? `"object": "${object}"` : 'no "object"'
  throw new Fault(
    `${file}: expected a payload of ${partner.title} that becomes a record, got ${what}`,
  )
}

function isList(body: unknown): boolean {
  return Array.isArray(body) || Array.isArray((body as { data?: unknown } | null)?.data)
}

function isEmptyList(body: unknown): boolean {
  const items = Array.isArray(body) ? body : (body as { data?: unknown } | null)?.data
  return Array.isArray(items) && items.length === 0
}

/** Ids of a business and an account that do not exist: the same payload gives the same record. */
function contextFor({ name }: Partner, parent: Context['parent']): Context {
  return {
    ledgerAccountId: 'la_local',
    partnerSource: name,
    partnerAccountId: 'local',
    partnerAccountConnectionId: 'pac_local',
    ...(parent ? { parent } : {}),
  }
}

interface Result {
  readonly records: readonly Incoming[]
  readonly fault: string | null
}

function recordsOf(
  partner: Partner,
  { stream: name, payload, deleted }: Recognised,
  { context, now_ms }: { context: Context; now_ms: number },
): Result {
  const stream = partner.streams.find((one) => one.name === name)
  if (!stream) throw new Error(`${partner.name} has no stream ${name}`)
  if (deleted) return { records: goneRecords(stream, String(payload.id), context), fault: null }
  const sighting = { payload, text: JSON.stringify(payload), stamp: now_ms }
  const { records, fault } = normalise(stream.maps, sighting, context)
  return {
    records: records.map(asFirstSaved),
    fault: fault === null ? null : `${String(payload.id ?? name)}: ${fault}`,
  }
}

/** What a payload does not tell is empty where nothing was stored before. */
function asFirstSaved(incoming: Incoming): Incoming {
  const told = Object.entries(incoming.record).map(([name, value]) => [name, value ?? null])
  return { ...incoming, record: Object.fromEntries(told) }
}

/** What a bare deletion says: which record it is, and that it is gone. */
function goneRecords({ maps }: Stream, partnerRecordId: string, context: Context): Incoming[] {
  const type = maps.find((map) => !map.derived)?.object
  if (!type) return []
  const deletion = { partnerRecordId, evidence: 'event', stamp: Date.now() } as const
  const gone = tombstone(type, context, deletion)
  const told = Object.entries(gone.record).filter(([, value]) => value !== undefined)
  return [{ ...gone, record: Object.fromEntries(told) }]
}

function print(records: readonly Incoming[], how: { asList: boolean; compact: boolean }) {
  const shown = records.map(({ record }) => record)
  const [only] = shown
  const answer = how.asList || shown.length > 1 ? shown : only
  if (answer === undefined) return
  console.log(JSON.stringify(answer, null, how.compact ? 0 : 2))
}

function noSuchRecord(file: string, wanted: ObjectType, results: readonly Result[]): string {
  const names = new Set(results.flatMap(({ records }) => records.map(({ type }) => type.name)))
  const got = names.size === 0 ? 'no record' : [...names].join(', ')
  return `${file}: expected a payload that becomes a ${wanted.name}, got ${got}`
}
