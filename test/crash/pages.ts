import type { Logged } from '../../sandbox/server.ts'
import { events_stream } from '../../src/connect/connect.ts'
import type { Facts, Partner } from '../../src/partners/partner.ts'
import type { ListRequest, Query } from '../../src/partners/request.ts'
import { listOf } from '../../src/partners/stream.ts'

/** A page of a stream, by what tells it from the stream's other pages. */
export interface AskedPage {
  readonly stream: string
  readonly page: string
  /** A list under a parent; its page is the parent. */
  readonly ofParent: boolean
}

/** Finds the page that a request asks for; null for single objects, and what is put into pages. */
export type PageOf = (asked: Pick<Logged, 'path' | 'query' | 'body'>) => AskedPage | null

/**
 * Tells requests by the partner's own streams: what a list asks for on every page is in each request
 * for one, and the list that asks for most of what is there is meant.
 */
export function newPageOf(partner: Partner, facts: Facts): PageOf {
  const lists = [...listsOf(partner, facts)].sort((a, b) => parts(b.list) - parts(a.list))
  return (asked) => {
    const query = new URLSearchParams(asked.query)
    const body = parsed(asked.body)
    for (const { stream, list, ofParent } of lists) {
      const parents = new Set<string>()
      const isMeant =
        isLike(list.path, asked.path, parents) &&
        Object.entries(list.query ?? {}).every(([name, value]) =>
          isLike(together(value), together(query.getAll(name)), parents),
        ) &&
        isIn(list.body ?? {}, body, parents)
      if (!isMeant) continue
      const page = ofParent ? [...parents].join(' ') : `${asked.query} ${asked.body}`
      return { stream, page, ofParent }
    }
    return null
  }
}

interface Listed {
  readonly stream: string
  readonly list: ListRequest
  readonly ofParent: boolean
}

/** Stands for any parent's id. */
const any_parent = 'ANYPARENT'

function listsOf({ streams, events }: Partner, facts: Facts): Listed[] {
  const found = streams.flatMap(({ name: stream, parent, list }): Listed[] => {
    const lists = parent ? parent.lists(any_parent) : [listOf({ list }, facts)]
    return lists.map((one) => ({ stream, list: one, ofParent: parent !== undefined }))
  })
  if (!events) return found
  return [...found, { stream: events_stream, list: events.list, ofParent: false }]
}

/** How many things a list asks for on every page. */
function parts({ query = {}, body = {} }: ListRequest): number {
  return Object.keys(query).length + leaves(body)
}

function leaves(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1
  return Object.values(value).reduce<number>((sum, one) => sum + leaves(one), 0)
}

function together(value: Query[string] | readonly string[]): string {
  return [value].flat().join(' ')
}

/** Whether a text is the wanted one, with some parent's id where any may stand. */
function isLike(wanted: string, text: string, parents: Set<string>): boolean {
  if (!wanted.includes(any_parent)) return wanted === text
  const [before = '', after = ''] = wanted.split(any_parent)
  const parent = text.slice(before.length, text.length - after.length)
  const isOne = text.startsWith(before) && text.endsWith(after) && /^[^/ ]+$/.test(parent)
  if (isOne) parents.add(parent)
  return isOne
}

/** Whether all of a value is somewhere at its place in another one. */
function isIn(wanted: unknown, value: unknown, parents: Set<string>): boolean {
  if (typeof wanted === 'string') return isLike(wanted, String(value), parents)
  if (typeof wanted !== 'object' || wanted === null) return wanted === value
  return Object.entries(wanted).every(([key, inner]) =>
    isIn(inner, (value as { [key: string]: unknown } | null)?.[key], parents),
  )
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body || '{}')
  } catch {
    return {}
  }
}
