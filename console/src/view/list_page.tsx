import type { ReactNode } from 'react'
import type { ObjectType } from '../api/types.ts'
import { wordsOf } from '../format/words.ts'
import { ColumnChoice } from './column_choice.tsx'
import { columnsOf } from './columns.ts'
import { ExportChoice } from './export_choice.tsx'
import { Filters } from './filters.tsx'
import { ListView } from './list_view.tsx'
import { Page } from './page.tsx'
import { useAddress, useFilters } from './use_filters.ts'
import { useType } from './use_model.ts'

interface ListPageProps {
  /** Name or plural. */
  readonly object: string
  readonly search?: ReactNode
  /** Whether the number of all is asked for too. */
  readonly counts?: boolean
  /** Stands above the list. */
  readonly lead?: ReactNode
}

/** The page of an object: its list, filters and columns, all of them in the address. */
export function ListPage({ object, search, counts = false, lead }: ListPageProps) {
  const type = useType(object)
  const { filters, setFilters } = useFilters()
  const attributes = columnsOf(type, useAddress().columns)
  const parameters = counts ? { ...filters, 'include[]': 'total_count' } : filters
  const isFiltered = Object.keys(filters).length > 0
  const empty = isFiltered
    ? { title: `No ${wordsOf(type.plural).toLowerCase()} match these filters.` }
    : { title: `No ${wordsOf(type.plural).toLowerCase()} yet.`, command: connect_command }
  return (
    <Page title={wordsOf(type.plural)}>
      {lead}
      <div className="tools">
        {search}
        <Filters type={type} filters={filters} onChange={setFilters} />
        <ColumnChoice type={type} chosen={attributes} />
        {isExported(type) && <ExportChoice type={type} filters={filters} />}
      </div>
      <ListView
        type={type}
        path={`/v2/${type.plural}`}
        parameters={parameters}
        attributes={attributes}
        empty={empty}
      />
    </Page>
  )
}

/** What partners report; businesses and connections are not taken away as files. */
function isExported({ attributes }: ObjectType): boolean {
  return attributes.some(({ name }) => name === 'partnerRecordId')
}

const connect_command =
  'npm run furrow -- connect stripe --key rk_test_… --institution-account merchant-1'
