import { useQuery } from '@tanstack/react-query'
import { answerQuery, recordQuery } from '../api/queries.ts'
import type { ApiRecord } from '../api/types.ts'
import { moneyText } from '../format/currency.ts'
import { numberText } from '../format/words.ts'
import { Empty } from '../view/empty.tsx'
import { ProblemNote } from '../view/problem.tsx'
import { RecordLink } from '../view/record_link.tsx'
import { useType } from '../view/use_model.ts'
import { Value } from '../view/value.tsx'
import { PaymentsChart } from './payments_chart.tsx'
import { Timeline } from './timeline.tsx'

/** Who a buyer is, what they are worth, and what happened. */
export function Overview({ customer, path }: { customer: ApiRecord; path: string }) {
  return (
    <div className="overview">
      <div className="overview-side">
        <Who customer={customer} />
      </div>
      <div className="overview-main">
        <Worth path={path} />
        <PaymentsChart path={path} />
        <h2>Timeline</h2>
        <Timeline path={path} />
      </div>
    </div>
  )
}

const who_attributes = ['email', 'phone', 'address', 'shipping_address', 'created_date']

function Who({ customer }: { customer: ApiRecord }) {
  const type = useType('customer')
  const shown = type.attributes.filter(({ name }) => who_attributes.includes(name))
  return (
    <section aria-label="Who">
      <h2>Who</h2>
      <dl className="facts">
        {shown.map((attribute) => (
          <div key={attribute.name}>
            <dt>{attribute.name.replaceAll('_', ' ')}</dt>
            <dd>
              <Value attribute={attribute} value={customer[attribute.name]} within={customer} />
            </dd>
          </div>
        ))}
        <div>
          <dt>instrument</dt>
          <dd>
            <Instrument id={customer.external_account_id} />
          </dd>
        </div>
      </dl>
    </section>
  )
}

function Instrument({ id }: { id: unknown }) {
  const path = `/v2/external_accounts/${encodeURIComponent(String(id))}`
  const { data } = useQuery({ ...recordQuery(path), enabled: typeof id === 'string' })
  if (typeof id !== 'string') return <span className="none">none saved</span>
  return <RecordLink id={id}>{data ? instrumentText(data) : id}</RecordLink>
}

function instrumentText({ id, type, ...account }: ApiRecord): string {
  const parts: readonly unknown[] = [account.card, account.bank_account]
  const known = parts.find((one) => typeof one === 'object' && one !== null)
  const { brand, bank_name, last4 } = (known ?? {}) as ApiRecord
  const words = [type, brand ?? bank_name, last4].filter((one) => typeof one === 'string')
  return words.join(' ') || id
}

interface Summary {
  readonly currencies: readonly CurrencySum[]
}

interface CurrencySum {
  readonly currency: string
  readonly gross: number
  readonly refunded: number
  readonly fees: number
  readonly net: number
  readonly payments: number
  readonly average: number | null
  readonly disputes: number
  readonly orders: number
  readonly active_subscriptions: number
  readonly monthly_recurring: number
  readonly days_since_last_payment: number | null
}

function Worth({ path }: { path: string }) {
  const { data, error } = useQuery(answerQuery<Summary>(`${path}/summary`))
  if (error) return <ProblemNote error={error} />
  if (!data) return <p className="waiting-line">Reading …</p>
  if (data.currencies.length === 0) return <Empty title="No payments yet." />
  return (
    <section aria-label="Worth" className="cards">
      {data.currencies.map((sum) => (
        <CurrencyCard key={sum.currency} sum={sum} />
      ))}
    </section>
  )
}

function CurrencyCard({ sum }: { sum: CurrencySum }) {
  const money = (minor: number | null) => (minor === null ? '–' : moneyText(minor, sum.currency))
  const facts = [
    ['Payments', numberText(sum.payments)],
    ['Average', money(sum.average)],
    ['Refunded', money(sum.refunded)],
    ['Fees', money(sum.fees)],
    ['Monthly recurring', money(sum.monthly_recurring)],
    ['Active subscriptions', numberText(sum.active_subscriptions)],
    ['Orders', numberText(sum.orders)],
    ['Disputes', numberText(sum.disputes)],
  ] as const
  const days = sum.days_since_last_payment
  return (
    <div className="card">
      <p className="card-name">Net in {sum.currency}</p>
      <p className="card-figure">{money(sum.net)}</p>
      <p className="small">
        of {money(sum.gross)} gross{days !== null && `; last paid ${numberText(days)} days ago`}
      </p>
      <dl className="pairs">
        {facts.map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
