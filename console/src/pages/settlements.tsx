import { useNavigate } from '@tanstack/react-router'
import { ListPage } from '../view/list_page.tsx'
import { useAddress } from '../view/use_filters.ts'
import { SettlementSums } from './settlement_sums.tsx'

const granularities = ['daily', 'monthly', 'yearly'] as const

/** The seller's payouts: sums by period for one ledger account, and the list. */
export function SettlementsPage() {
  return (
    <ListPage
      object="settlement"
      lead={
        <>
          <Sums />
          <h2>All settlements</h2>
        </>
      }
    />
  )
}

function Sums() {
  const search = useAddress()
  const navigate = useNavigate()
  const by = granularities.find((one) => one === search.by) ?? 'monthly'
  return (
    <section aria-label="Sums by period" className="below">
      <header className="section-head">
        <h2>By period</h2>
        <label>
          <span className="unseen">Length of a period</span>
          <select
            value={by}
            onChange={(event) =>
              void navigate({ to: '.', search: { ...search, by: event.target.value } })
            }
          >
            {granularities.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </label>
      </header>
      <SettlementSums granularity={by} />
    </section>
  )
}
