/** A JSON Schema (2020-12) fragment. */
export type JsonSchema = { readonly [keyword: string]: unknown }

export const operators = ['eq', 'in', 'gt', 'gte', 'lt', 'lte', 'prefix'] as const
export type Operator = (typeof operators)[number]

/**
 * The kind of an attribute: one row that carries all any reader needs, so that no reader
 * switches on kinds. `T` is the TypeScript type of a known (non-null) value.
 */
export interface Kind<T = unknown> {
  readonly kind: string
  readonly description: string
  /** Schema of a known value; every attribute may also be null unless `required`. */
  readonly json: JsonSchema
  /** Type of the column, where the attribute has one. */
  readonly sql: string
  readonly operators: readonly Operator[]
  readonly pii: boolean
  /** Has its own column, and can be filtered by. */
  readonly filter: boolean
  /** False where values are too few for an index of its own; the list's index serves then. */
  readonly index: boolean
  readonly required: boolean
  /** Objects an id may name; makes the attribute expandable. */
  readonly targets: readonly string[]
  /** On a list: the attribute of the target that points back at this object. */
  readonly back?: string
  /** On a hash, and on a list of hashes: its parts. */
  readonly parts?: Fields
  /** A list of hashes rather than one. */
  readonly many?: boolean
  readonly example: unknown
  /** Only for the type checker; never holds a value. */
  readonly type?: T
}

/** A list attribute: its value is computed from the record's id, never mapped. */
export interface ListKind extends Kind<string> {
  readonly back: string
}

export type Fields = { readonly [name: string]: Kind }

export interface FieldOptions {
  readonly pii?: boolean
  readonly filter?: boolean
  readonly index?: boolean
  readonly required?: boolean
  readonly example?: unknown
}

interface KindRow {
  readonly json: JsonSchema
  readonly sql: string
  readonly operators: readonly Operator[]
  readonly example: unknown
  readonly index?: boolean
}

const equality = ['eq', 'in'] as const
const range = ['eq', 'gt', 'gte', 'lt', 'lte'] as const

/** Longest text an attribute may hold; partners' own limits are far below it. */
export const text_length_max = 20_000

/** The plain kinds. A new one is one row here and one constructor below. */
const rows = {
  string: {
    json: { type: 'string', minLength: 1, maxLength: text_length_max },
    sql: 'text',
    operators: ['eq', 'in', 'prefix'],
    example: 'Furrow Farm Ltd',
  },
  email: {
    json: { type: 'string', minLength: 1, maxLength: text_length_max },
    sql: 'text',
    operators: ['eq', 'in'],
    example: 'ada@example.com',
  },
  amount: {
    json: {
      type: 'integer',
      minimum: Number.MIN_SAFE_INTEGER,
      maximum: Number.MAX_SAFE_INTEGER,
      description: "Integer in the currency's minor unit",
    },
    sql: 'bigint',
    operators: range,
    example: 1999,
  },
  integer: {
    json: {
      type: 'integer',
      minimum: Number.MIN_SAFE_INTEGER,
      maximum: Number.MAX_SAFE_INTEGER,
    },
    sql: 'bigint',
    operators: range,
    example: 1,
  },
  rate: { json: { type: 'number' }, sql: 'double precision', operators: range, example: 1.0842 },
  currency: {
    json: { type: 'string', format: 'currency' },
    sql: 'text',
    operators: equality,
    example: 'EUR',
    index: false,
  },
  country: {
    json: { type: 'string', pattern: '^[A-Z]{2}$' },
    sql: 'text',
    operators: equality,
    example: 'SE',
  },
  timestamp: {
    json: { type: 'string', format: 'timestamp' },
    sql: 'timestamptz',
    operators: range,
    example: '2026-03-14T09:26:53.000Z',
  },
  boolean: { json: { type: 'boolean' }, sql: 'boolean', operators: ['eq'], example: true },
  url: {
    json: { type: 'string', minLength: 1, maxLength: text_length_max },
    sql: 'text',
    operators: ['eq'],
    example: 'https://example.com/invoices/42',
  },
} as const satisfies Record<string, KindRow>

function plain<T>(kind: keyof typeof rows) {
  return (description: string, options: FieldOptions = {}): Kind<T> => ({
    ...defaults,
    ...rows[kind],
    ...options,
    kind,
    description,
  })
}

