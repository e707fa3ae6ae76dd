import { openClient } from './client.ts'
import { Fault, misused } from './fault.ts'
import { printJson } from './output.ts'

interface ConsentLinkOptions {
  readonly data: string
  readonly institutionAccount?: string
  readonly ledgerAccount?: string
  readonly returnUrl?: string
  readonly partner?: readonly string[]
  readonly json?: boolean
}

interface Link {
  readonly url: string
  readonly expires: string
}

/** Asks the running server for a CONNECT link. */
export async function run(_: unknown, options: ConsentLinkOptions) {
  const { institutionAccount, ledgerAccount, partner, json } = options
  if ((institutionAccount === undefined) === (ledgerAccount === undefined)) {
    throw misused('expected either --institution-account or --ledger-account: who is asked?')
  }
  const client = await openClient(options.data)
  const link = await client.post<Link>('/v2/auth/consent/page', {
    ...(institutionAccount === undefined ? {} : { institutionAccountId: institutionAccount }),
    ...(ledgerAccount === undefined ? {} : { ledgerAccountId: ledgerAccount }),
    returnUrl: options.returnUrl ?? (await firstRegistered(client)),
    ...(partner ? { partnerSource: partner } : {}),
  })
  if (json) return printJson(link)
  console.log(link.url)
  console.error(`It can be used once, until ${link.expires}`)
}

type Client = Awaited<ReturnType<typeof openClient>>

async function firstRegistered(client: Client): Promise<string> {
  const settings = await client.get<{ return_urls: string[] }>('/v2/auth/consent/settings')
  const [first] = settings.return_urls
  if (first !== undefined) return first
  throw new Fault(
    'no address to return to is registered: send return_urls to PATCH /v2/auth/consent/settings',
  )
}
