import type { NamedList } from '../joined_lists.ts'
import type { ListRequest } from '../request.ts'

type Lists = readonly [NamedList, ...NamedList[]]

/** A list of each location, told by their ids joined with commas; of any, where none is known. */
export function perLocation(
  locations: string | undefined,
  list: (location_id: string) => ListRequest,
): Lists {
  return perLocations(locations, 1, ([id = '']) => list(id))
}

/** A list of so many locations together, named by the first of them. */
export function perLocations(
  locations = '',
  together: number,
  list: (location_ids: readonly string[]) => ListRequest,
): Lists {
  const ids = locations.split(',')
  const count = Math.ceil(ids.length / together)
  const groups = Array.from({ length: count }, (_, at) => {
    const group = ids.slice(at * together, (at + 1) * together)
    return [String(group[0]), list(group)] as const
  })
  return groups as readonly NamedList[] as Lists // splitting gives one at least
}
