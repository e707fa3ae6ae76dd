import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { currentMode, type Mode } from '../api/mode.ts'
import { beginAs } from '../api/queries.ts'
import { signOut, switchMode } from '../api/sign_in.ts'
import type { Session } from '../api/types.ts'
import mark from '../mark.svg'
import { applyTheme, rememberedTheme, themes } from './theme.ts'

const modes: readonly Mode[] = ['test', 'live']

/** Where one is: whose data, test or live, and the ways out. */
export function TopBar({ session, onFind }: { session: Session; onFind: () => void }) {
  return (
    <header className="top">
      <Link to="/customers" className="brand">
        <img src={mark} alt="" width="24" height="24" /> Furrow
      </Link>
      <button type="button" className="find" onClick={onFind}>
        <span>Find or go to …</span> <kbd>Ctrl K</kbd>
      </button>
      <ModeSwitch />
      <ThemeChoice />
      <Leave session={session} />
    </header>
  )
}

/** Test and live data never meet: looking at the others begins anew. */
export function ModeSwitch() {
  const current = currentMode()
  return (
    <fieldset className="switch">
      <legend className="unseen">Data</legend>
      {modes.map((mode) => (
        <button
          key={mode}
          type="button"
          className={`mode ${mode}`}
          aria-pressed={mode === current}
          onClick={() => mode !== current && switchMode(mode)}
        >
          {mode}
        </button>
      ))}
    </fieldset>
  )
}

function ThemeChoice() {
  const [theme, setTheme] = useState(rememberedTheme)
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system'
  const change = () => {
    applyTheme(next)
    setTheme(next)
  }
  return (
    <button type="button" className="quiet theme" onClick={change} aria-label={`Theme: ${theme}`}>
      <span aria-hidden="true">{signs[theme]}</span>
    </button>
  )
}

const signs = { system: '◐', light: '○', dark: '●' } as const

function Leave({ session }: { session: Session }) {
  const client = useQueryClient()
  const leave = async () => {
    await signOut()
    beginAs(client, null)
  }
  const who = `${session.name ?? 'Key'} …${session.hint}`
  return (
    <button type="button" className="quiet leave" onClick={() => void leave()} title={who}>
      Sign out
    </button>
  )
}
