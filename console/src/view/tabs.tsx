import { Link } from '@tanstack/react-router'

interface Tab {
  readonly name: string
  readonly title: string
}

/** Parts of a page, each with an address of its own (`?tab=`). */
export function Tabs({ tabs, current }: { tabs: readonly Tab[]; current: string }) {
  return (
    <nav className="tabs" aria-label="Parts of this page">
      {tabs.map(({ name, title }, i) => (
        <Link
          key={name}
          to="."
          search={i === 0 ? {} : { tab: name }}
          aria-current={name === current ? 'page' : undefined}
          className={name === current ? 'tab current' : 'tab'}
          activeProps={{}}
        >
          {title}
        </Link>
      ))}
    </nav>
  )
}
