import type { ServerFile } from '../folder.ts'
import { isFree, port_default } from '../port.ts'
import { type Finding, ok, warning, wrong } from './finding.ts'

/** Whether the port that would be listened on is free, or is our own server's. */
export async function portFinding(
  { host, port }: { host: string; port?: number },
  server: ServerFile | null,
): Promise<Finding> {
  const wanted = port ?? port_default
  if (server && Number(new URL(server.url).port) === wanted) {
    return ok('port', `${wanted} is the running server's`)
  }
  try {
    if (await isFree(host, wanted)) return ok('port', `${wanted} is free`)
  } catch (error) {
    return wrong('port', (error as Error).message, 'give another address with --host or --port')
  }
  const found = `${wanted} is taken by another program`
  if (port === undefined) return warning('port', found, 'nothing to do: start takes the next one')
  return wrong('port', found, 'give another one with --port')
}
