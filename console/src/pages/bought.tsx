import { useSuspenseQuery } from '@tanstack/react-query'
import { answerQuery } from '../api/queries.ts'
import type { List } from '../api/types.ts'
import { numberText } from '../format/words.ts'
import { Empty } from '../view/empty.tsx'
import { type Column, Grid } from '../view/grid.tsx'
import { Moment } from '../view/moment.tsx'
import { RecordLink } from '../view/record_link.tsx'

interface BoughtProduct {
  readonly product_id: string | ProductName
  readonly quantity: number
  readonly purchases: number
  readonly first_date: string
  readonly last_date: string
}

interface ProductName {
  readonly id: string
  readonly name: string | null
}

const columns: readonly Column<BoughtProduct>[] = [
  {
    id: 'product',
    heading: 'Product',
    width: 18,
    cell: ({ product_id }) => <Product of={product_id} />,
  },
  {
    id: 'quantity',
    heading: 'Quantity',
    width: 7,
    right: true,
    cell: (row) => numberText(row.quantity),
  },
  {
    id: 'purchases',
    heading: 'Purchases',
    width: 7,
    right: true,
    cell: (row) => numberText(row.purchases),
  },
  { id: 'first', heading: 'First', width: 12, cell: (row) => <Moment iso={row.first_date} /> },
  { id: 'last', heading: 'Last', width: 12, cell: (row) => <Moment iso={row.last_date} /> },
]

/** The products a buyer bought, the last bought first. */
export function Bought({ path }: { path: string }) {
  const answer = answerQuery<List<BoughtProduct>>(`${path}/products?limit=100&expand[]=product_id`)
  const { data } = useSuspenseQuery(answer)
  if (data.data.length === 0) return <Empty title="Nothing bought that is in a catalogue." />
  return <Grid label="Products bought" columns={columns} rows={data.data} keyOf={productId} />
}

const productId = ({ product_id: of }: BoughtProduct) => (typeof of === 'string' ? of : of.id)

function Product({ of }: { of: string | ProductName }) {
  if (typeof of === 'string') return <RecordLink id={of} />
  return <RecordLink id={of.id}>{of.name ?? of.id}</RecordLink>
}
