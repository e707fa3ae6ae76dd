import type { ReactNode } from 'react'
import { Copy } from './copy.tsx'

/** Says that there is nothing, and what to do next. */
export function Empty({ title, children, command }: EmptyProps) {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      {children && <p>{children}</p>}
      {command && (
        <p className="command">
          <code>{command}</code> <Copy text={command}>Copy</Copy>
        </p>
      )}
    </div>
  )
}

interface EmptyProps {
  readonly title: string
  readonly children?: ReactNode
  /** To be pasted into a terminal. */
  readonly command?: string
}
