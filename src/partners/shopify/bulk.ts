import type { BulkExport, BulkStatus } from '../bulk.ts'
import { BadAnswer } from '../errors.ts'
import type { ApiRequest } from '../request.ts'
import { clean, objectOf, objectsIn, type Payload, pathReader } from '../rule.ts'
import { bulkQuery, graphql_path, listOfKind, partsOf } from './documents.ts'
import type { Kind } from './fields.ts'

/**
 * Pages that cost more than waiting for a file: each is the most that a query may cost, and the
 * standard plan gives a tenth of that a second.
 */
const pages_min = 10
const poll_ms = 2000

const counts = {
  customers: 'customersCount',
  payment_methods: 'customersCount',
  orders: 'ordersCount',
  products: 'productsCount',
} as const satisfies { readonly [K in Kind]?: string }

const start = `mutation($query:String!){bulkOperationRunQuery(query:$query,groupObjects:true){
  bulkOperation{id} userErrors{code message}}}`
const status = `query($id:ID!){bulkOperation(id:$id){status errorCode rootObjectCount fileSize url}}`

/** A list as a bulk operation: one file with an object on each line, parts below what they are of. */
export function exportOf(kind: keyof typeof counts): BulkExport {
  const count = counts[kind]
  const parts = partsOf(kind)
  return {
    count: request(`{${count}{count}}`),
    readCount: (body) => countIn(pathReader(`data.${count}.count`)(body)),
    rows_min: pages_min * (listOfKind(kind).paging?.page_size_max ?? 0),
    start: request(start, { query: bulkQuery(kind) }),
    started,
    status: (id) => request(status, { id }),
    readStatus,
    poll_ms,
    isFileHost: (hostname) => hostname === 'storage.googleapis.com',
    isPart: (line) => line.__parentId !== undefined,
    rowOf: (line, lines) => (parts === null ? line : { ...line, [parts]: connectionOf(lines) }),
  }
}

function request(query: string, variables: Payload = {}): ApiRequest {
  return { path: graphql_path, body: { query, variables } }
}

function countIn(count: unknown): number | null {
  return typeof count === 'number' ? count : null
}

/** A shop writes a few files at a time. */
const busy: readonly unknown[] = ['OPERATION_IN_PROGRESS', 'LIMIT_REACHED']

function started(body: unknown): string | null {
  const payload = objectOf(pathReader('data.bulkOperationRunQuery')(body))
  const [error] = objectsIn(payload?.userErrors)
  if (error && busy.includes(error.code)) return null
  if (error) throw new BadAnswer(`bulk operation: ${clean(error.message)}`)
  const id = objectOf(payload?.bulkOperation)?.id
  if (typeof id !== 'string') throw new BadAnswer('bulk operation: expected its id')
  return id
}

const writing: readonly unknown[] = ['CREATED', 'RUNNING']

function readStatus(body: unknown): BulkStatus {
  const operation = objectOf(pathReader('data.bulkOperation')(body))
  const { status: state, errorCode, rootObjectCount, fileSize, url } = operation ?? {}
  if (writing.includes(state)) return { state: 'writing', rows: Number(rootObjectCount) || 0 }
  if (state !== 'COMPLETED') {
    return { state: 'failed', reason: String(errorCode ?? state ?? 'it is not known') }
  }
  if (typeof url !== 'string') return { state: 'done', file: null }
  return { state: 'done', file: { url, bytes: Number(fileSize) || null } }
}

/** What a list would have held in their place. */
function connectionOf(lines: readonly Payload[]): Payload {
  const nodes = lines.map(({ __parentId, ...node }) => node)
  return { nodes, pageInfo: { hasNextPage: false, endCursor: null } }
}
