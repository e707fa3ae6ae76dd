import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Parameters } from '../api/path.ts'

/** Parameters of the address that are the console's own and not the API's. */
const own_parameters: ReadonlySet<string> = new Set(['columns', 'tab', 'after', 'by', 'account'])

/** The filters in the address, and a way to change them; what else stands there stays. */
export function useFilters() {
  const search = useAddress()
  const navigate = useNavigate()
  const filters = useMemo(
    () => Object.fromEntries(Object.entries(search).filter(([name]) => !own_parameters.has(name))),
    [search],
  )
  const setFilters = (next: Parameters) => {
    const own = Object.entries(search).filter(([name]) => own_parameters.has(name))
    void navigate({ to: '.', search: { ...Object.fromEntries(own), ...next } })
  }
  return { filters, setFilters }
}

/** All parameters of the address. */
export function useAddress(): Parameters {
  return useSearch({ strict: false })
}
