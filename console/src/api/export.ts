import { type Parameters, withParameters } from './path.ts'
import { getPart } from './request.ts'

export const formats = { csv: 'text/csv', ndjson: 'application/x-ndjson' } as const
export type Format = keyof typeof formats

const part_size = 5_000

export interface Exporting {
  /** Of the object, as in the path of its list. */
  readonly plural: string
  readonly format: Format
  /** Those of the list. */
  readonly filters: Parameters
  /** Told after each part: records read so far, of the last part as many as there may be. */
  readonly onProgress: (records: number) => void
  readonly signal: AbortSignal
}

/** The whole list as one file, read in large parts. The browser keeps it on disk where it is large. */
export async function exported(exporting: Exporting): Promise<Blob> {
  const { plural, format, filters, onProgress, signal } = exporting
  const parts: Blob[] = []
  let cursor: string | null = null
  do {
    const parameters: Parameters = {
      ...filters,
      format,
      limit: String(part_size),
      ...(cursor === null ? {} : { cursor }),
    }
    const path = withParameters(`/v2/exports/${plural}`, parameters)
    const part = await getPart(path, signal)
    const isFirst = parts.length === 0
    parts.push(new Blob([format === 'csv' && !isFirst ? withoutNames(part.text) : part.text]))
    onProgress(parts.length * part_size)
    cursor = part.cursor
  } while (cursor !== null)
  return new Blob(parts, { type: formats[format] })
}

/** Each part has the row of names above; a file has it once. */
function withoutNames(csv: string): string {
  const end = csv.indexOf('\n')
  return end === -1 ? '' : csv.slice(end + 1)
}
