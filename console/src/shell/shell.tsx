import { useSuspenseQuery } from '@tanstack/react-query'
import { Link, Outlet } from '@tanstack/react-router'
import { Suspense, useState } from 'react'
import { sessionQuery } from '../api/queries.ts'
import type { Session } from '../api/types.ts'
import { SignIn } from '../pages/sign_in.tsx'
import { type Destination, main_pages, system_pages } from './navigation.ts'
import { Palette } from './palette.tsx'
import { TopBar } from './top_bar.tsx'

/** What surrounds every page; without a session, the way in. */
export function Shell() {
  const { data: session } = useSuspenseQuery(sessionQuery)
  if (session === null) return <SignIn />
  return <SignedIn session={session} />
}

function SignedIn({ session }: { session: Session }) {
  const [isPaletteOpen, openPalette] = useState(false)
  return (
    <div className="shell" data-mode={session.mode}>
      <a className="skip" href="#main">
        Skip to the page
      </a>
      <TopBar session={session} onFind={() => openPalette(true)} />
      <nav className="side" aria-label="Main">
        <Group title="Records" pages={main_pages} />
        <Group title="System" pages={system_pages} />
      </nav>
      <main id="main" tabIndex={-1}>
        <Suspense fallback={<p className="waiting-line">Reading …</p>}>
          <Outlet />
        </Suspense>
      </main>
      <Suspense>
        <Palette isOpen={isPaletteOpen} onToggle={openPalette} />
      </Suspense>
    </div>
  )
}

function Group({ title, pages }: { title: string; pages: readonly Destination[] }) {
  return (
    <div className="side-group">
      <p className="side-title">{title}</p>
      <ul>
        {pages.map((page) => (
          <li key={page.to}>
            <Link to={page.to} activeProps={{ className: 'current' }}>
              {page.title}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  )
}
