import { Link } from '@tanstack/react-router'
import type { ObjectType } from '../api/types.ts'
import { numberText } from '../format/words.ts'
import { type Column, Grid } from '../view/grid.tsx'
import { Page } from '../view/page.tsx'
import { useModel } from '../view/use_model.ts'

const columns: readonly Column<ObjectType>[] = [
  {
    id: 'name',
    heading: 'Object',
    width: 14,
    cell: ({ name }) => <Link to={`/dictionary/${name}`}>{name}</Link>,
  },
  { id: 'ids', heading: 'Ids', width: 6, cell: ({ prefix }) => <code>{prefix}_</code> },
  {
    id: 'count',
    heading: 'Attributes',
    width: 7,
    right: true,
    cell: ({ attributes }) => numberText(attributes.length),
  },
  { id: 'what', heading: 'What it is', width: 40, cell: ({ description }) => description },
]

/** Every object of the model. */
export function DictionaryPage() {
  return (
    <Page title="Data dictionary">
      <Grid label="Objects" columns={columns} rows={useModel()} keyOf={({ name }) => name} />
    </Page>
  )
}
