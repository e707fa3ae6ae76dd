/** Longest name of a partner; it is part of every path and of every record. */
export const name_length_max = 24

/** What a name would be, were it not a constant in the code as well. */
const reserved = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum ' +
    'eval export extends false finally for function if implements import in instanceof interface ' +
    'let new null package private protected public return static super switch this throw true ' +
    'try typeof undefined var void while with yield ' +
    // Names that the written files already have, and the path of the sandbox's own routes.
    'bearer clean partners streams v1'
  ).split(' '),
)

/** Why a name cannot be a partner's; null where it can. */
export function nameFault(name: string): string | null {
  const asked = `NAME: expected lower-case letters and digits, a letter first, got "${name}"`
  if (!/^[a-z][a-z0-9]*$/.test(name)) return asked
  if (name.length > name_length_max) {
    return `NAME: expected at most ${name_length_max} characters, got ${name.length}`
  }
  return reserved.has(name) ? `NAME: "${name}" is a word of the code; choose another name` : null
}

/** `Acme`: how types and titles write the name. */
export function titleOf(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1)
}
