import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { placeOf } from './place.ts'
import { useModel } from './use_model.ts'

/** The id of a record as a link to its page. */
export function RecordLink({ id, children }: { id: string; children?: ReactNode }) {
  const model = useModel()
  const place = placeOf(model, id)
  if (place === null) return <code>{id}</code>
  return (
    <Link to={place} className={children === undefined ? 'id' : ''} title={id}>
      {children ?? shortId(id)}
    </Link>
  )
}

const shown_max = 16

function shortId(id: string): string {
  return id.length > shown_max ? `${id.slice(0, shown_max)}…` : id
}
