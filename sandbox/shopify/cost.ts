// What a query costs, by the published rule: an object is a point, a connection two points and
// those of as many objects as are asked for; texts and numbers are free.
export type Field = { name: string; args: string; on: string | null; fields: Field[] }

// The fields of a document's only operation. Documents are checked elsewhere.
export function fieldsIn(document: string): Field[] {
  const tokens: string[] = document.match(/\.\.\.|[{}]|\([^()]*\)|[A-Za-z_$][\w$]*/g) ?? []
  let at = tokens.indexOf('{') + 1
  const read = (): Field[] => {
    const fields: Field[] = []
    for (; at < tokens.length; at++) {
      const token = tokens[at] as string
      if (token === '}') return fields
      const last = fields.at(-1)
      if (token === '{') {
        at++
        if (last) last.fields = read()
      } else if (token.startsWith('(')) {
        if (last) last.args = token
      } else if (token === '...') {
        at += 2
        fields.push({ name: '...', args: '', on: tokens[at] ?? '', fields: [] })
      } else fields.push({ name: token, args: '', on: null, fields: [] })
    }
    return fields
  }
  return read()
}

// How many are asked for; null where it is no connection.
export function sizeOf({ args }: Field, first: unknown): number | null {
  const [, given] = /\bfirst:(\$\w+|\d+)/.exec(args) ?? []
  if (given === undefined) return null
  return Number(given.startsWith('$') ? (first ?? 0) : given)
}

export function costOf(fields: readonly Field[], first: unknown): number {
  const own = fields.filter(({ on }) => on === null)
  const kinds = fields.filter(({ on }) => on !== null)
  const most = Math.max(0, ...kinds.map((kind) => costOf(kind.fields, first)))
  return own.reduce((sum, field) => sum + costOfField(field, first), most)
}

function costOfField(field: Field, first: unknown): number {
  if (field.fields.length === 0 || field.name === 'pageInfo') return 0
  const size = sizeOf(field, first)
  if (size === null) return 1 + costOf(field.fields, first)
  const nodes = field.fields.find(({ name }) => name === 'nodes')
  return 2 + size * (1 + costOf(nodes?.fields ?? [], first))
}

// What an answer turned out to cost: what is not there is not paid for.
export function costOfAnswer(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + costOfAnswer(one), 0)
  const { pageInfo, ...rest } = value as Record<string, unknown>
  const inner = Object.values(rest).reduce((sum: number, one) => sum + costOfAnswer(one), 0)
  return (pageInfo === undefined ? 1 : 2) + inner
}
