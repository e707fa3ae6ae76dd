/** A record as the API serves it; what it holds is told by the model. */
export interface ApiRecord {
  readonly object: string
  readonly id: string
  readonly [attribute: string]: unknown
}

export interface List<T = ApiRecord> {
  readonly data: readonly T[]
  readonly has_more: boolean
  readonly next_cursor: string | null
  readonly total_count?: number
}

/** An attribute of the data dictionary. */
export interface Attribute {
  readonly name: string
  readonly type: string
  readonly description: string
  readonly required: boolean
  readonly personal: boolean
  readonly filters: readonly string[]
  readonly expandable: readonly string[]
  readonly values?: readonly string[]
  readonly attributes?: readonly Attribute[]
}

export interface ObjectType {
  readonly name: string
  readonly plural: string
  readonly prefix: string
  readonly description: string
  readonly attributes: readonly Attribute[]
}

export interface Model {
  readonly version: string
  readonly data: readonly ObjectType[]
}

export interface Session {
  readonly object: 'console_session'
  readonly version: string
  readonly mode: 'test' | 'live'
  readonly scopes: readonly string[]
  readonly key_id: string
  readonly name: string | null
  readonly hint: string
  readonly ledgerAccountId: string | null
  readonly expires_date: string
}

export interface PartnerSource {
  readonly name: string
  readonly title: string
  readonly docs: string
  readonly api_version: string
  readonly credential: readonly CredentialField[]
  readonly streams: readonly string[]
  readonly deletions: string
  readonly gaps: readonly string[]
}

export interface CredentialField {
  readonly name: string
  readonly description: string
  readonly secret: boolean
  readonly optional: boolean
  readonly example: string
}

/** Where the attributes of an object come from in one kind of a partner's payload. */
export interface Source {
  readonly partnerSource: string
  readonly partner: string
  readonly stream: string
  readonly payload: string
  readonly attributes: readonly SourceLine[]
}

export interface SourceLine {
  readonly name: string
  readonly paths: readonly string[]
  readonly rule: string
}

export interface Stream {
  readonly stream: string
  readonly state: string
  readonly reason: string | null
  readonly lag_seconds: number | null
  readonly last_success: string | null
  readonly next_run: string | null
  readonly last_error: string | null
  readonly seen: number
  readonly changed: number
  readonly deleted: number
  readonly rejected: number
  readonly segments_open: number
  readonly segments_closed: number
}

export interface Connection extends ApiRecord {
  readonly partnerSource: string
  readonly ledgerAccountId: string
  readonly partner_account_id: string
  readonly account_name: string | null
  readonly status: string
  readonly status_reason: string | null
  readonly streams: readonly Stream[]
}
