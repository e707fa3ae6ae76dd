import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { send } from '../api/request.ts'
import { momentText } from '../format/time.ts'
import { Copy } from '../view/copy.tsx'
import { ProblemNote } from '../view/problem.tsx'

interface Link {
  readonly url: string
  readonly expires: string
}

/** Makes a link by which the business itself says which of its accounts may be read. */
export function ConsentLink({ ledgerAccountId }: { ledgerAccountId: string }) {
  const [returnUrl, setReturnUrl] = useState('')
  const asking = useMutation({
    mutationFn: () => send<Link>('POST', '/v2/auth/consent/page', { ledgerAccountId, returnUrl }),
  })
  const ask = (event: FormEvent) => {
    event.preventDefault()
    asking.mutate()
  }
  return (
    <details className="inline-form">
      <summary>Consent link</summary>
      <form onSubmit={ask}>
        <label>
          Where the business comes back to
          <input
            type="url"
            required
            placeholder="https://bank.example.com/connected"
            value={returnUrl}
            onChange={(event) => setReturnUrl(event.target.value)}
          />
        </label>
        <button type="submit" disabled={asking.isPending}>
          Make a link
        </button>
        {asking.error && <ProblemNote error={asking.error} />}
        {asking.data && (
          <p className="command">
            <code>{asking.data.url}</code> <Copy text={asking.data.url}>Copy</Copy>
            <span className="small">Once, until {momentText(asking.data.expires)}</span>
          </p>
        )}
      </form>
    </details>
  )
}
