import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { answerQuery, sessionQuery } from '../api/queries.ts'
import { send } from '../api/request.ts'
import type { List } from '../api/types.ts'
import { Badge } from '../view/badge.tsx'
import { type Column, Grid } from '../view/grid.tsx'
import { Moment } from '../view/moment.tsx'
import { Page } from '../view/page.tsx'
import { ProblemNote } from '../view/problem.tsx'
import { NewKey } from './new_key.tsx'

interface ApiKey {
  readonly id: string
  readonly name: string | null
  readonly hint: string
  readonly scopes: readonly string[]
  readonly ledgerAccountId: string | null
  readonly usable: boolean
  readonly created_date: string
  readonly expires_date: string | null
  readonly revoked_date: string | null
}

const none = <span className="none">–</span>

/** The institution's keys in this mode. */
export function KeysPage() {
  const { data: session } = useSuspenseQuery(sessionQuery)
  const { data, error } = useQuery(answerQuery<List<ApiKey>>('/v2/keys'))
  const columns = useMemo(() => columnsFor(session?.key_id ?? ''), [session])
  return (
    <Page title="Keys">
      <div className="tools">
        <NewKey />
      </div>
      {error && <ProblemNote error={error} />}
      {data && <Grid label="Keys" columns={columns} rows={data.data} keyOf={({ id }) => id} />}
    </Page>
  )
}

function columnsFor(ownId: string): readonly Column<ApiKey>[] {
  return [
    { id: 'name', heading: 'Name', width: 9, cell: ({ name }) => name ?? none },
    { id: 'hint', heading: 'Ends in', width: 6, cell: ({ hint }) => <code>…{hint}</code> },
    { id: 'scopes', heading: 'Scopes', width: 11, cell: ({ scopes }) => scopes.join(', ') },
    {
      id: 'account',
      heading: 'Sees',
      width: 10.5,
      cell: (key) => <Sees accountId={key.ledgerAccountId} />,
    },
    { id: 'usable', heading: 'State', width: 6.5, cell: (key) => <State apiKey={key} /> },
    {
      id: 'created',
      heading: 'Made',
      width: 11.5,
      cell: (key) => <Moment iso={key.created_date} />,
    },
    {
      id: 'expires',
      heading: 'Ends',
      width: 11.5,
      cell: ({ expires_date: at }) => (at ? <Moment iso={at} /> : none),
    },
    {
      id: 'revoke',
      heading: 'Revoke',
      width: 7.5,
      cell: (key) => <Revoke apiKey={key} isOwn={key.id === ownId} />,
    },
  ]
}

function Sees({ accountId }: { accountId: string | null }) {
  return accountId === null ? (
    'all ledger accounts'
  ) : (
    <code title={accountId}>{accountId.slice(0, 12)}…</code>
  )
}

function State({ apiKey }: { apiKey: ApiKey }) {
  if (apiKey.usable) return <Badge word="usable" tone="good" />
  return <Badge word={apiKey.revoked_date === null ? 'expired' : 'revoked'} tone="bad" />
}

/** The key one is signed in with is revoked elsewhere, so that nobody locks themselves out. */
function Revoke({ apiKey, isOwn }: { apiKey: ApiKey; isOwn: boolean }) {
  const client = useQueryClient()
  const revoking = useMutation({
    mutationFn: () => send('DELETE', `/v2/keys/${apiKey.id}`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['answer', '/v2/keys'] }),
  })
  if (!apiKey.usable) return none
  if (isOwn) return <span className="small">in use here</span>
  const ask = () => confirm(`Revoke the key that ends in ${apiKey.hint}?`) && revoking.mutate()
  return (
    <button type="button" className="quiet" disabled={revoking.isPending} onClick={ask}>
      {revoking.isError ? 'Try again' : 'Revoke'}
    </button>
  )
}
