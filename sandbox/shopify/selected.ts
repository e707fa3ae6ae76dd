import type { Field } from './cost.ts'

// What a selection takes of a value: nothing that was not asked for.
export function selected(value: unknown, fields: readonly Field[]): unknown {
  if (fields.length === 0 || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((one) => selected(one, fields))
  const held = value as Record<string, unknown>
  const taken: Record<string, unknown> = {}
  for (const { name, on, fields: inner } of fields) {
    if (on === null) taken[name] = selected(held[name], inner)
    else if (fits(held, on)) Object.assign(taken, selected(held, inner))
  }
  return taken
}

// What has no type of its own in here is what it was asked for as.
function fits({ __typename }: Record<string, unknown>, on: string): boolean {
  return __typename === undefined || __typename === on || on.startsWith('Base')
}
