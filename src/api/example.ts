import { objectNamed } from '../model/index.ts'
import { listId, type ObjectType, shortHash } from '../model/object.ts'

/** The id that an object's examples have. */
export function idExample(object: string | ObjectType): string {
  const type = typeof object === 'string' ? objectNamed(object) : object
  return `${type.prefix}_${shortHash(`example ${type.name}`)}`
}

/** An example of a record, in the current version. */
export function recordExample(type: ObjectType): { readonly [attribute: string]: unknown } {
  const record = Object.entries(type.attributes).map(([name, kind]) => {
    if (name === 'id') return [name, idExample(type)]
    if (Object.hasOwn(fixed, name)) return [name, fixed[name]]
    const target = kind.targets[0]
    if (target === undefined) return [name, kind.example]
    const id = kind.back ? listId(type, objectNamed(target), idExample(type)) : idExample(target)
    return [name, id]
  })
  return Object.fromEntries(record)
}

const fixed: { readonly [attribute: string]: unknown } = {
  recordState: 'ACTIVE',
  deletedDate: null,
  deletionEvidence: null,
}
