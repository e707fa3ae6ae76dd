import { useMemo } from 'react'
import type { ApiRecord, Attribute, ObjectType } from '../api/types.ts'
import { wordsOf } from '../format/words.ts'
import { usualColumns, widthOf } from './columns.ts'
import { type Column, Grid } from './grid.tsx'
import { RecordLink } from './record_link.tsx'
import { nameOf, namingAttribute } from './record_name.ts'
import { right_kinds, Value } from './value.tsx'

interface RecordTableProps {
  readonly type: ObjectType
  readonly records: readonly ApiRecord[]
  /** The usual ones without. */
  readonly attributes?: readonly Attribute[]
  readonly total?: number | undefined
  readonly onEnd?: (() => void) | undefined
}

const name_rem = 15

/** Records of one object, their columns drawn from the model; the first leads to the record. */
export function RecordTable({ type, records, attributes, total, onEnd }: RecordTableProps) {
  const columns = useMemo(() => {
    // What names the records stands in the first column already.
    const rest = (attributes ?? usualColumns(type)).filter(
      ({ name }) => name !== namingAttribute(type),
    )
    return [linkColumn(type), ...rest.map(column)]
  }, [type, attributes])
  return (
    <Grid
      label={wordsOf(type.plural)}
      columns={columns}
      rows={records}
      keyOf={keyOf}
      total={total}
      onEnd={onEnd}
    />
  )
}

const keyOf = ({ id }: ApiRecord) => id

function linkColumn({ name }: ObjectType): Column<ApiRecord> {
  return {
    id: 'record',
    heading: wordsOf(name),
    width: name_rem,
    cell: (record) => (
      <RecordLink id={record.id}>
        <span className={record.recordState === 'DELETED' ? 'gone' : ''}>{nameOf(record)}</span>
      </RecordLink>
    ),
  }
}

function column(attribute: Attribute): Column<ApiRecord> {
  return {
    id: attribute.name,
    heading: <span title={attribute.description}>{wordsOf(attribute.name)}</span>,
    width: widthOf(attribute),
    right: right_kinds.has(attribute.type),
    cell: (record) => (
      <Value attribute={attribute} value={record[attribute.name]} within={record} />
    ),
  }
}
