import type { Desk } from '../../connect/consent.ts'
import type { LedgerAccount } from '../../model/ledger_account.ts'
import { ledger_account } from '../../model/ledger_account.ts'
import type { ConnectionStatus } from '../../model/partner_account_connection.ts'
import type { Partner } from '../../partners/partner.ts'
import type { ConsentLink } from '../../store/consent_link.ts'
import { retrieve } from '../../store/list.ts'

/** Back to the institution, at the address that was registered, with what became of it. */
export async function returnTo(
  { db }: Desk,
  { ledgerAccountId, returnUrl }: ConsentLink,
  { status, partner }: { status: ConnectionStatus; partner?: Partner },
): Promise<URL> {
  const scope = [ledgerAccountId]
  const text = await retrieve(db, ledger_account, { scope, id: ledgerAccountId })
  const account = text === null ? null : (JSON.parse(text) as LedgerAccount) // as it was stored
  const url = new URL(returnUrl)
  url.searchParams.set('status', status)
  url.searchParams.set('ledgerAccountId', ledgerAccountId)
  const own = account?.institutionAccountId
  if (own) url.searchParams.set('institutionAccountId', own)
  if (partner) url.searchParams.set('partnerSource', partner.name)
  return url
}
