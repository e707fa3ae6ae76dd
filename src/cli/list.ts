import { objectTypes } from '../model/index.ts'
import type { ObjectType } from '../model/object.ts'
import { openClient, type Query } from './client.ts'
import { objectGiven } from './object.ts'
import { printJson, table } from './output.ts'

interface ListOptions {
  readonly data: string
  readonly filter?: readonly string[]
  readonly expand?: readonly string[]
  readonly limit?: number
  readonly cursor?: string
  readonly json?: boolean
}

interface Page {
  readonly data: readonly { readonly [attribute: string]: unknown }[]
  readonly has_more: boolean
  readonly next_cursor: string | null
}

/** Prints a page of records: as a table, or as the API answers it. */
export async function run([name = '']: readonly string[], options: ListOptions) {
  const type = objectGiven(name, objectTypes)
  const client = await openClient(options.data)
  const page = await client.get<Page>(`/v2/${type.plural}`, queryOf(options))
  if (options.json) return printJson(page)
  const names = columnsFor(type, page)
  table(
    names,
    page.data.map((record) => names.map((column) => record[column])),
  )
  if (page.has_more) console.error(`more: --cursor ${page.next_cursor}`)
}

function queryOf({ filter = [], expand = [], limit, cursor }: ListOptions): Query {
  const filters = filter.map((text) => {
    const at = text.indexOf('=')
    return [text.slice(0, at), text.slice(at + 1)] as const
  })
  const expansions = expand.map((path) => ['expand[]', path] as const)
  const paging = Object.entries({ limit, cursor }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as const],
  )
  return [...filters, ...expansions, ...paging]
}

const columns_max = 6

/** The id, and the first attributes of the object that some record of the page has a value for. */
function columnsFor(type: ObjectType, { data }: Page): string[] {
  const isShown = (name: string) => data.some((record) => isScalar(record[name]))
  const own = Object.keys(type.own).filter((name) => !name.endsWith('_id') && isShown(name))
  return ['id', ...own.slice(0, columns_max - 2), 'created_date']
}

function isScalar(value: unknown): boolean {
  return value !== null && value !== undefined && typeof value !== 'object'
}
