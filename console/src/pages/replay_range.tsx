import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { send } from '../api/request.ts'
import { numberText } from '../format/words.ts'
import { ProblemNote } from '../view/problem.tsx'

/** Tells an endpoint again what changed in a span of time, also what it was never told. */
export function ReplayRange({ endpointId }: { endpointId: string }) {
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const client = useQueryClient()
  const replaying = useMutation({
    mutationFn: () =>
      send<{ readonly ledger_accounts: number }>(
        'POST',
        `/v2/event_endpoints/${endpointId}/replay`,
        { from: utc(from), ...(to === '' ? {} : { to: utc(to) }) },
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ['list', '/v2/event_deliveries'] }),
  })
  const replay = (event: FormEvent) => {
    event.preventDefault()
    replaying.mutate()
  }
  return (
    <details className="inline-form">
      <summary>Replay a span</summary>
      <form onSubmit={replay}>
        <label>
          From (UTC)
          <input
            type="datetime-local"
            required
            value={from}
            onChange={(event) => setFrom(event.target.value)}
          />
        </label>
        <label>
          To (UTC)
          <input type="datetime-local" value={to} onChange={(event) => setTo(event.target.value)} />
          <span className="small">empty: until now</span>
        </label>
        <button type="submit" disabled={replaying.isPending}>
          Replay
        </button>
        {replaying.error && <ProblemNote error={replaying.error} />}
        {replaying.data && (
          <span role="status" className="small">
            Asked for, in {numberText(replaying.data.ledger_accounts)} ledger accounts; the
            deliveries below show how it goes on.
          </span>
        )}
      </form>
    </details>
  )
}

/** `2026-03-14T00:00`, as the field has it, for the API. */
function utc(local: string): string {
  return new Date(`${local}Z`).toISOString()
}
