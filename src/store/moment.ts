/** A column of moments as milliseconds since 1970; both engines would give text. */
export function ms(column: string): string {
  return `(extract(epoch from ${column}) * 1000)::bigint`
}

/** Milliseconds since 1970 as RFC 3339; null stays null. */
export function momentOrNull(value_ms: number | null): string | null {
  return value_ms === null ? null : new Date(value_ms).toISOString()
}

/** The same for what is never null. */
export function moment(value_ms: number): string {
  return new Date(value_ms).toISOString()
}
