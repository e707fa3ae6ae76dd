import type { Fields, Kind } from '../model/field.ts'
import { objectNamed } from '../model/index.ts'
import { listId, type ObjectType, recordId } from '../model/object.ts'
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

/** The filters a list takes on an attribute, as they are written in a request. */
export function filterText({ name, kind }: Listed): string {
  if (!kind.filter || name.includes('[]')) return ''
  return kind.operators
    .map((operator) => code(operator === 'eq' ? `${name}=` : `${name}[${operator}]=`))
    .join(' ')
}

/** Whose records the pages show. */
const shown = {
  ledgerAccountId: `la_${'5eed'.repeat(7)}`,
  partnerSource: 'stripe',
  partnerAccountId: 'acct_1032D82eZvKYlo2C',
}

/** A value an attribute of an object may have. */
export function exampleOf(type: ObjectType, name: string, kind: Kind): unknown {
  if (name === 'id') return exampleId(type)
  const target = kind.targets[0]
  if (target === undefined) return kind.parts ? exampleParts(type, kind) : kind.example
  return kind.back
    ? listId(type, objectNamed(target), exampleId(type))
    : exampleId(objectNamed(target))
}

function exampleParts(type: ObjectType, { parts = {}, many }: Kind): unknown {
  const group = Object.fromEntries(
    Object.entries(parts).map(([name, kind]) => [name, exampleOf(type, name, kind)]),
  )
  return many ? [group] : group
}

function exampleId(type: ObjectType): string {
  if (type.name === 'ledger_account') return shown.ledgerAccountId
  return recordId(type, shown, 'example')
}

/** A record in which every attribute has its example. What tells of a deletion is empty. */
export function exampleRecord(type: ObjectType): { readonly [attribute: string]: unknown } {
  const entries = Object.entries(type.attributes).map(([name, kind]) => {
    const isDeletion = name === 'deletedDate' || name === 'deletionEvidence'
    return [name, isDeletion ? null : exampleOf(type, name, kind)]
  })
  return Object.fromEntries(entries)
}
