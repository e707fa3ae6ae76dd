import { idExample, recordExample } from '../api/example.ts'
import { listParameters } from '../api/list_request.ts'
import type { Fields, Kind } from '../model/field.ts'
import type { ObjectType } from '../model/object.ts'
import { code, codes, link } from './markdown.ts'

/** An attribute, or a part of one, under the name that pages list it by. */
export interface Listed {
  /** `address.country`, or `line_items[].amount` inside a list. */
  readonly name: string
  readonly kind: Kind
}

/** Attributes in served order, each followed by its parts. */
export function listed(fields: Fields, under = ''): Listed[] {
  return Object.entries(fields).flatMap(([name, kind]) => {
    const own = { name: under + name, kind }
    return kind.parts
      ? [own, ...listed(kind.parts, `${own.name}${kind.many ? '[].' : '.'}`)]
      : [own]
  })
}

/** What a value is, in words: the kind, an enum's words, what an id names. */
export function typeText({ kind, json, targets, required }: Kind): string {
  const words = Array.isArray(json.enum) ? `: ${codes(json.enum as string[])}` : ''
  const named = targets.map((target) => link(target, `${target}.md`)).join(', ')
  const target = kind === 'list' ? ` of ${named}` : named && ` of ${named}`
  return `${kind}${words}${target}${required ? '' : ', or null'}`
}

/** `⤢` and what it expands to; empty where it does not. */
export function expansionText({ kind, targets }: Kind): string {
  if (targets.length === 0) return ''
  return `⤢ ${kind === 'list' ? 'list of ' : ''}${targets.join(', ')}`
}

/** The filters that lists take on an attribute, as they are written in a request. */
export function filterText(type: ObjectType, attribute: string): string {
  return listParameters(type)
    .map(({ name }) => name)
    .filter((name) => name === attribute || name.startsWith(`${attribute}[`))
    .map((name) => code(`${name}=`))
    .join(' ')
}

/** A value an attribute may have. */
export function exampleOf(type: ObjectType, { name, kind }: Listed): unknown {
  if (name === 'id' || kind.back) return recordExample(type)[name]
  const [target] = kind.targets
  return target === undefined ? kind.example : idExample(target)
}
