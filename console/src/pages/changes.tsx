import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { curlOf } from '../api/curl.ts'
import { answerQuery } from '../api/queries.ts'
import type { List } from '../api/types.ts'
import { numberText } from '../format/words.ts'
import { AccountChoice, useAccount } from '../view/account_choice.tsx'
import { Badge } from '../view/badge.tsx'
import { Copy } from '../view/copy.tsx'
import { Empty } from '../view/empty.tsx'
import { type Column, Grid } from '../view/grid.tsx'
import { Moment } from '../view/moment.tsx'
import { Page } from '../view/page.tsx'
import { ProblemNote } from '../view/problem.tsx'
import { RecordLink } from '../view/record_link.tsx'
import type { Tone } from '../view/tone.ts'
import { useAddress } from '../view/use_filters.ts'

interface Change {
  readonly seq: number
  readonly object: string
  readonly id: string
  readonly kind: string
  readonly changed: readonly string[]
  readonly date: string
}

interface Head {
  readonly ledgerAccountId: string
  readonly seq: number
}

const shown_max = 100
const look_every_ms = 2_000
const tones: { readonly [kind: string]: Tone } = {
  created: 'good',
  updated: 'plain',
  deleted: 'bad',
}

const columns: readonly Column<Change>[] = [
  { id: 'seq', heading: 'Number', width: 7, right: true, cell: ({ seq }) => numberText(seq) },
  { id: 'date', heading: 'When', width: 12, cell: ({ date }) => <Moment iso={date} /> },
  {
    id: 'kind',
    heading: 'What',
    width: 7,
    cell: ({ kind }) => <Badge word={kind} tone={tones[kind] ?? 'plain'} />,
  },
  { id: 'object', heading: 'Object', width: 12, cell: ({ object }) => object.replaceAll('_', ' ') },
  { id: 'id', heading: 'Record', width: 13, cell: ({ id }) => <RecordLink id={id} /> },
  {
    id: 'changed',
    heading: 'Attributes that differ',
    width: 24,
    cell: ({ changed }) => <code>{changed.join(', ') || '–'}</code>,
  },
]

/** The change feed of a ledger account: the newest, live, or from any number on. */
export function ChangesPage() {
  const account = useAccount()
  return (
    <Page title="Changes">
      {account === null ? (
        <Empty title="No ledger account yet, so nothing has changed." />
      ) : (
        <Feed account={account} />
      )}
    </Page>
  )
}

function Feed({ account }: { account: string }) {
  const { after: asked } = useAddress()
  const [isLive, setLive] = useState(true)
  const every_ms = isLive && asked === undefined ? look_every_ms : false
  const heads = useQuery(answerQuery<List<Head>>('/v2/changes/heads?limit=100', every_ms))
  const seq = heads.data?.data.find((one) => one.ledgerAccountId === account)?.seq ?? 0
  const after = asked === undefined ? Math.max(seq - shown_max, 0) : Number(asked)
  const path = `/v2/changes?ledgerAccountId=${account}&after=${after}&limit=${shown_max}`
  const { data, error } = useQuery({
    ...answerQuery<List<Change>>(path),
    placeholderData: (old) => old,
  })
  const rows = asked === undefined ? (data?.data.toReversed() ?? []) : (data?.data ?? [])
  return (
    <>
      <div className="tools">
        <AccountChoice />
        <After />
        <label className="check">
          <input type="checkbox" checked={isLive} onChange={() => setLive(!isLive)} />
          Follow live
        </label>
        <span role="status" className="small">
          The feed is at {numberText(seq)}.
        </span>
      </div>
      {error && <ProblemNote error={error} />}
      {rows.length > 0 && (
        <Grid label="Changes" columns={columns} rows={rows} keyOf={({ seq }) => String(seq)} />
      )}
      {data && rows.length === 0 && <Empty title="No changes after this number." />}
      <p className="list-foot">
        <span>{asked === undefined ? 'The newest first' : 'In their order'}</span>
        <Copy text={curlOf(path)}>Copy as curl</Copy>
      </p>
    </>
  )
}

function After() {
  const search = useAddress()
  const navigate = useNavigate()
  const set = (text: string) => {
    const { after: _, ...rest } = search
    void navigate({ to: '.', search: /^\d+$/.test(text) ? { ...rest, after: text } : rest })
  }
  return (
    <label className="choice">
      After number
      <input
        inputMode="numeric"
        placeholder="newest"
        value={search.after ?? ''}
        onChange={(event) => set(event.target.value)}
      />
    </label>
  )
}
