/**
 * Waits for all, and then throws what the first of them failed with. Statements of a transaction
 * that is about to be rolled back must not be sent after that: the connection is another's then.
 */
export async function together<const T extends readonly unknown[]>(
  work: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  const ended = await Promise.allSettled(work)
  const failed = ended.find((one) => one.status === 'rejected')
  if (failed) throw failed.reason
  const values = ended.map((one) => (one as PromiseFulfilledResult<unknown>).value)
  return values as { -readonly [K in keyof T]: Awaited<T[K]> }
}
