import { useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { recordQuery } from '../api/queries.ts'
import type { ApiRecord } from '../api/types.ts'
import { ApiAnswer } from '../view/api_answer.tsx'
import { AttributeList } from '../view/attribute_list.tsx'
import { ListView } from '../view/list_view.tsx'
import { Page } from '../view/page.tsx'
import { RecordMarks } from '../view/record_head.tsx'
import { nameOf } from '../view/record_name.ts'
import { Tabs } from '../view/tabs.tsx'
import { useAddress } from '../view/use_filters.ts'
import { useModel, useType } from '../view/use_model.ts'
import { Bought } from './bought.tsx'
import { Overview } from './customer_overview.tsx'

/** What hangs on a customer and has a list of its own. */
const hanging = ['payments', 'subscriptions', 'orders', 'invoices', 'disputes', 'external_accounts']

const tabs = [
  { name: 'overview', title: 'Overview' },
  { name: 'payments', title: 'Payments' },
  { name: 'subscriptions', title: 'Subscriptions' },
  { name: 'orders', title: 'Orders' },
  { name: 'products', title: 'Products' },
  { name: 'invoices', title: 'Invoices' },
  { name: 'disputes', title: 'Disputes' },
  { name: 'external_accounts', title: 'External accounts' },
  { name: 'attributes', title: 'Attributes' },
  { name: 'api', title: 'As the API returns it' },
] as const

/** One buyer: who, what they are worth, everything that happened. */
export function CustomerPage() {
  const { id = '' } = useParams({ strict: false })
  const path = `/v2/customers/${encodeURIComponent(id)}`
  const { data: customer } = useSuspenseQuery(recordQuery(path))
  const { tab = 'overview' } = useAddress()
  return (
    <Page title={nameOf(customer)} marks={<RecordMarks record={customer} />}>
      <Tabs tabs={tabs} current={tab} />
      <Part key={`${id} ${tab}`} tab={tab} customer={customer} path={path} />
    </Page>
  )
}

interface PartProps {
  readonly tab: string
  readonly customer: ApiRecord
  readonly path: string
}

function Part({ tab, customer, path }: PartProps) {
  const type = useType('customer')
  if (tab === 'api') return <ApiAnswer path={path} answer={customer} />
  if (tab === 'attributes') return <AttributeList type={type} record={customer} />
  if (tab === 'products') return <Bought path={path} />
  if (hanging.includes(tab)) return <Hanging tab={tab} path={path} />
  return <Overview customer={customer} path={path} />
}

function Hanging({ tab, path }: { tab: string; path: string }) {
  const type = useModel().find((one) => one.plural === tab)
  if (!type) return null
  return <ListView type={type} path={`${path}/${tab}`} empty={{ title: 'None with this buyer.' }} />
}
