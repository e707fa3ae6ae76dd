/** A table; its cells are made safe, so that a bar or a line break cannot end a cell. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n')
}

function cell(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ').replaceAll(/(?<!\\)\|/g, '\\|')
}

export function code(text: string): string {
  return `\`${text.replaceAll('`', '')}\``
}

export function codes(texts: readonly string[]): string {
  return texts.map(code).join(', ')
}

export function link(text: string, target: string): string {
  return `[${text}](${target})`
}

export function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n')
}

export function json(value: unknown): string {
  return `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``
}

/** A page from its parts, those that are empty left out. */
export function page(...parts: readonly (string | null)[]): string {
  const told = parts.filter((part) => part !== null && part !== '')
  return `${told.join('\n\n')}\n`
}

/** Said on every page, so that nobody edits it by hand. */
export const generated_note =
  '<!-- Made by `npm run generate`. Change the model or the mapping. -->'