const defaults = {
  pii: false,
  filter: false,
  index: true,
  required: false,
  targets: [] as readonly string[],
}

export const string = plain<string>('string')
/** An e-mail address as the partner has it; compared without regard to case. */
export const email = plain<string>('email')
/** Money: a safe integer in the minor unit of the currency named beside it. */
export const amount = plain<number>('amount')
export const integer = plain<number>('integer')
/** A ratio such as an exchange rate. Never money. */
export const rate = plain<number>('rate')
/** ISO 4217, upper case. */
export const currency = plain<string>('currency')
/** ISO 3166-1 alpha-2, upper case; user-assigned codes such as XK are kept. */
export const country = plain<string>('country')
/** RFC 3339, UTC, milliseconds: `2026-03-14T09:26:53.000Z`. */
export const timestamp = plain<string>('timestamp')
export const boolean = plain<boolean>('boolean')
export const url = plain<string>('url')

/** One of a closed list of words. */
export function enumOf<const W extends readonly string[]>(
  words: W,
  description: string,
  options: FieldOptions = {},
): Kind<W[number]> {
  return {
    ...defaults,
    kind: 'enum',
    description,
    json: { type: 'string', enum: words },
    sql: 'text',
    operators: equality,
    example: words[0],
    ...options,
  }
}

/** An id of a record of ours, expandable into the object it names. Always filterable. */
export function idOf(
  target: string | readonly string[],
  description: string,
  options: FieldOptions = {},
): Kind<string> {
  return {
    ...defaults,
    kind: 'id',
    description,
    json: { type: 'string', minLength: 1, maxLength: 80 },
    sql: 'text',
    operators: equality,
    targets: typeof target === 'string' ? [target] : target,
    example: null,
    filter: true,
    ...options,
  }
}

/** A computed list id; expands to the records of `target` whose `back` names this object. */
export function listOf(target: string, back: string, description: string): ListKind {
  return {
    ...defaults,
    kind: 'list',
    description,
    json: { type: 'string', minLength: 1, maxLength: 80 },
    sql: 'text',
    operators: [],
    targets: [target],
    back,
    required: true,
    example: null,
  }
}

type ValueOf<F extends Fields> = {
  [K in keyof F]: F[K] extends Kind<infer T> ? T | null : never
}

/** A group of parts under one name. Its parts are filtered by as `address.country`. */
export function hash<F extends Fields>(
  parts: F,
  description: string,
  options: FieldOptions = {},
): Kind<ValueOf<F>> {
  return {
    ...defaults,
    kind: 'hash',
    description,
    json: schemaOfFields(parts),
    sql: 'jsonb',
    operators: [],
    parts,
    example: exampleOf(parts),
    ...options,
  }
}

/** A list of groups, such as line items. Always a list, empty where there are none. */
export function hashes<F extends Fields>(
  parts: F,
  description: string,
  options: FieldOptions = {},
): Kind<ValueOf<F>[]> {
  return {
    ...defaults,
    kind: 'list of hash',
    description,
    json: { type: 'array', items: schemaOfFields(parts), maxItems: 100_000 },
    sql: 'jsonb',
    operators: [],
    parts,
    many: true,
    required: true,
    example: [exampleOf(parts)],
    ...options,
  }
}

/** Schema of a value that may be unknown. */
export function schemaOf(kind: Kind): JsonSchema {
  const described = { ...kind.json, description: kind.description }
  if (kind.required) return described
  const { type, enum: words } = kind.json
  return {
    ...described,
    type: [type, 'null'],
    ...(Array.isArray(words) ? { enum: [...words, null] } : {}),
  }
}

export function schemaOfFields(fields: Fields): JsonSchema {
  return {
    type: 'object',
    properties: mapFields(fields, schemaOf),
    required: Object.keys(fields),
    additionalProperties: false,
  }
}

export function mapFields<R>(fields: Fields, read: (kind: Kind, name: string) => R) {
  return Object.fromEntries(Object.entries(fields).map(([name, kind]) => [name, read(kind, name)]))
}

function exampleOf(fields: Fields) {
  return mapFields(fields, (kind) => kind.example)
}
