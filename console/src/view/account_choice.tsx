import { useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { answerQuery } from '../api/queries.ts'
import type { List } from '../api/types.ts'
import { nameOf } from './record_name.ts'
import { useAddress } from './use_filters.ts'

const accounts_query = answerQuery<List>('/v2/ledger_accounts?limit=100')

/** The ledger account that the address names, or else the newest; null where there is none. */
export function useAccount(): string | null {
  const { data } = useSuspenseQuery(accounts_query)
  return useAddress().account ?? data.data[0]?.id ?? null
}

/** Chooses the business that a page is about; the choice stands in the address. */
export function AccountChoice() {
  const { data } = useSuspenseQuery(accounts_query)
  const account = useAccount()
  const search = useAddress()
  const navigate = useNavigate()
  if (data.data.length < 2) return null
  return (
    <label className="choice">
      Ledger account
      <select
        value={account ?? ''}
        onChange={(event) =>
          void navigate({ to: '.', search: { ...search, account: event.target.value } })
        }
      >
        {data.data.map((one) => (
          <option key={one.id} value={one.id}>
            {nameOf(one)}
          </option>
        ))}
      </select>
    </label>
  )
}
