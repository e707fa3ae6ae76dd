import type { ApiRecord } from '../api/types.ts'
import { Badge } from './badge.tsx'
import { Copy } from './copy.tsx'
import { PartnerMark } from './partner_mark.tsx'

/** Which partner a record is of, whether it still is, and its id. */
export function RecordMarks({ record }: { record: ApiRecord }) {
  const { partnerSource, recordState, status, id } = record
  return (
    <>
      {typeof partnerSource === 'string' && <PartnerMark partner={partnerSource} />}
      {typeof status === 'string' && <Badge word={status} />}
      {typeof recordState === 'string' && <Badge word={recordState} />}
      <code className="id whole">{id}</code>
      <Copy text={id}>Copy id</Copy>
    </>
  )
}
