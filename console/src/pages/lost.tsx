import { type ErrorComponentProps, Link } from '@tanstack/react-router'
import { Page } from '../view/page.tsx'
import { ProblemNote } from '../view/problem.tsx'

/** An address that leads nowhere. */
export function Lost() {
  return (
    <Page title="No such page">
      <p>
        Nothing is at this address. <Link to="/customers">Customers</Link> is where most begin.
      </p>
    </Page>
  )
}

/** A page that could not be read. */
export function Trouble({ error, reset }: ErrorComponentProps) {
  return (
    <Page title="This page could not be shown">
      <ProblemNote error={error} again={reset} />
    </Page>
  )
}

/** Stands for a page until it has been read. */
export function Waiting() {
  return <p className="waiting-line">Reading …</p>
}
