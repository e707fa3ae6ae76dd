/** One page of a list. */
export interface Page<T> {
  readonly data: readonly T[]
  readonly has_more: boolean
  /** Asks for the next page, with the same filters; null behind the last one. */
  readonly next_cursor?: string | null
  /** In all; only with `include: ['total_count']`. */
  readonly total_count?: number
}

/** A list that has not been asked for yet: `await` gives its first page, `for await` every record. */
export interface Listing<T, P extends Page<T> = Page<T>> extends AsyncIterable<T>, PromiseLike<P> {
  /** The pages one by one. */
  readonly pages: () => AsyncIterable<P>
}

export function listing<T, P extends Page<T>>(
  read: (cursor: string | undefined) => Promise<P>,
): Listing<T, P> {
  async function* pages() {
    let cursor: string | undefined
    do {
      const page = await read(cursor)
      yield page
      cursor = page.next_cursor ?? undefined
    } while (cursor !== undefined)
  }
  return {
    pages,
    async *[Symbol.asyncIterator]() {
      for await (const page of pages()) yield* page.data
    },
    // biome-ignore lint/suspicious/noThenProperty: awaiting a list gives its first page
    then: (onPage, onError) => read(undefined).then(onPage, onError),
  }
}
