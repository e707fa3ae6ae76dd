import { useQuery } from '@tanstack/react-query'
import { recordQuery } from '../api/queries.ts'
import type { ApiRecord, Attribute, ObjectType } from '../api/types.ts'
import { moneyText } from '../format/currency.ts'
import { wordsOf } from '../format/words.ts'
import { Badge } from './badge.tsx'
import { RecordLink } from './record_link.tsx'
import { nameOf } from './record_name.ts'

/** The records that a record names, by what they are called; a settlement is found through its transaction. */
export function Linked({ type, record }: { type: ObjectType; record: ApiRecord }) {
  const edges = type.attributes.filter(
    ({ name, type: kind, expandable }) =>
      kind === 'id' &&
      expandable.length > 0 &&
      typeof record[name] === 'string' &&
      !tenancy.has(name),
  )
  const query = edges.map(({ name }) => `expand[]=${name}`).join('&')
  const path = `/v2/${type.plural}/${encodeURIComponent(record.id)}?${query}`
  const { data } = useQuery({ ...recordQuery(path), enabled: edges.length > 0 })
  if (edges.length === 0) return null
  return (
    <ul className="linked" aria-label="Linked records">
      {edges.map((edge) => (
        <Edge
          key={edge.name}
          edge={edge}
          id={String(record[edge.name])}
          whole={data?.[edge.name]}
        />
      ))}
    </ul>
  )
}

/** Every record belongs to these; they lead nowhere new. */
const tenancy: ReadonlySet<string> = new Set(['ledgerAccountId', 'partnerAccountConnectionId'])

function Edge({ edge, id, whole }: { edge: Attribute; id: string; whole: unknown }) {
  const record = isRecord(whole) ? whole : null
  const settlement = record?.object === 'transaction' ? record.settlement_id : null
  return (
    <>
      <li>
        <span className="linked-name">{wordsOf(edge.name.replace(/_id$/, ''))}</span>
        <RecordLink id={id}>{record ? nameOf(record) : id}</RecordLink>
        {record && <Facts record={record} />}
      </li>
      {typeof settlement === 'string' && (
        <li>
          <span className="linked-name">Settlement</span>
          <RecordLink id={settlement} />
        </li>
      )}
    </>
  )
}

function Facts({ record: { amount, currency, status } }: { record: ApiRecord }) {
  return (
    <>
      {typeof amount === 'number' && typeof currency === 'string' && (
        <span className="money">{moneyText(amount, currency)}</span>
      )}
      {typeof status === 'string' && <Badge word={status} />}
    </>
  )
}

function isRecord(value: unknown): value is ApiRecord {
  return typeof value === 'object' && value !== null
}
