// Bulk operations: a whole list as one file, an object on each line, below it what it holds.
import type { Answer, Asked } from '../partner.ts'
import { token } from '../world/random.ts'
import { type Field, fieldsIn } from './cost.ts'
import type { Json } from './format.ts'
import { rowsOf, splitOf, type Variables } from './lists.ts'
import { KINDS, type Shop } from './shop.ts'

type Operation = { id: string; polls: number; rows: number; lines: Buffer; key: string }

export type Bulk = {
  // Data of an answer; null where the field is none of its.
  dataFor: (root: Field, variables: Variables, host: string) => Json | null
  // The file at a path; null where none is.
  fileAt: (asked: Asked) => Answer | null
}

export type BulkOptions = {
  // How often an operation is still running when it is asked for.
  polls?: number
  // Operations at a time; more are refused.
  at_a_time?: number
  // Ends every operation without a file.
  fails?: boolean
}

// A shop forgets files after a week; here, when there are others.
const KEPT = 20
const OBJECT = 'gid://shopify/BulkOperation/'

export function createBulk(shop: Shop, seed: number | string, options: BulkOptions): Bulk {
  const { polls = 0, at_a_time = 5, fails = false } = options
  const operations = new Map<string, Operation>()
  let made = 0
  const start = (query: string): Json => {
    const running = [...operations.values()].filter((one) => one.polls > 0)
    if (running.length >= at_a_time) return refused('OPERATION_IN_PROGRESS', 'already in progress')
    const written = linesOf(shop, query)
    if (!written) return refused('INVALID', 'Bulk queries must contain at least one connection.')
    const id = `${OBJECT}${++made}`
    operations.set(id, { id, polls, key: token(32, seed, 'bulk', made), ...written })
    const [oldest] = operations.keys()
    if (operations.size > KEPT && oldest) operations.delete(oldest)
    return { bulkOperation: { id }, userErrors: [] }
  }
  const statusOf = (id: string, host: string): Json | null => {
    const found = operations.get(id)
    if (!found) return null
    if (found.polls-- > 0) return statusIn('RUNNING', { rootObjectCount: `${found.rows}` })
    if (fails) return statusIn('FAILED', { errorCode: 'TIMEOUT' })
    if (found.rows === 0) return statusIn('COMPLETED', {})
    const url = `http://${host}/shopify/files/${found.key}.jsonl`
    const fileSize = `${found.lines.length}`
    return statusIn('COMPLETED', { rootObjectCount: `${found.rows}`, fileSize, url })
  }
  return {
    dataFor: ({ name }, variables, host) => {
      const kind = KINDS.find((one) => name === `${one}Count`)
      if (kind) return { [name]: { count: Math.min(10_000, shop.tables[kind].size) } }
      if (name === 'bulkOperationRunQuery') return { [name]: start(variables.query ?? '') }
      if (name === 'bulkOperation') return { [name]: statusOf(variables.id ?? '', host) }
      return null
    },
    fileAt: ({ path, headers }) => {
      const [, key] = /^\/files\/(\w+)\.jsonl$/.exec(path) ?? []
      const found = [...operations.values()].find((one) => one.key === key)
      return found ? partOf(found.lines, headers.range) : null
    },
  }
}

function refused(code: string, message: string): Json {
  return { bulkOperation: null, userErrors: [{ code, message }] }
}

function statusIn(status: string, more: Json): Json {
  return { status, errorCode: null, rootObjectCount: '0', fileSize: null, url: null, ...more }
}

function linesOf(shop: Shop, query: string): { rows: number; lines: Buffer } | null {
  const [root] = fieldsIn(query)
  const kind = KINDS.find((one) => one === root?.name)
  const node = root?.fields.find(({ name }) => name === 'edges')?.fields[0]
  if (!kind || !node) return null
  const rows = rowsOf(shop, kind, '')
  const lines = rows.flatMap((row) => {
    const { object, items } = splitOf(shop, kind, row, node.fields)
    return [object, ...items.map((item) => ({ ...item, __parentId: object.id }))]
  })
  return {
    rows: rows.length,
    lines: Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join('')),
  }
}

function partOf(file: Buffer, range: string | string[] | undefined): Answer {
  const [, from] = /^bytes=(\d+)-$/.exec(String(range)) ?? []
  const type = { 'content-type': 'application/jsonl' }
  if (from === undefined) return { status: 200, headers: type, body: file.toString() }
  const start = Number(from)
  if (start >= file.length) return { status: 416, headers: type, body: '' }
  const shown = `bytes ${start}-${file.length - 1}/${file.length}`
  const headers = { ...type, 'content-range': shown }
  return { status: 206, headers, body: file.subarray(start).toString() }
}
