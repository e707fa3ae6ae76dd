import { importText, quote } from './new_partner_text.ts'

const columns_max = 100

export interface Entry {
  /** The member of the list: `acme`, or `acme: createAcme`. */
  readonly member: string
  readonly imported: string
  readonly from: string
}

// What follows the members ends where the paragraph does: the formatter may have broken it.
const list_pattern = /^export const partners = \{([^{}]*)\} (as const\b[^\n]*(?:\n[^\n]+)*)/m

/** A list of partners with one more: its import in its place, its line at the end. */
export function withEntry(path: string, text: string, { member, imported, from }: Entry): string {
  const list = list_pattern.exec(text)
  if (!list) throw new Error(`${path}: expected "export const partners = {…} as const", got none`)
  const [whole, members = '', rest = ''] = list
  const longer = listText(members, member, inOneLine(rest))
  return withImport(
    text.replace(whole, () => longer),
    importText([imported], from),
    from,
  )
}

function listText(members: string, member: string, rest: string): string {
  const all = [...members.split(',').map((one) => one.trim()), member].filter((one) => one !== '')
  const line = `export const partners = { ${all.join(', ')} } ${rest}`
  if (!members.includes('\n') && line.length <= columns_max) return line
  return `export const partners = {\n${all.map((one) => `  ${one},\n`).join('')}} ${rest}`
}

function inOneLine(rest: string): string {
  return rest
    .replace(/<\s+/g, '<')
    .replace(/,?\s+>/g, '>')
    .replace(/\s+/g, ' ')
}

/** Imports stand in the order of what they name. */
function withImport(text: string, line: string, from: string): string {
  const lines = text.split('\n')
  const isImport = (one: string) => /^import .* from '/.test(one)
  const later = lines.findIndex((one) => isImport(one) && sourceOf(one) > from)
  const at = later >= 0 ? later : lines.findLastIndex(isImport) + 1
  return [...lines.slice(0, at), line, ...lines.slice(at)].join('\n')
}

function sourceOf(line: string): string {
  return line.slice(line.lastIndexOf(' ') + 1).slice(1, -1)
}

/** Whether a list has a partner already. */
export function hasEntry(text: string, name: string): boolean {
  return text.includes(quote(`./${name}/index.ts`)) || text.includes(quote(`./${name}/partner.ts`))
}
