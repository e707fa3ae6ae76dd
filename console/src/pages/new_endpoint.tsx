import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { send } from '../api/request.ts'
import { Copy } from '../view/copy.tsx'
import { ProblemNote } from '../view/problem.tsx'

/** Adds an address that events go to; the secret of its signatures is shown here once. */
export function NewEndpoint() {
  const [url, setUrl] = useState('')
  const [types, setTypes] = useState('*')
  const client = useQueryClient()
  const adding = useMutation({
    mutationFn: () =>
      send<{ readonly secret: string }>('POST', '/v2/event_endpoints', {
        url,
        types: types.split(/[\s,]+/).filter(Boolean),
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['answer', '/v2/event_endpoints'] }),
  })
  const add = (event: FormEvent) => {
    event.preventDefault()
    adding.mutate()
  }
  return (
    <details className="inline-form">
      <summary>New endpoint</summary>
      <form onSubmit={add}>
        <label>
          Address
          <input
            type="url"
            required
            placeholder="https://hooks.example.com/furrow"
            value={url}
            onChange={(event) => setUrl(event.target.value)}
          />
        </label>
        <label>
          Types of events
          <input required value={types} onChange={(event) => setTypes(event.target.value)} />
          <span className="small">* for all, or such as customer.* payment.created</span>
        </label>
        <button type="submit" disabled={adding.isPending}>
          Add
        </button>
        {adding.error && <ProblemNote error={adding.error} />}
        {adding.data && (
          <p className="command" role="status">
            <code>{adding.data.secret}</code> <Copy text={adding.data.secret}>Copy</Copy>
            <span className="small">The secret of its signatures; it is not shown again.</span>
          </p>
        )}
      </form>
    </details>
  )
}
