import type { JsonSchema } from '../model/field.ts'
import { isCurrency, isTimestamp } from '../model/validate.ts'
import { nameIn, type Version } from '../model/versions.ts'
import type { Comparison } from '../store/condition.ts'
import { badParameter } from './problem.ts'

/** A parameter of an operation: what its page says and what its values are checked against. */
export interface Parameter {
  /** In the current version; filters carry their operator, as in `created_date[gte]`. */
  readonly name: string
  readonly in: 'query' | 'path'
  readonly description: string
  /** Schema of one value. */
  readonly schema: JsonSchema
  readonly example: unknown
  readonly required?: boolean
  /** Takes several values: as `name[]=` again and again, or separated by commas. */
  readonly many?: 'repeated' | 'commas'
  /** Most values that a parameter taking several may have. */
  readonly values_max?: number
  /** On a filter: what it compares. */
  readonly filter?: { readonly column: string; readonly operator: Comparison }
}

/** The name a parameter has in a version; operators and other words stay. */
export function parameterNameIn(version: Version, name: string): string {
  return name.replace(/\w+/g, (word) => nameIn(version, word))
}

/** The name under which the documents list a parameter. */
export function documentedName(version: Version, parameter: Parameter): string {
  const name = parameterNameIn(version, parameter.name)
  return parameter.many === 'repeated' ? `${name}[]` : name
}

export const values_max_default = 100

/** Reads one value as its schema wants it. Throws a Problem that names the parameter. */
export function readValue(parameter: Parameter, name: string, text: string): Value {
  assertText(name, text)
  const { schema } = parameter
  const read = readers[typeOf(schema)](text, schema)
  if (read === null) throw badParameter(name, expected(schema), text)
  return read
}

export type Value = string | number | boolean

/** Text that Postgres can hold: well-formed, and without NUL. */
export function assertText(name: string, text: string) {
  if (!text.isWellFormed()) throw badParameter(name, 'well-formed Unicode', text)
  if (text.includes('\0')) throw badParameter(name, 'text without NUL characters', text)
}

type ReadableType = 'string' | 'integer' | 'number' | 'boolean'

function typeOf(schema: JsonSchema): ReadableType {
  return schema.type as ReadableType
}

type Reader = (text: string, schema: JsonSchema) => Value | null

const readers: Readonly<Record<ReadableType, Reader>> = {
  integer: (text, schema) => (/^-?\d{1,16}$/.test(text) ? within(Number(text), schema) : null),
  number: (text, schema) =>
    /^-?\d{1,300}(\.\d{1,300})?(e[+-]?\d{1,3})?$/i.test(text) ? within(Number(text), schema) : null,
  boolean: (text) => (text === 'true' ? true : text === 'false' ? false : null),
  string: (text, schema) => {
    const { minLength = 1, maxLength = Number.POSITIVE_INFINITY, pattern, format } = schema
    if (text.length < Number(minLength) || text.length > Number(maxLength)) return null
    if (Array.isArray(schema.enum) && !schema.enum.includes(text)) return null
    if (typeof pattern === 'string' && !new RegExp(pattern, 'u').test(text)) return null
    return typeof format === 'string' ? (formats[format]?.read(text) ?? null) : text
  },
}

function within(value: number, schema: JsonSchema): number | null {
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = schema
  if (schema.type === 'integer' && !Number.isSafeInteger(value)) return null
  return Number.isFinite(value) && value >= Number(minimum) && value <= Number(maximum)
    ? value
    : null
}

interface Format {
  readonly expected: string
  readonly read: (text: string) => string | null
}

const formats: Readonly<Record<string, Format>> = {
  currency: {
    expected: 'an ISO 4217 code in capitals such as EUR',
    read: (text) => (isCurrency(text) ? text : null),
  },
  timestamp: {
    expected: 'a date (2026-03-14) or an RFC 3339 time (2026-03-14T09:26:53Z)',
    read: momentOf,
  },
}

const date_pattern = /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d))?$/

/** A moment as clients write it, in UTC with milliseconds; null for one that does not exist. */
export function momentOf(text: string): string | null {
  if (!date_pattern.test(text)) return null
  const ms = Date.parse(text)
  // 30 February would silently become 2 March.
  if (Number.isNaN(ms) || !existingDay(text.slice(0, 10))) return null
  const moment = new Date(ms).toISOString()
  return isExistingMoment(moment) ? moment : null
}

function existingDay(day: string): boolean {
  return new Date(`${day}T00:00:00.000Z`).toISOString().startsWith(day)
}

/** Whether a text is a moment in our own form that Postgres can hold: it has no year 0. */
export function isExistingMoment(text: string): boolean {
  if (!isTimestamp(text) || text.startsWith('0000')) return false
  return new Date(text).toISOString() === text
}

/** What a schema asks for, in words. */
export function expected(schema: JsonSchema): string {
  if (Array.isArray(schema.enum)) return `one of ${schema.enum.join(', ')}`
  if (typeof schema.format === 'string') return formats[schema.format]?.expected ?? schema.format
  if (schema.type === 'boolean') return 'true or false'
  if (schema.type === 'integer') return `an integer${range(schema)}`
  if (schema.type === 'number') return `a number${range(schema)}`
  if (typeof schema.pattern === 'string') return `text like ${schema.pattern}`
  return `text of 1 to ${schema.maxLength} characters`
}

function range({ minimum, maximum }: JsonSchema): string {
  const safe = [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER] as unknown[]
  if (safe.includes(minimum) && safe.includes(maximum)) return ''
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`
  return minimum === undefined ? '' : ` of at least ${minimum}`
}
