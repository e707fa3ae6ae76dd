import { mkdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { columnsOf } from '../api/export/columns.ts'
import { export_limit_max } from '../api/operations/exports.ts'
import { recordTypes } from '../model/index.ts'
import type { ObjectType } from '../model/object.ts'
import { type Client, openClient, type Query } from './client.ts'
import { type Format, formats, type RecordFile } from './export/files.ts'
import {
  checksumOf,
  type ExportedObject,
  type Manifest,
  readManifest,
  writeManifest,
} from './export/manifest.ts'
import { Fault, misused } from './fault.ts'
import { objectGiven } from './object.ts'
import { printJson, table } from './output.ts'
import { countProgress } from './progress.ts'

interface ExportOptions {
  readonly data: string
  readonly out: string
  readonly format: string
  readonly since?: string
  readonly filter?: readonly string[]
  readonly deleted?: boolean
  readonly rows?: number
  readonly json?: boolean
}

/** Records in one file; what a spreadsheet still opens. */
const file_rows_default = 100_000

/** Writes records into files, and goes on where an earlier run of the same export was cut off. */
export async function run(names: readonly string[], options: ExportOptions) {
  const types = names.length === 0 ? recordTypes : names.map((one) => objectGiven(one, recordTypes))
  const format = formatGiven(options.format)
  const query = queryOf(options)
  const client = await openClient(options.data)
  await mkdir(options.out, { recursive: true, mode: 0o700 })
  let manifest = await manifestFor(options.out, { format, query })
  const progress = countProgress()
  for (const type of types) {
    const rows_max = options.rows ?? file_rows_default
    const job = { client, folder: options.out, type, format, query, rows_max }
    for (let done = manifest.objects[type.plural] ?? nothing; !done.complete; ) {
      done = await nextFile(job, done, (rows) => progress.show(type.plural, rows))
      manifest = { ...manifest, objects: { ...manifest.objects, [type.plural]: done } }
      await writeManifest(options.out, manifest)
    }
  }
  progress.stop()
  if (options.json) return printJson(manifest)
  const files = types.flatMap((type) => manifest.objects[type.plural]?.files ?? [])
  table(
    ['file', 'rows', 'bytes'],
    files.map(({ name, rows, bytes }) => [join(options.out, name), rows, bytes]),
  )
}

const nothing: ExportedObject = { complete: false, rows: 0, files: [], cursor: null }

function formatGiven(text: string): Format {
  const known = Object.keys(formats) as Format[]
  const found = known.find((one) => one === text)
  if (found) return found
  throw misused(`--format: expected one of ${known.join(', ')}, got "${text}"`)
}

function queryOf({ since, filter = [], deleted }: ExportOptions): Query {
  return [
    ...(since ? [['modifiedDate[gte]', since] as const] : []),
    ...(deleted ? [['recordState', 'all'] as const] : []),
    ...filter.map((text) => {
      const at = text.indexOf('=')
      return [text.slice(0, at), text.slice(at + 1)] as const
    }),
  ]
}

async function manifestFor(
  folder: string,
  wanted: Pick<Manifest, 'format' | 'query'>,
): Promise<Manifest> {
  const found = await readManifest(folder)
  if (!found) return { manifest: 1, ...wanted, objects: {} }
  const { format, query } = found
  if (JSON.stringify({ format, query }) === JSON.stringify(wanted)) return found
  throw new Fault(
    `--out: ${folder} holds an export of another format or filter: name another folder, or remove it`,
  )
}

interface Job {
  readonly client: Client
  readonly folder: string
  readonly type: ObjectType
  readonly format: Format
  readonly query: Query
  readonly rows_max: number
}

/** Writes the next file of an object. It has its name only once it is whole. */
async function nextFile(
  job: Job,
  done: ExportedObject,
  tell: (rows: number) => void,
): Promise<ExportedObject> {
  const { client, folder, type, format, query, rows_max } = job
  const name = `${type.plural}-${done.files.length + 1}.${format}`
  const path = join(folder, name)
  let file: RecordFile | null = null
  let { cursor } = done
  let rows = 0
  do {
    const limit = String(Math.min(export_limit_max, rows_max - rows))
    const from = cursor === null ? [] : [['cursor', cursor] as const]
    const part = await client.text(`/v2/exports/${type.plural}`, [
      ...query,
      ['limit', limit],
      ...from,
    ])
    const records = part.text.split('\n').filter(Boolean).map(parsed)
    // Begun only when there is something to write: what is refused leaves no file.
    file ??= await formats[format](`${path}.part`, columnsOf(type, 'v2'))
    await file.write(records)
    rows += records.length
    tell(done.rows + rows)
    cursor = part.header('furrow-next-cursor')
  } while (cursor !== null && rows < rows_max)
  await file.close()
  const made = { name, rows, ...(await checksumOf(`${path}.part`)) }
  await rename(`${path}.part`, path)
  const files = [...done.files, made]
  return { complete: cursor === null, rows: done.rows + rows, files, cursor }
}

function parsed(line: string): unknown {
  return JSON.parse(line)
}
