import { hash as digest } from 'node:crypto'
import {
  enumOf,
  type Fields,
  idOf,
  type JsonSchema,
  type Kind,
  schemaOfFields,
  string,
  timestamp,
} from './field.ts'

/** An object of the core model: data that types, tables, schemas and pages are computed from. */
export interface ObjectType<F extends Fields = Fields, P extends boolean = boolean> {
  readonly name: string
  /** First part of its ids: `cus` in `cus_4f…`. */
  readonly prefix: string
  /** Its collection in the API and in text: `customers`. */
  readonly plural: string
  readonly description: string
  /** What a partner's mapping must answer. */
  readonly own: F
  /** Every attribute in the order it is served. */
  readonly attributes: Fields
  /** True for what partners report; false for what the platform itself keeps. */
  readonly fromPartner: P
}

const head = (name: string): Fields => ({
  object: { ...string("The object's name", { required: true, example: name }) },
  id: string('Our id of the record', { required: true }),
  partnerSource: string('Name of the partner system', {
    required: true,
    filter: true,
    index: false,
    example: 'stripe',
  }),
  ledgerAccountId: idOf('ledger_account', 'The business the record belongs to', {
    required: true,
  }),
})

const tail: Fields = {
  partnerAccountConnectionId: idOf(
    'partner_account_connection',
    'The connection the record was last read through',
    { required: true, index: false },
  ),
  partnerRecordId: string("The partner's own id of the record", {
    required: true,
    filter: true,
    // An id is computed from it, so looking one up needs no index.
    index: false,
    example: 'cus_9s6XKzkNRiz8i3',
  }),
  created_date: timestamp('When the record was created at the partner', { filter: true }),
  modifiedDate: timestamp('When our record last visibly changed', {
    required: true,
    filter: true,
  }),
  recordState: enumOf(['ACTIVE', 'DELETED'], 'Whether the record still exists at the partner', {
    required: true,
    filter: true,
    index: false,
  }),
  deletedDate: timestamp('When the record was deleted; null while ACTIVE'),
  deletionEvidence: enumOf(
    ['event', 'refetch', 'sweep', 'merge'],
    'How we know of the deletion; null while ACTIVE',
  ),
}

/** Attributes that ingest and store fill in, so that no mapping answers them. */
export interface CommonAttributes {
  object: string
  id: string
  partnerSource: string
  ledgerAccountId: string
  partnerAccountConnectionId: string
  partnerRecordId: string
  created_date: string | null
  modifiedDate: string | null
  recordState: 'ACTIVE' | 'DELETED'
  deletedDate: string | null
  deletionEvidence: 'event' | 'refetch' | 'sweep' | 'merge' | null
}

/** Declares an object that partners report. */
export function object<F extends Fields>(
  name: string,
  prefix: string,
  description: string,
  own: F,
): ObjectType<F, true> {
  const attributes = { ...head(name), ...own, ...tail }
  return { ...named(name, prefix, description), own, attributes, fromPartner: true }
}

/** Declares an object that the platform itself keeps; its attributes are exactly those given. */
export function platformObject<F extends Fields>(
  name: string,
  prefix: string,
  description: string,
  own: F,
): ObjectType<F, false> {
  const attributes = {
    object: string("The object's name", { required: true, example: name }),
    id: string('Our id of the record', { required: true }),
    ...own,
  }
  return { ...named(name, prefix, description), own, attributes, fromPartner: false }
}

function named(name: string, prefix: string, description: string) {
  return { name, prefix, plural: `${name}s`, description }
}

type ValueOfKind<K> = K extends Kind<infer T> ? T : never

/** The TypeScript type of an object's records, as served. */
export type RecordOf<O> =
  O extends ObjectType<infer F, infer P>
    ? (P extends true ? CommonAttributes : { object: string; id: string }) & {
        [N in keyof F]: ValueOfKind<F[N]> | null
      }
    : never

/** JSON Schema of a record as served in the current version. */
export function schemaOfObject(type: ObjectType): JsonSchema {
  return { ...schemaOfFields(type.attributes), title: type.name, description: type.description }
}

/** Where a record lives: the parts that, with its partner's id, make its own id. */
export interface Origin {
  readonly ledgerAccountId: string
  readonly partnerSource: string
  readonly partnerAccountId: string
}

const id_hex_length = 28

/** Ends the name of an object's view in the database that says nothing about a person. */
export const impersonal = '_without_pii'

/**
 * The id of a record: the same partner record always gets the same id, so links need no look-up
 * and arrival order does not matter. 112 bits of SHA-256.
 */
export function recordId(type: ObjectType, origin: Origin, partnerRecordId: string): string {
  const { ledgerAccountId, partnerSource, partnerAccountId } = origin
  // Length prefixes keep ('ab','c') and ('a','bc') apart whatever characters partners use.
  const key = `${ledgerAccountId} ${partnerSource} ${partnerAccountId.length}:${partnerAccountId}`
  return `${type.prefix}_${shortHash(`${key} ${type.name} ${partnerRecordId}`)}`
}

/** First 28 hexadecimal digits of the SHA-256 of a text. */
export function shortHash(text: string): string {
  return digest('sha256', text, 'hex').slice(0, id_hex_length)
}

/** The id of the list of `target` records that hang on one record: `list_cus_sub_<hash>`. */
export function listId(owner: ObjectType, target: ObjectType, id: string): string {
  return `list_${owner.prefix}_${target.prefix}_${id.slice(owner.prefix.length + 1)}`
}
