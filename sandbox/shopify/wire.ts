// Where in a request and an answer the things are that faults lay their hands on.
import type { Asked, Row as Found, Partner } from '../partner.ts'
import type { Json } from './format.ts'
import type { Variables } from './lists.ts'

export function asLists(): Pick<
  Partner,
  'rows' | 'withRows' | 'isList' | 'cursorOf' | 'withoutCursor'
> {
  return {
    rows: (body) => {
      const held = inside(body)
      const nodes = held && isConnection(held) ? held.nodes : [held]
      return nodes as Found[] // one object is one row
    },
    withRows: (body, rows, more) => {
      const changed = (held: Json): Json => {
        if (!isConnection(held)) return rows[0] ?? held
        const info = held.pageInfo as Json // it is a connection
        const endCursor = info.endCursor ?? 'bm9uZQ=='
        const pageInfo = more ? { ...info, hasNextPage: true, endCursor } : info
        return { ...held, nodes: rows, pageInfo }
      }
      return { ...(body as Json), data: mapped(dataOf(body), changed) } // what has rows is an object
    },
    isList: (body) => isConnection(inside(body)),
    cursorOf: (asked) => variablesOf(asked).after ?? null,
    withoutCursor: (asked) => {
      const { query } = documentOf(asked)
      const variables = { ...variablesOf(asked), after: null }
      return { ...asked, body: JSON.stringify({ query, variables }) }
    },
  }
}

function isConnection(held: Json | null): held is Json & { nodes: unknown[] } {
  return Array.isArray(held?.nodes)
}

function dataOf(body: unknown): Json {
  return ((body as { data?: Json } | null)?.data ?? {}) as Json // an answer's, or nothing
}

// The part of an answer that everything else is about.
function inside(body: unknown): Json | null {
  const [first] = Object.values(dataOf(body))
  if (typeof first !== 'object' || first === null) return null
  const lists = Object.values(first).filter((one) => isConnection(one as Json | null))
  const isWrapped = !('id' in first) && lists.length === 1
  return (isWrapped ? lists[0] : first) as Json // looked at above
}

function mapped(data: Json, change: (held: Json) => Json): Json {
  const [[name = '', first] = []] = Object.entries(data)
  const held = inside({ data })
  if (held === null) return data
  if (held === first) return { ...data, [name]: change(held) }
  const [[key = ''] = []] = Object.entries(first as Json).filter(([, one]) => one === held)
  return { ...data, [name]: { ...(first as Json), [key]: change(held) } }
}

export function keyOf({ headers }: Asked): string {
  return String(headers['x-shopify-access-token'] ?? '')
}

export function documentOf({ body }: Asked): { query?: string; variables?: Variables } {
  try {
    return JSON.parse(body || '{}')
  } catch {
    return {}
  }
}

function variablesOf(asked: Asked): Variables {
  return documentOf(asked).variables ?? {}
}
