// expand[]: replaces an id by the object it names, as deep as it is asked.
import type { Account } from './account.ts'
import { notExpandable, refusal } from './errors.ts'
import { EXPANDABLE, type Rule } from './expandable.ts'
import { listOf, type Params } from './query.ts'
import type { Row } from './table.ts'
import { TABLE_NAMES } from './tables.ts'
import type { Json, JsonObject, StripeObject } from './types.ts'

const LEVELS_MAX = 4
// Types whose deleted objects are still shown, as deleted.
const TOMBSTONES = ['customer', 'product']
// What a balance transaction can come from.
const MOVERS = ['charge', 'refund', 'dispute', 'payout']
// A customer's sources are of these types, so what one can expand may be asked of all.
const SOURCES = ['card', 'bank_account', 'source']

type Tree = Map<string, Tree>

export function expand(account: Account, body: JsonObject, params: Params): JsonObject {
  const asked = params.get('expand')
  return asked ? grow(account, body, treeOf(listOf(asked))) : body
}

// What a row shows: itself, or that it was deleted.
export function shown({ object, deleted }: Row): StripeObject {
  return deleted ? { id: object.id, object: object.object, deleted: true } : object
}

function treeOf(paths: string[]): Tree {
  const tree: Tree = new Map()
  for (const path of paths) {
    const steps = path.split('.')
    if (steps.length > LEVELS_MAX) {
      const message = `You cannot expand more than ${LEVELS_MAX} levels of a property (${path}).`
      throw refusal(400, { message })
    }
    let at = tree
    for (const step of steps) {
      const next: Tree = at.get(step) ?? new Map()
      at.set(step, next)
      at = next
    }
  }
  return tree
}

function grow(account: Account, object: JsonObject, tree: Tree, within = ''): JsonObject {
  const grown = { ...object }
  for (const [field, deeper] of tree) {
    const value = grownField(account, object, { field, deeper, within })
    if (value !== undefined) grown[field] = value
  }
  return grown
}

// Undefined where there is nothing to put in.
function grownField(
  account: Account,
  object: JsonObject,
  at: { field: string; deeper: Tree; within: string },
): Json | undefined {
  const { field, deeper, within } = at
  const value = object[field]
  const [type = '', prefix] = within ? within.split(' ') : [String(object.object), '']
  const path = `${prefix}${field}`
  if (type === 'list' && Array.isArray(value)) {
    return value.map((one) => (isObject(one) ? grow(account, one, deeper) : one))
  }
  // Nothing is left of a deleted object that could be expanded.
  if (object.deleted) return undefined
  const rule = EXPANDABLE[type]?.[path]
  if (rule === undefined) return grownInside(account, value, { type, path, deeper })
  const found = resolve(account, rule, { object, value })
  if (!isObject(found)) return found
  return grow(account, found, rule === 'anywhere' ? known(found, deeper) : deeper)
}

// An object that is always there in whole needs no rule to be gone through.
function grownInside(
  account: Account,
  value: Json | undefined,
  { type, path, deeper }: { type: string; path: string; deeper: Tree },
): Json | undefined {
  if (SOURCES.includes(type) && SOURCES.some((other) => path in (EXPANDABLE[other] ?? {}))) {
    return value
  }
  if (!isObject(value)) throw notExpandable(path)
  if ('object' in value) return grow(account, value, deeper)
  if (deeper.size === 0) throw notExpandable(path)
  return grow(account, value, deeper, `${type} ${path}.`)
}

// What a balance transaction comes from is of several types; what only another of them can expand
// is passed over.
function known(object: JsonObject, tree: Tree): Tree {
  const can = (type: string, field: string) => field in (EXPANDABLE[type] ?? {})
  const kept = [...tree].filter(([field]) => {
    return can(String(object.object), field) || !MOVERS.some((type) => can(type, field))
  })
  return new Map(kept)
}

function resolve(
  account: Account,
  rule: Rule,
  { object, value }: { object: JsonObject; value: Json | undefined },
): Json | undefined {
  if (rule === null) return value
  if (typeof rule === 'function') return rule(account, object)
  if (typeof value !== 'string') return value
  const row = rule === 'anywhere' ? anywhere(account, value) : account.tables[rule].get(value)
  if (!row || (row.deleted && !TOMBSTONES.includes(row.object.object))) return value
  return shown(row)
}

function anywhere({ tables }: Account, id: string): Row | undefined {
  for (const name of TABLE_NAMES) {
    const row = tables[name].get(id)
    if (row) return row
  }
  return undefined
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
