import { crc32 } from 'node:zlib'
import { headsOf } from '../store/heads.ts'
import { placeAt } from '../store/list.ts'
import type { Answer, Call } from './operation.ts'

export interface Made {
  /** In the version's names. */
  readonly body: string | Buffer
  /** Head of the one ledger account, where the reading told it. */
  readonly head: number | null
}

/**
 * Answers from the cache what depends on one ledger account's records only: one look at the head
 * of its feed tells whether anything has changed since.
 */
export async function cached(
  call: Pick<Call, 'context' | 'version' | 'path' | 'rawQuery' | 'ifNoneMatch'>,
  { scope, cacheable, also = '' }: { scope: readonly string[]; cacheable: boolean; also?: string },
  make: () => Promise<Made>,
): Promise<Answer> {
  const { context, version, path, rawQuery, ifNoneMatch } = call
  const [account] = scope
  const headers = await freshnessHeader(call, scope)
  if (!cacheable || account === undefined || scope.length > 1) {
    return { body: (await make()).body, headers, served: true }
  }
  const asked = `${version} ${account} ${path}?${rawQuery}${also}`
  const etagAt = (head: number) => `W/"${head.toString(36)}-${account}-${context.release}${also}"`
  const looked = context.cache.enabled || ifNoneMatch !== null
  const head = looked ? ((await headsOf(context.db, scope)).get(account) ?? 0) : null
  if (head !== null) {
    const etag = etagAt(head)
    if (ifNoneMatch !== null && matches(ifNoneMatch, etag)) {
      return { status: 304, body: '', etag, headers }
    }
    const known = context.cache.get(asked, head)
    if (known) return { body: known, etag, headers, served: true }
  }
  const made = await make()
  const at = head ?? made.head
  if (at === null) return { body: made.body, headers, served: true }
  if (!context.cache.enabled) {
    return { body: made.body, etag: etagAt(at), headers, served: true }
  }
  const body = typeof made.body === 'string' ? Buffer.from(made.body) : made.body
  // Made after the look: it can only be newer than the head it is kept under.
  context.cache.set(asked, at, body)
  return { body, etag: etagAt(at), headers, served: true }
}

/** The ETag of a record's answer: what it says, and when that last changed. */
export function etagOfRecord(text: string, body: string): string {
  const { value } = placeAt(text, 'modifiedDate')
  return `W/"${crc32(body).toString(36)}-${body.length.toString(36)}-${value}"`
}

/** Whether an If-None-Match header names an ETag. */
export function matches(ifNoneMatch: string, etag: string): boolean {
  const weak = (tag: string) => tag.trim().replace(/^W\//, '')
  return ifNoneMatch.split(',').some((tag) => tag.trim() === '*' || weak(tag) === weak(etag))
}

export async function freshnessHeader(
  { context }: Pick<Call, 'context'>,
  scope: readonly string[],
) {
  const asOf = scope.length === 0 ? null : await context.freshness.asOf(scope)
  return asOf === null ? {} : { 'furrow-as-of': asOf }
}
