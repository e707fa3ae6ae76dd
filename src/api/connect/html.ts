/** Text that is HTML already, as `html` makes it. */
export interface Html {
  readonly html: string
}

type Part = string | number | Html | readonly Html[] | null

/** HTML in which every value that is put in is text, unless it is HTML itself. */
export function html(strings: TemplateStringsArray, ...values: readonly Part[]): Html {
  const parts = strings.map((text, i) => `${text}${i < values.length ? shown(values[i]) : ''}`)
  return { html: parts.join('') }
}

function shown(value: Part | undefined): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map(shown).join('')
  if (typeof value === 'object') return (value as Html).html
  return String(value).replaceAll(/[&<>"']/g, (sign) => escapes[sign] ?? '')
}

const escapes: { readonly [sign: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
