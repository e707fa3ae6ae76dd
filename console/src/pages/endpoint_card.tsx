import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type Method, send } from '../api/request.ts'
import { Badge } from '../view/badge.tsx'
import { ProblemNote } from '../view/problem.tsx'
import { ReplayRange } from './replay_range.tsx'

export interface Endpoint {
  readonly id: string
  readonly url: string
  readonly types: readonly string[]
  readonly payload: string
  readonly description: string | null
  readonly status: string
  readonly status_reason: string | null
}

interface Deed {
  readonly method: Method
  readonly path: string
  readonly body?: unknown
}

/** An address that events go to, and what can be done with it. */
export function EndpointCard({ endpoint }: { endpoint: Endpoint }) {
  const client = useQueryClient()
  const doing = useMutation({
    mutationFn: ({ method, path, body }: Deed) =>
      send(method, `/v2/event_endpoints/${endpoint.id}${path}`, body),
    onSuccess: () => client.invalidateQueries(),
  })
  const isEnabled = endpoint.status === 'enabled'
  const turned = { status: isEnabled ? 'disabled' : 'enabled' }
  const remove = () =>
    confirm(`Send nothing to ${endpoint.url} any more?`) &&
    doing.mutate({ method: 'DELETE', path: '' })
  return (
    <section className="card wide" aria-label={endpoint.url}>
      <header className="card-head">
        <code className="whole">{endpoint.url}</code>
        <Badge word={endpoint.status} />
        <span className="actions">
          <button
            type="button"
            disabled={!isEnabled}
            onClick={() => doing.mutate({ method: 'POST', path: '/test', body: {} })}
          >
            Send an example
          </button>
          <button
            type="button"
            onClick={() => doing.mutate({ method: 'PATCH', path: '', body: turned })}
          >
            {isEnabled ? 'Disable' : 'Enable'}
          </button>
          <button type="button" onClick={remove}>
            Remove …
          </button>
        </span>
      </header>
      <p className="small">
        {endpoint.description} {endpoint.types.join(', ')}; {endpoint.payload}.{' '}
        {endpoint.status_reason}
      </p>
      {isEnabled && <ReplayRange endpointId={endpoint.id} />}
      {doing.error && <ProblemNote error={doing.error} />}
      {doing.data !== undefined && (
        <p className="small" role="status">
          {doing.isSuccess ? 'Done.' : ''}
        </p>
      )}
    </section>
  )
}
