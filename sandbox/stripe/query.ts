// The query as Stripe reads it: a=1, a[]=1, a[0]=1, a[gte]=1.
import { invalidInteger, refusal, unknownParameter } from './errors.ts'

export type Param = { name: string; value?: string; list?: string[]; parts?: Map<string, string> }
export type Params = Map<string, Param>

const PARAMETER = /^([a-z_]+)(?:\[([a-z_]*|\d+)\])?$/

export function parseQuery(query: string): Params {
  const params: Params = new Map()
  for (const [written, value] of new URLSearchParams(query)) {
    const [, name, part] = PARAMETER.exec(written) ?? []
    if (name === undefined) throw unknownParameter(written)
    const param = params.get(name) ?? { name }
    params.set(name, param)
    if (part === undefined) param.value = value
    else if (part === '' || /^\d+$/.test(part)) param.list = [...(param.list ?? []), value]
    else param.parts = new Map([...(param.parts ?? []), [part, value]])
  }
  return params
}

export function textOf(param: Param): string {
  if (param.value === undefined || param.list || param.parts) throw invalid(param, 'string')
  return param.value
}

export function listOf(param: Param): string[] {
  if (!param.list || param.parts) throw invalid(param, 'array')
  return param.list
}

export function integerOf(name: string, text: string): number {
  if (!/^-?\d{1,15}$/.test(text)) throw invalidInteger(name, text)
  return Number(text)
}

export function flagOf(param: Param): boolean {
  const text = textOf(param)
  if (text === 'true' || text === 'false') return text === 'true'
  throw refusal(400, { message: `Invalid boolean: ${text}`, param: param.name })
}

export function choiceOf(param: Param, choices: readonly string[]): string {
  const text = textOf(param)
  if (choices.includes(text)) return text
  const message = `Invalid ${param.name}: must be one of ${choices.join(', ')}`
  throw refusal(400, { message, param: param.name })
}

export type Range = { from: number; until: number }

// From is included, until is not; both are whole seconds.
const BOUNDS: Record<string, (range: Range, at: number) => Range> = {
  gt: (range, at) => ({ ...range, from: Math.max(range.from, at + 1) }),
  gte: (range, at) => ({ ...range, from: Math.max(range.from, at) }),
  lt: (range, at) => ({ ...range, until: Math.min(range.until, at) }),
  lte: (range, at) => ({ ...range, until: Math.min(range.until, at + 1) }),
}

export const ALWAYS: Range = { from: -Infinity, until: Infinity }

export function rangeOf(param: Param): Range {
  if (param.value !== undefined) {
    const at = integerOf(param.name, param.value)
    return { from: at, until: at + 1 }
  }
  if (!param.parts) throw invalid(param, 'object')
  let range = ALWAYS
  for (const [part, text] of param.parts) {
    const bound = BOUNDS[part]
    if (!bound) throw unknownParameter(`${param.name}[${part}]`)
    range = bound(range, integerOf(`${param.name}[${part}]`, text))
  }
  return range
}

function invalid({ name }: Param, expected: string) {
  return refusal(400, { message: `Invalid ${expected}`, param: name })
}
