import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { answerQuery, recordQuery } from '../api/queries.ts'
import type { Connection, List } from '../api/types.ts'
import { ApiAnswer } from '../view/api_answer.tsx'
import { AttributeList } from '../view/attribute_list.tsx'
import { Empty } from '../view/empty.tsx'
import { Page } from '../view/page.tsx'
import { RecordMarks } from '../view/record_head.tsx'
import { nameOf } from '../view/record_name.ts'
import { Tabs } from '../view/tabs.tsx'
import { useAddress } from '../view/use_filters.ts'
import { useType } from '../view/use_model.ts'
import { ConnectForm } from './connect_form.tsx'
import { ConnectionCard } from './connection_card.tsx'
import { ConsentLink } from './consent_link.tsx'

const tabs = [
  { name: 'connections', title: 'Connections' },
  { name: 'attributes', title: 'Attributes' },
  { name: 'api', title: 'As the API returns it' },
] as const

const look_every_ms = 2_000

/** One business: its connections, how fresh they are, and what can be done about them. */
export function LedgerAccountPage() {
  const { id = '' } = useParams({ strict: false })
  const path = `/v2/ledger_accounts/${encodeURIComponent(id)}`
  const { data: account } = useSuspenseQuery(recordQuery(path))
  const { tab = 'connections' } = useAddress()
  const type = useType('ledger_account')
  return (
    <Page title={nameOf(account)} marks={<RecordMarks record={account} />}>
      <Tabs tabs={tabs} current={tab} />
      {tab === 'api' && <ApiAnswer path={path} answer={account} />}
      {tab === 'attributes' && <AttributeList type={type} record={account} />}
      {tab === 'connections' && <Connections key={id} ledgerAccountId={id} path={path} />}
    </Page>
  )
}

function Connections({ ledgerAccountId, path }: { ledgerAccountId: string; path: string }) {
  const list = `${path}/partner_account_connections?limit=100`
  const { data } = useQuery(answerQuery<List<Connection>>(list, look_every_ms))
  return (
    <>
      <div className="tools">
        <ConnectForm ledgerAccountId={ledgerAccountId} />
        <ConsentLink ledgerAccountId={ledgerAccountId} />
      </div>
      {!data && <p className="waiting-line">Reading …</p>}
      {data?.data.length === 0 && (
        <Empty
          title="Nothing is connected yet."
          command={`npm run furrow -- connect stripe --key rk_test_… --ledger-account ${ledgerAccountId}`}
        >
          Connect with a key above, send the business a consent link, or from a terminal:
        </Empty>
      )}
      {data?.data.map((connection) => (
        <ConnectionCard key={connection.id} connection={connection} />
      ))}
    </>
  )
}
