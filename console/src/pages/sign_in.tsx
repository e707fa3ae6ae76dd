import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useEffect, useState } from 'react'
import { currentMode } from '../api/mode.ts'
import { beginAs } from '../api/queries.ts'
import { signIn } from '../api/sign_in.ts'
import mark from '../mark.svg'
import { ModeSwitch } from '../shell/top_bar.tsx'
import { Copy } from '../view/copy.tsx'
import { ProblemNote } from '../view/problem.tsx'

const key_command = 'cat .furrow/api.key'

/** Takes an API key and forgets it: the browser keeps a session that its scripts cannot read. */
export function SignIn() {
  const [key, setKey] = useState('')
  const client = useQueryClient()
  useEffect(() => {
    document.title = 'Sign in – Furrow'
  }, [])
  const entering = useMutation({
    mutationFn: signIn,
    onSuccess: (session) => beginAs(client, session),
  })
  const enter = (event: FormEvent) => {
    event.preventDefault()
    entering.mutate(key)
  }
  return (
    <main className="sign-in">
      <form onSubmit={enter}>
        <h1>
          <img src={mark} alt="" width="32" height="32" /> Furrow
        </h1>
        <ModeSwitch />
        <label htmlFor="key">API key</label>
        <input
          id="key"
          type="password"
          autoComplete="current-password"
          spellCheck={false}
          required
          placeholder={`frw_${currentMode()}_…`}
          value={key}
          onChange={(event) => setKey(event.target.value)}
        />
        <button type="submit" className="main-action" disabled={entering.isPending}>
          {entering.isPending ? 'Signing in …' : 'Sign in'}
        </button>
        {entering.error && <ProblemNote error={entering.error} />}
        <div className="hint">
          <p>The key of a server that was started here stands in its folder:</p>
          <p className="command">
            <code>{key_command}</code> <Copy text={key_command}>Copy</Copy>
          </p>
        </div>
      </form>
    </main>
  )
}
