import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import currencies from 'currency-codes'
import type { JsonSchema } from './field.ts'
import { type ObjectType, schemaOfObject } from './object.ts'

// Codes that old records still hold although ISO 4217 has retired them (its list three).
const retired = ['HRK', 'LTL', 'LVL', 'EEK', 'STD', 'MRO', 'VEF', 'ZMK', 'BYR', 'SLL', 'ANG', 'CUC']
// Newer than the library's data: the Caribbean guilder replaced ANG in 2025.
const recent = ['XCG']
const known = new Set([...currencies.codes(), ...retired, ...recent])

/** Whether a code is an ISO 4217 currency, upper case. */
export function isCurrency(code: string): boolean {
  return known.has(code)
}

const timestamp_pattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

/** Whether a text is RFC 3339 in UTC with milliseconds, and a moment that exists. */
export function isTimestamp(text: string): boolean {
  return timestamp_pattern.test(text) && !Number.isNaN(Date.parse(text))
}

/** One engine for every schema of the model, with the model's formats. */
export function newValidator(): Ajv {
  const ajv = new Ajv({ strict: false, allowUnionTypes: true })
  ajv.addFormat('currency', { type: 'string', validate: isCurrency })
  ajv.addFormat('timestamp', { type: 'string', validate: isTimestamp })
  return ajv
}

const ajv = newValidator()
type Checks = Map<ObjectType, ValidateFunction>
const records: Checks = new Map()
const drafts: Checks = new Map()

/** What is wrong with a record, as `customer.currency: expected …, got …`; null if nothing. */
export function faultOf(type: ObjectType, record: unknown): string | null {
  return faultBy(records, type, record)
}

/** The same of a draft: it has no `modifiedDate` yet, and attributes that are not told. */
export function faultOfDraft(type: ObjectType, draft: unknown): string | null {
  return faultBy(drafts, type, draft)
}

function faultBy(checks: Checks, type: ObjectType, record: unknown): string | null {
  let check = checks.get(type)
  if (!check) {
    check = ajv.compile(checks === drafts ? draftSchema(type) : schemaOfObject(type))
    checks.set(type, check)
  }
  if (check(record)) return null
  return sentence(type.name, check.errors?.[0], record)
}

function draftSchema(type: ObjectType): JsonSchema {
  const schema = schemaOfObject(type)
  const properties = { ...(schema.properties as object), modifiedDate: {} }
  return { ...schema, properties, required: ['id', 'partnerRecordId'] }
}

const value_length_shown = 60

function sentence(name: string, error: ErrorObject | undefined, record: unknown): string {
  const parts = (error?.instancePath ?? '').split('/').slice(1)
  const value = parts.reduce<unknown>(
    (held, part) => (held as Record<string, unknown>)?.[part],
    record,
  )
  const got = JSON.stringify(value)?.slice(0, value_length_shown) ?? 'nothing'
  return `${[name, ...parts].join('.')}: expected ${expected(error)}, got ${got}`
}

function expected(error: ErrorObject | undefined): string {
  const params = (error?.params ?? {}) as Record<string, unknown>
  if (error?.keyword === 'format' && params.format === 'currency') return 'ISO 4217'
  if (error?.keyword === 'format') return 'RFC 3339 in UTC with milliseconds'
  if (error?.keyword === 'enum') return `one of ${(params.allowedValues as unknown[]).join(', ')}`
  if (error?.keyword === 'type') return [params.type].flat().join(' or ')
  return error?.message?.replace(/^must /, 'it to ') ?? 'a valid record'
}
