import { objectOf } from './rule.ts'
import type { EmbeddedForm } from './stream.ts'

/** Stripe's: items under `data`, and `has_more` where there are others. */
export const withHasMore: EmbeddedForm = {
  isCut: (held) => objectOf(held)?.has_more === true,
  whole: (held, data) => ({ ...held, data, has_more: false }),
}

/** A connection of GraphQL: items under `nodes`, and `pageInfo.hasNextPage`. */
export const asConnection: EmbeddedForm = {
  isCut: (held) => objectOf(objectOf(held)?.pageInfo)?.hasNextPage === true,
  whole: (held, nodes) => ({ ...held, nodes, pageInfo: { hasNextPage: false, endCursor: null } }),
}
