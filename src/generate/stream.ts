import type { Partner } from '../partners/partner.ts'
import type { Query } from '../partners/request.ts'
import { listOf, type Strategy, type Stream } from '../partners/stream.ts'
import { duration } from './duration.ts'
import { code, codes, table } from './markdown.ts'

const strategies: { readonly [S in Strategy]: string } = {
  'created+events': 'read once by creation time, then kept true by the event log',
  updated:
    'read once, then by time of last change, a little again each time; whole when verification is due',
  sweep: 'read whole whenever verification is due; what is absent is asked for by its id',
  windows: 'read in closed spans of time, halved where one holds more than the partner gives',
  created: 'read by creation time; each run reads the newest part again',
  children: 'listed under each parent; then by the event log, or again where the parent changed',
}

/** What is read, how, and what it becomes. */
export function streamTable({ streams }: Partner): string {
  const rows = streams.map((stream) => [
    code(stream.name),
    stream.title,
    stream.strategy,
    listsOf(stream),
    retrieval(stream),
    codes([...new Set(stream.maps.map(({ object }) => object.name))]),
  ])
  return table(['stream', 'what', 'strategy', 'list', 'one object', 'becomes'], rows)
}

/** The strategies that the partner's streams use. */
export function strategyTable(partner: Partner): string {
  const { streams } = partner
  const used = [...new Set(streams.map(({ strategy }) => strategy))]
  return table(
    ['strategy', 'how'],
    used.map((strategy) => [strategy, howOf(partner, strategy) + overlapText(streams, strategy)]),
  )
}

function howOf({ events }: Partner, strategy: Strategy): string {
  if (strategy !== 'children' || events) return strategies[strategy]
  return 'listed under each parent, then under those that changed; whole when verification is due'
}

function overlapText(streams: readonly Stream[], strategy: Strategy): string {
  const told = streams.filter((one) => one.strategy === strategy && one.overlap_ms)
  const verified = streams.filter((one) => one.strategy === strategy && one.verify_ms)
  const paced = streams.filter((one) => one.strategy === strategy && one.every_ms)
  return [
    ...paced.map(
      (one) => `; ${code(one.name)} is read every ${duration(one.every_ms ?? 0)} at most`,
    ),
    ...told.map((one) => `; ${code(one.name)} reads ${duration(one.overlap_ms ?? 0)} again`),
    ...verified.map(
      (one) => `; ${code(one.name)} is verified every ${duration(one.verify_ms ?? 0)}`,
    ),
  ].join('')
}

const parent_mark = '{parent}'
const id_mark = '{id}'

function listsOf(stream: Stream): string {
  const lists = stream.parent?.lists(parent_mark) ?? [listOf(stream)]
  const inner = [
    ...(stream.attach ?? []).map(({ list }) => list({ id: id_mark })),
    ...(stream.embedded ?? []).map(({ list }) => list({ id: id_mark })),
  ].filter((list) => list !== null)
  const read = lists.map(requestText).join(', ')
  return inner.length === 0 ? read : `${read}; for each ${inner.map(requestText).join(', ')}`
}

function retrieval({ retrieve }: Stream): string {
  return retrieve ? requestText(retrieve(id_mark, parent_mark)) : 'not readable alone'
}

interface Shown {
  readonly path: string
  readonly query?: Query
  readonly body?: unknown
}

/** Of a GraphQL document, the field that it asks for. */
function fieldOf(body: unknown): string {
  const query = (body as { query?: unknown } | null | undefined)?.query
  const [, field = ''] = /\{\s*(\w+)/.exec(typeof query === 'string' ? query : '') ?? []
  return field && ` ${field}`
}

function requestText({ path, query, body }: Shown): string {
  const pairs = Object.entries(query ?? {}).flatMap(([name, value]) =>
    [value].flat().map((one) => `${name}=${one}`),
  )
  const at = path + fieldOf(body)
  const text = pairs.length === 0 ? at : `${at}?${pairs.join('&')}`
  // A mark is encoded like any id that is put into a path.
  return code(decodeURIComponent(text))
}
