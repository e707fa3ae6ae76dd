import { clean, objectOf, type Payload, pathReader, type Rule } from '../rule.ts'
import { computed, idText } from '../rules.ts'

/**
 * Records are named by the number that Shopify's pages, exports and notifications show
 * (`legacyResourceId`); what has none, by its whole id. A request needs the whole id again.
 */
export function gidOf(type: string, id: string): string {
  return id.startsWith('gid://') ? id : `gid://shopify/${type}/${id}`
}

/** The number at the end of a whole id. */
export function numberIn(gid: unknown): string | null {
  if (typeof gid !== 'string') return null
  return /^gid:\/\/shopify\/\w+\/(\d+)(?:\?.*)?$/.exec(gid)?.[1] ?? null
}

/** The kind of thing that a whole id names. */
export function typeIn(gid: unknown): string | null {
  if (typeof gid !== 'string') return null
  return /^gid:\/\/shopify\/(\w+)\//.exec(gid)?.[1] ?? null
}

export const legacyId = idText('legacyResourceId')

/** The number of what a whole id at a path names. */
export function numberAt(at: string): Rule<string> {
  const get = pathReader(at)
  return computed([at], 'the number in it', (payload) => numberIn(get(payload)))
}

/** The number of an object that a payload names beside its whole id. */
export function legacyIdIn(held: unknown): string | null {
  return clean(objectOf(held)?.legacyResourceId) as string | null // a text, or refused
}

/** The items of a connection inside a payload. */
export function nodesIn(held: unknown): readonly Payload[] {
  const nodes = objectOf(held)?.nodes
  return Array.isArray(nodes) ? nodes.filter((node) => objectOf(node) !== null) : []
}
