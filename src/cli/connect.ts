import { text as readAll } from 'node:stream/consumers'
import { connectAccount } from '../connect/connect.ts'
import type { Credential, Partner } from '../partners/partner.ts'
import { createInstitution, type Mode } from '../store/api_key.ts'
import type { Database } from '../store/database.ts'
import { firstInstitution } from '../store/installation.ts'
import {
  createLedgerAccount,
  institutionOf,
  ledgerAccountOfInstitution,
} from '../store/ledger_account.ts'
import { noteCommand } from './audit.ts'
import { type Client, openClient, Refusal } from './client.ts'
import { directUrl, withDatabase } from './database.ts'
import { misused } from './fault.ts'
import { sharedMasterKeys } from './folder.ts'
import { printJson } from './output.ts'
import { pairs } from './pairs.ts'
import { partnerGiven } from './partners.ts'

interface ConnectOptions {
  readonly data: string
  readonly key?: string
  readonly credential?: readonly string[]
  readonly ledgerAccount?: string
  readonly institutionAccount?: string
  readonly baseUrl?: string
  readonly mode: Mode
  readonly json?: boolean
}

interface Wanted {
  readonly partner: Partner
  readonly credential: Credential
  readonly options: ConnectOptions
}

interface Connected {
  readonly id: string
  readonly ledgerAccountId: string
}

/** Connects an account of a business; a worker reads it from then on. */
export async function run([name = '']: readonly string[], options: ConnectOptions) {
  const partner = partnerGiven('partner', name)
  checkBusiness(options)
  if (options.baseUrl !== undefined && !URL.canParse(options.baseUrl)) {
    throw misused(`--base-url: expected a URL such as https://host, got "${options.baseUrl}"`)
  }
  const credential = await credentialFor(partner, options)
  const url = directUrl()
  const wanted = { partner, credential, options }
  const connected = url
    ? await withDatabase(url, (db) => connectIn(db, wanted))
    : await connectThrough(await openClient(options.data), wanted)
  if (options.json) return printJson(connected)
  console.log(`${connected.id} connects ${partner.title} to ${connected.ledgerAccountId}`)
  console.error('furrow status shows how far it has been read')
}

function checkBusiness({ ledgerAccount, institutionAccount }: ConnectOptions) {
  if ((ledgerAccount === undefined) !== (institutionAccount === undefined)) return
  throw misused('expected either --ledger-account or --institution-account: whose account is it?')
}

/** `--key` is the first secret part; the others are named. */
async function credentialFor(partner: Partner, options: ConnectOptions): Promise<Credential> {
  const others = pairs('--credential', options.credential ?? [])
  const [first] = partner.credential.filter(({ secret }) => secret)
  if (options.key === undefined || !first) return others
  const key = options.key === '-' ? (await readAll(process.stdin)).trim() : options.key
  return { [first.name]: key, ...others }
}

async function connectIn(db: Database, { partner, credential, options }: Wanted) {
  const keys = await sharedMasterKeys(options.data)
  const ledgerAccountId = options.ledgerAccount ?? (await businessIn(db, options))
  const { mode, baseUrl = null } = options
  const now_ms = Date.now()
  const wanted = { ledgerAccountId, mode, partner, credential, baseUrl, now_ms }
  const id = await connectAccount(db, keys, wanted)
  const institutionId = await institutionOf(db, ledgerAccountId)
  await noteCommand(db, {
    ...{ institutionId, mode, ledgerAccountId },
    operation: 'create_partner_account_connection',
    object: 'partner_account_connection',
    objectId: id,
  })
  return { id, ledgerAccountId }
}

async function businessIn(
  db: Database,
  { institutionAccount = '', mode }: ConnectOptions,
): Promise<string> {
  const now_ms = Date.now()
  const first = await firstInstitution(db)
  const institutionId = first ?? (await createInstitution(db, { name: 'Default', now_ms }))
  const known = await ledgerAccountOfInstitution(db, { institutionId, mode }, institutionAccount)
  if (known !== null) return known
  const text = await createLedgerAccount(db, {
    institutionId,
    mode,
    institutionAccountId: institutionAccount,
    name: null,
    country: null,
    now_ms,
  })
  return (JSON.parse(text) as { id: string }).id
}

async function connectThrough(
  client: Client,
  { partner, credential, options }: Wanted,
): Promise<Connected> {
  const ledgerAccountId = options.ledgerAccount ?? (await businessThrough(client, options))
  return client.post<Connected>('/v2/partner_account_connections', {
    ledgerAccountId,
    partnerSource: partner.name,
    credential,
    ...(options.baseUrl ? { baseUrl: options.baseUrl } : {}),
  })
}

const not_found = 404

async function businessThrough(client: Client, { institutionAccount = '' }: ConnectOptions) {
  const known = await knownThrough(client, institutionAccount)
  if (known !== null) return known
  const made = await client.post<{ id: string }>('/v2/ledger_accounts', {
    institutionAccountId: institutionAccount,
  })
  return made.id
}

async function knownThrough(client: Client, institutionAccount: string): Promise<string | null> {
  const filter = [['institutionAccountId', institutionAccount]] as const
  try {
    const found = await client.get<{ data: { id: string }[] }>('/v2/ledger_accounts', filter)
    return found.data[0]?.id ?? null
  } catch (error) {
    if (error instanceof Refusal && error.httpStatus === not_found) return null
    throw error
  }
}
