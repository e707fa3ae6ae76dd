import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { send } from '../api/request.ts'
import { Copy } from '../view/copy.tsx'
import { ProblemNote } from '../view/problem.tsx'

const scopes = ['read', 'write', 'admin'] as const

/** Makes a key, which is shown here once and nowhere again. */
export function NewKey() {
  const [name, setName] = useState('')
  const [wanted, setWanted] = useState<readonly string[]>(['read'])
  const client = useQueryClient()
  const making = useMutation({
    mutationFn: () => send<{ readonly key: string }>('POST', '/v2/keys', { name, scopes: wanted }),
    onSuccess() {
      setName('')
      return client.invalidateQueries({ queryKey: ['answer', '/v2/keys'] })
    },
  })
  const make = (event: FormEvent) => {
    event.preventDefault()
    making.mutate()
  }
  const toggle = (scope: string) =>
    setWanted(wanted.includes(scope) ? wanted.filter((one) => one !== scope) : [...wanted, scope])
  return (
    <details className="inline-form">
      <summary>New key</summary>
      <form onSubmit={make}>
        <label>
          What it is for
          <input required value={name} onChange={(event) => setName(event.target.value)} />
        </label>
        <fieldset className="row">
          <legend>Scopes</legend>
          {scopes.map((scope) => (
            <label key={scope} className="check">
              <input
                type="checkbox"
                checked={wanted.includes(scope)}
                onChange={() => toggle(scope)}
              />
              {scope}
            </label>
          ))}
        </fieldset>
        <button type="submit" disabled={making.isPending || wanted.length === 0}>
          Create
        </button>
        {making.error && <ProblemNote error={making.error} />}
        {making.data && (
          <p className="command" role="status">
            <code>{making.data.key}</code> <Copy text={making.data.key}>Copy</Copy>
            <span className="small">It is not shown again.</span>
          </p>
        )}
      </form>
    </details>
  )
}
