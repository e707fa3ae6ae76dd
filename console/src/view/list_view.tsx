import { useInfiniteQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { curlOf } from '../api/curl.ts'
import { type Parameters, withParameters } from '../api/path.ts'
import { listQuery } from '../api/queries.ts'
import type { Attribute, ObjectType } from '../api/types.ts'
import { numberText } from '../format/words.ts'
import { Copy } from './copy.tsx'
import { Empty } from './empty.tsx'
import { ProblemNote } from './problem.tsx'
import { RecordTable } from './record_table.tsx'

interface ListViewProps {
  readonly type: ObjectType
  /** Of the list, as the API has it. */
  readonly path: string
  readonly parameters?: Parameters
  readonly attributes?: readonly Attribute[]
  /** Said where the list is empty. */
  readonly empty: { readonly title: string; readonly command?: string }
}

const none: Parameters = {}

/** A list of the API's as a table that reads on while it is scrolled. */
export function ListView({ type, path, parameters = none, attributes, empty }: ListViewProps) {
  const query = useInfiniteQuery(listQuery(path, parameters))
  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage } = query
  const records = useMemo(() => query.data?.pages.flatMap(({ data }) => data) ?? [], [query.data])
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage && !isError) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, isError, fetchNextPage])
  const total = query.data?.pages[0]?.total_count
  if (query.isPending) return <p className="waiting-line">Reading …</p>
  return (
    <>
      {query.error && <ProblemNote error={query.error} again={() => void query.refetch()} />}
      {records.length === 0 && !query.error && <Empty {...empty} />}
      {records.length > 0 && (
        <RecordTable
          type={type}
          records={records}
          total={total}
          onEnd={onEnd}
          {...(attributes ? { attributes } : {})}
        />
      )}
      <p className="list-foot">
        <span role="status">{countText(records.length, total, hasNextPage)}</span>
        <Copy text={curlOf(withParameters(path, parameters))}>Copy as curl</Copy>
      </p>
    </>
  )
}

function countText(read: number, total: number | undefined, more: boolean): string {
  if (total !== undefined && more) return `${numberText(read)} of ${numberText(total)} read`
  return more ? `${numberText(read)} read, more below` : `${numberText(read)} in all`
}
