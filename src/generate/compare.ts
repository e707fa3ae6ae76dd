import type { ObjectType } from '../model/object.ts'
import { nameIn, type Version, versions } from '../model/versions.ts'

export const versionNames = Object.keys(versions) as Version[]

/** An attribute under its name in each of two versions. */
export interface Compared {
  readonly from: string
  readonly to: string
  readonly isRenamed: boolean
}

/**
 * The attributes of an object in two versions of the API, in served order. A version is a table of
 * other names, so none is ever added or removed between two of them.
 */
export function compare(type: ObjectType, from: Version, to: Version): Compared[] {
  return Object.keys(type.attributes).map((attribute) => {
    const names = { from: nameIn(from, attribute), to: nameIn(to, attribute) }
    return { ...names, isRenamed: names.from !== names.to }
  })
}
