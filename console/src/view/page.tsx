import { type ReactNode, useEffect } from 'react'

interface PageProps {
  readonly title: string
  readonly children: ReactNode
  /** Beside the title. */
  readonly marks?: ReactNode
  readonly actions?: ReactNode
}

/** A page's frame: its one heading, what can be done, and its name in the browser's tab. */
export function Page({ title, children, marks, actions }: PageProps) {
  useEffect(() => {
    document.title = `${title} – Furrow`
  }, [title])
  return (
    <>
      <header className="page-head">
        <h1>{title}</h1>
        {marks && <span className="marks">{marks}</span>}
        {actions && <span className="actions">{actions}</span>}
      </header>
      {children}
    </>
  )
}
