import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { send } from '../api/request.ts'
import { ListPage } from '../view/list_page.tsx'
import { ProblemNote } from '../view/problem.tsx'

/** The businesses whose data are read. */
export function LedgerAccountsPage() {
  return <ListPage object="ledger_account" search={<NewAccount />} />
}

function NewAccount() {
  const [name, setName] = useState('')
  const [institutionAccountId, setId] = useState('')
  const client = useQueryClient()
  const making = useMutation({
    mutationFn: () =>
      send('POST', '/v2/ledger_accounts', { institutionAccountId, business_profile: { name } }),
    onSuccess() {
      setName('')
      setId('')
      return client.invalidateQueries()
    },
  })
  const make = (event: FormEvent) => {
    event.preventDefault()
    making.mutate()
  }
  return (
    <details className="inline-form">
      <summary>New ledger account</summary>
      <form onSubmit={make}>
        <label>
          Name of the business
          <input required value={name} onChange={(event) => setName(event.target.value)} />
        </label>
        <label>
          Your own id of it
          <input
            required
            value={institutionAccountId}
            onChange={(event) => setId(event.target.value)}
          />
        </label>
        <button type="submit" disabled={making.isPending}>
          Create
        </button>
        {making.error && <ProblemNote error={making.error} />}
      </form>
    </details>
  )
}
