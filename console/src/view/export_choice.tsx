import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { exported, type Format, formats } from '../api/export.ts'
import type { Parameters } from '../api/path.ts'
import type { ObjectType } from '../api/types.ts'
import { numberText } from '../format/words.ts'
import { ProblemNote } from './problem.tsx'
import { storeFile } from './store_file.ts'

const says: { readonly [F in Format]: string } = {
  csv: 'CSV, for spreadsheets',
  ndjson: 'NDJSON, as the API answers',
}

/** Takes the list away as a file, with the filters that are set. */
export function ExportChoice({ type, filters }: { type: ObjectType; filters: Parameters }) {
  const [records, setRecords] = useState(0)
  const stopping = useRef<AbortController | null>(null)
  const exporting = useMutation({
    mutationFn: async (format: Format) => {
      setRecords(0)
      stopping.current = new AbortController()
      const { signal } = stopping.current
      const { plural } = type
      const file = await exported({ plural, format, filters, onProgress: setRecords, signal })
      storeFile(file, `${plural}.${format}`)
    },
  })
  const isStopped = exporting.error?.name === 'AbortError'
  return (
    <details className="columns">
      <summary>Export</summary>
      <fieldset>
        <legend className="unseen">Export</legend>
        {exporting.isPending ? (
          <>
            <span role="status">{progressText(records)}</span>
            <button type="button" onClick={() => stopping.current?.abort()}>
              Stop
            </button>
          </>
        ) : (
          (Object.keys(formats) as Format[]).map((format) => (
            <button key={format} type="button" onClick={() => exporting.mutate(format)}>
              {says[format]}
            </button>
          ))
        )}
        {exporting.error && !isStopped && <ProblemNote error={exporting.error} />}
      </fieldset>
    </details>
  )
}

function progressText(records: number): string {
  return records === 0 ? 'Reading …' : `Reading; about ${numberText(records)} so far`
}
