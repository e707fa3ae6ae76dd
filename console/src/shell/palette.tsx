import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useModel } from '../view/use_model.ts'
import { type Goal, goalsFor } from './goals.ts'

interface PaletteProps {
  readonly isOpen: boolean
  readonly onToggle: (open: boolean) => void
}

/** Ctrl-K: any page, any record by its id, any buyer by e-mail or name. */
export function Palette({ isOpen, onToggle }: PaletteProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (isOpen) dialog.current?.showModal()
    else dialog.current?.close()
  }, [isOpen])
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'k' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      onToggle(!isOpen)
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [isOpen, onToggle])
  return (
    <dialog
      ref={dialog}
      className="palette"
      aria-label="Find or go to"
      onClose={() => onToggle(false)}
    >
      {isOpen && <Finder onDone={() => onToggle(false)} />}
    </dialog>
  )
}

const goals_max = 9

function Finder({ onDone }: { onDone: () => void }) {
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const navigate = useNavigate()
  const goals = goalsFor(text, useModel()).slice(0, goals_max)
  const go = (goal: Goal | undefined) => {
    if (!goal) return
    onDone()
    void navigate({ to: goal.to, search: goal.search ?? {} })
  }
  const move = (by: number) => setAt((at + by + goals.length) % Math.max(goals.length, 1))
  const keys: { readonly [key: string]: () => void } = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => go(goals[at]),
  }
  return (
    <>
      <input
        // biome-ignore lint/a11y/noAutofocus: the dialog was opened to type into it.
        autoFocus
        role="combobox"
        aria-label="Page, id, e-mail or name"
        aria-expanded="true"
        aria-controls="goals"
        aria-activedescendant={goals.length > 0 ? `goal-${at}` : undefined}
        placeholder="Page, id, e-mail or name"
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setAt(0)
        }}
        onKeyDown={(event) => {
          const act = keys[event.key]
          if (!act) return
          event.preventDefault()
          act()
        }}
      />
      <div id="goals" role="listbox" aria-label="Where to" tabIndex={-1}>
        {goals.map((goal, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field above.
          <div
            key={goal.title}
            id={`goal-${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === at}
            onClick={() => go(goal)}
          >
            {goal.title}
          </div>
        ))}
      </div>
    </>
  )
}
