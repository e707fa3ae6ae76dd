import { momentText } from '../format/time.ts'

/** A moment in the reader's own time; the exact one in UTC on pointing at it. */
export function Moment({ iso }: { iso: string }) {
  return (
    <time dateTime={iso} title={iso}>
      {momentText(iso)}
    </time>
  )
}
