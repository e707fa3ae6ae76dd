import { objectNamed } from '../model/index.ts'
import { Gone, Rejected } from '../partners/errors.ts'
import { pagesOf } from '../partners/paginate.ts'
import type { ListRequest } from '../partners/request.ts'
import type { Payload } from '../partners/rule.ts'
import type { ParentOf, Stream } from '../partners/stream.ts'
import { parentsAfter } from '../store/parent.ts'
import { completed, merged, type Prepared, prepare } from './fetch.ts'
import { contextOf, type Run } from './run.ts'
import type { Reading } from './segments.ts'

/** Parents whose children one page of a segment reads. */
export const parents_a_page = 10

/**
 * Reads the children of each stored parent; a segment is a range of the parents' ids. A recent one
 * is of those that changed since then (RFC 3339).
 */
export function byParent(run: Run, stream: Stream, since: string | null): Reading {
  const parent = parentOf(stream)
  const type = objectNamed(parent.object)
  return {
    async read(segment) {
      const parents = await parentsAfter(run.db, {
        type,
        ledgerAccountId: segment.ledgerAccountId,
        connectionId: segment.connectionId,
        after: segment.cursor ?? segment.from ?? '',
        before: segment.to,
        ofDeleted: parent.ofDeleted,
        ofDerived: parent.ofDerived ?? false,
        changedSince: segment.kind === 'recent' ? since : null,
        limit: parents_a_page,
      })
      run.at('before fetch')
      const parts = await Promise.all(
        parents.map((one) => childrenOf(run, stream, one.partnerRecordId)),
      )
      run.at('after fetch')
      const last = parents.length < parents_a_page ? null : (parents.at(-1)?.id ?? null)
      return { ...merged(parts), next: last, reached: null }
    },
  }
}

export function parentOf({ name, parent }: Stream): ParentOf {
  if (!parent) throw new Error(`stream ${name} reads children but names no parent`)
  return parent
}

/** Ranges of ids that together hold every parent. */
export function parentRanges(stream: Stream, parts: number): { from: string; to: string | null }[] {
  const { prefix } = objectNamed(parentOf(stream).object)
  const edge = (i: number) =>
    `${prefix}_${Math.floor((i * 256) / parts)
      .toString(16)
      .padStart(2, '0')}`
  return Array.from({ length: parts }, (_, i) => ({
    from: i === 0 ? '' : edge(i),
    to: i === parts - 1 ? null : edge(i + 1),
  }))
}

/** Every child of one parent, from all lists that hold some. */
export async function childrenOf(run: Run, stream: Stream, parentId: string): Promise<Prepared> {
  const { as, lists } = parentOf(stream)
  const context = contextOf(run, { [as]: parentId })
  const parts: Prepared[] = []
  for (const list of lists(parentId)) {
    const stamp = run.now()
    const payloads = await completed(run, stream, await wholeList(run, stream, list))
    parts.push(prepare(stream, payloads, { context, stamp }))
  }
  return merged(parts)
}

async function wholeList(run: Run, stream: Stream, list: ListRequest): Promise<Payload[]> {
  const { noneOn = [] } = parentOf(stream)
  const items: Payload[] = []
  try {
    for await (const page of pagesOf(run.http.send, run.partner.paging, list, {
      signal: run.signal,
    })) {
      items.push(...page.items)
    }
    return items
  } catch (error) {
    // The parent went away meanwhile: its own stream will say so.
    if (error instanceof Gone) return []
    if (error instanceof Rejected && noneOn.includes(error.status)) return []
    throw error
  }
}
