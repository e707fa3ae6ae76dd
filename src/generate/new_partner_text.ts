/** Begins every place that is still to be filled in, so that one search finds them all. */
export const mark = 'fill in'

const columns_max = 100

/** A text as the formatter quotes it. */
export function quote(text: string): string {
  const safe = text.replaceAll('\\', '\\\\')
  if (safe.includes("'") && !safe.includes('"')) return `"${safe}"`
  return `'${safe.replaceAll("'", "\\'")}'`
}

export function importText(names: readonly string[], path: string, type = false): string {
  const head = type ? 'import type' : 'import'
  const line = `${head} { ${names.join(', ')} } from ${quote(path)}`
  if (line.length <= columns_max) return line
  return `${head} {\n${names.map((name) => `  ${name},\n`).join('')}} from ${quote(path)}`
}

/** An attribute and the call that answers it, broken as the formatter would. */
export function callText(
  under: string,
  { name, call, args }: { name: string; call: string; args: readonly string[] },
): string[] {
  const line = `${under}${name}: ${call}(${args.join(', ')}),`
  if (line.length <= columns_max) return [line]
  return [`${under}${name}: ${call}(`, ...args.map((arg) => `${under}  ${arg},`), `${under}),`]
}

/** An attribute and the text that answers it. */
export function textLine(under: string, name: string, text: string): string[] {
  const line = `${under}${name}: ${quote(text)},`
  return line.length <= columns_max ? [line] : [`${under}${name}:`, `${under}  ${quote(text)},`]
}

/** A comment, in as many lines as it needs. */
export function commentLines(under: string, text: string): string[] {
  const lines: string[] = []
  let line = `${under}//`
  for (const word of text.split(/\s+/)) {
    if (line.length + 1 + word.length > columns_max) {
      lines.push(line)
      line = `${under}//`
    }
    line += ` ${word}`
  }
  return [...lines, line]
}
