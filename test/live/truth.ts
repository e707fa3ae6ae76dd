export const kinds = ['customers', 'products', 'orders', 'payments'] as const
export type Kind = (typeof kinds)[number]

/** Values by their place in a record of ours, as in `address.city`. */
export type Facts = { readonly [at: string]: unknown }

/** Of each kind, what a record must say, by the server's id of it. */
export type Truth = { readonly [K in Kind]: ReadonlyMap<string, Facts> }

/** Something for each kind. */
export function eachKind<T>(make: (kind: Kind) => T): { readonly [K in Kind]: T } {
  return Object.fromEntries(kinds.map((kind) => [kind, make(kind)])) as { [K in Kind]: T } // all
}

/** A reference to a record, as both sides of a comparison write it. */
export function reference(kind: Kind, id: string | null | undefined): string | null {
  return id === null || id === undefined ? null : `${kind} ${id}`
}

/** Several texts as one, where there is any. */
export function joined(...parts: readonly unknown[]): string | null {
  return text(parts.map(text).filter(Boolean).join(' '))
}

/** A text as it is; null where it is empty. */
export function text(value: unknown): string | null {
  return String(value ?? '') || null
}

/** A time as we write it; null where there is none. */
export function moment(value: unknown): string | null {
  return value ? new Date(String(value)).toISOString() : null
}

/** Facts under a place: `{city}` under `address` is `address.city`. */
export function under(place: string, facts: Facts): Facts {
  return Object.fromEntries(Object.entries(facts).map(([at, value]) => [`${place}.${at}`, value]))
}
