import type { Parameters } from '../api/path.ts'
import type { ObjectType } from '../api/types.ts'
import { wordsOf } from '../format/words.ts'
import { folderOf, placeOf } from '../view/place.ts'
import { main_pages, system_pages } from './navigation.ts'

/** Somewhere the palette can lead. */
export interface Goal {
  readonly title: string
  readonly to: string
  readonly search?: Parameters
}

/** Where a text may want to go: the record of an id, buyers, pages whose name holds it. */
export function goalsFor(text: string, model: readonly ObjectType[]): Goal[] {
  const wanted = text.trim()
  const pages = pagesOf(model).filter(({ title }) =>
    title.toLowerCase().includes(wanted.toLowerCase()),
  )
  if (wanted === '') return pages
  const place = placeOf(model, wanted)
  if (place !== null) return [{ title: `Open ${wanted}`, to: place }]
  return [...pages, { title: `Customers: ${wanted}`, to: '/customers', search: searchFor(wanted) }]
}

function pagesOf(model: readonly ObjectType[]): Goal[] {
  const named = [...main_pages, ...system_pages]
  const others = model.map((type) => ({ title: wordsOf(type.plural), to: folderOf(type) }))
  return [...named, ...others.filter(({ to }) => !named.some((page) => page.to === to))]
}

/** The filter that a text means: an e-mail address, an id at the partner's, or how a name begins. */
export function searchFor(text: string): Parameters {
  if (text.includes('@')) return { email: text }
  if (/^(?=.*\d)[\w:/.-]{8,}$/.test(text)) return { partnerRecordId: text }
  return { 'name[prefix]': text }
}
