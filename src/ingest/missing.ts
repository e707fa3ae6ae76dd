import { objectNamed } from '../model/index.ts'
import type { Stream } from '../partners/stream.ts'
import { missingSince } from '../store/parent.ts'
import type { Comparing } from './compare.ts'
import { reread } from './events.ts'
import { keyOf, type Run } from './run.ts'

const nominated_page_max = 100

/**
 * After a complete pass that began at `since_ms`: what it did not meet is only nominated; the
 * partner is asked for each.
 */
export async function confirmMissing(
  run: Run,
  stream: Stream,
  { since_ms, by }: { since_ms: number; by: Comparing | null },
) {
  const [map] = stream.maps
  if (!map || stream.retrieve === null) return
  let after = ''
  for (;;) {
    const missing = await missingSince(run.db, {
      type: objectNamed(map.object.name),
      ledgerAccountId: run.connection.ledgerAccountId,
      connectionId: run.connection.id,
      stamp: since_ms,
      parentObject: stream.parent?.object ?? null,
      after,
      limit: nominated_page_max,
    })
    for (const { id, partnerRecordId, parentId } of missing) {
      after = id
      // Several streams may fill one object; only its own can tell what became of a record.
      if (stream.owns && !stream.owns(partnerRecordId, parentId)) continue
      const touch = { partnerRecordId, parentId, deleted: false }
      const found = await reread(run, stream, touch, 'sweep')
      await run.writer.save({
        key: keyOf(run, stream.name),
        ...found,
        checkpoint: async () => undefined,
        ...(by ? { compared: { by } } : {}),
      })
    }
    if (missing.length < nominated_page_max) return
  }
}
