import { not_answered } from '../../connect/consent_link.ts'
import type { PartnerAccountConnection } from '../../model/partner_account_connection.ts'
import { connectionsThrough } from '../connections.ts'
import { type Examined, type Finding, ok, warning, wrong } from './finding.ts'

/** Connections and streams, as the running server tells them. */
export async function connectionFindings({ folder }: Examined): Promise<Finding[]> {
  try {
    return await findingsOf(connectionsThrough(folder))
  } catch (error) {
    return [wrong('server', (error as Error).message, 'stop it and start it anew')]
  }
}

/** What is wrong with each connection; one line for all that are well. */
export async function findingsOf(all: AsyncIterable<PartnerAccountConnection>): Promise<Finding[]> {
  const findings: Finding[] = []
  let total = 0
  for await (const connection of all) {
    total++
    findings.push(...connectionFaults(connection))
  }
  if (total === 0) return [ok('connections', 'there are none yet')]
  return findings.length > 0 ? findings : [ok('connections', `all ${total} are read in time`)]
}

function connectionFaults(connection: PartnerAccountConnection): Finding[] {
  const { id, partnerSource, status, status_reason } = connection
  const name = `connection ${id}`
  const why = status_reason ? `: ${status_reason}` : ''
  if (status_reason === not_answered) return []
  if (status === 'Lost Connection' || status === 'Not Authorised') {
    const fix = `connect it again with a key in force: furrow connect ${partnerSource}`
    return [wrong(name, `${status}${why}`, fix)]
  }
  if (status !== 'Active') return []
  return (connection.streams ?? []).flatMap((stream) => streamFaults(name, id, stream))
}

type Stream = NonNullable<PartnerAccountConnection['streams']>[number]

const late_s = 3600

function streamFaults(name: string, id: string, stream: Stream): Finding[] {
  const check = `${name}, stream ${stream.stream}`
  const again = `furrow sync ${id} --stream ${stream.stream}`
  if (stream.state === 'failed') {
    return [wrong(check, `failed: ${stream.reason ?? 'without a reason'}`, again)]
  }
  const lag_s = stream.lag_seconds ?? 0
  if (lag_s > late_s) {
    const found = `is ${Math.round(lag_s / 60)} minutes behind`
    return [
      wrong(check, found, `see that a worker runs (furrow start or furrow worker), then ${again}`),
    ]
  }
  const rejected = stream.rejected ?? 0
  if (rejected === 0) return []
  const found = `${rejected} payloads break the model: ${stream.last_error ?? ''}`
  return [warning(check, found, 'after an upgrade, run furrow renormalise')]
}
