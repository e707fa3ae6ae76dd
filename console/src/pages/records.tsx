import { useParams } from '@tanstack/react-router'
import { ListPage } from '../view/list_page.tsx'

/** The list of any object of the model. */
export function RecordsPage() {
  const { object = '' } = useParams({ strict: false })
  return <ListPage key={object} object={object} />
}
