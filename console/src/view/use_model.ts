import { useSuspenseQuery } from '@tanstack/react-query'
import { modelQuery } from '../api/queries.ts'
import type { ObjectType } from '../api/types.ts'

/** The objects of the data dictionary. */
export function useModel(): readonly ObjectType[] {
  return useSuspenseQuery(modelQuery).data.data
}

/** One of them by its name. Throws where the model has none of that name. */
export function useType(name: string): ObjectType {
  const type = useModel().find((one) => one.name === name || one.plural === name)
  if (!type) throw new Error(`The data dictionary has no object ${name}.`)
  return type
}
