import type { Database } from './database.ts'

/**
 * Leads every connection with a simulated partner to where that is now: its port is another one at
 * each start. `baseUrl` is `http://127.0.0.1:PORT/NAME`; connections elsewhere stay as they are.
 * Gives how many were led.
 */
export async function leadToSimulated(
  db: Database,
  { partnerSource, baseUrl }: { readonly partnerSource: string; readonly baseUrl: string },
): Promise<number> {
  const rows = await db.query(
    `update partner_account_connection set base_url = $2
     where "partnerSource" = $1 and base_url <> $2
       and base_url ~ ('^http://127\\.0\\.0\\.1:\\d+/' || $1 || '$') returning id`,
    [partnerSource, baseUrl],
  )
  return rows.length
}
