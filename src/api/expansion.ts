import type { Fields, Kind } from '../model/field.ts'
import { objectNamed } from '../model/index.ts'
import type { ObjectType } from '../model/object.ts'
import { attributeOf, nameIn, type Version } from '../model/versions.ts'
import type { Expansion } from '../store/expand.ts'
import type { Parameter } from './parameter.ts'
import { Problem } from './problem.ts'
import { nearest } from './suggest.ts'

export const expansion_depth_max = 4
export const expansion_paths_max = 20

/** The parameter that asks for expansions of an object's answers. */
export function expandParameter(type: ObjectType): Parameter {
  const names = [...expandable(type).keys()]
  return {
    name: 'expand',
    in: 'query',
    description: `Replaces ids by the objects they name. Paths of up to ${expansion_depth_max} names: ${names.join(', ')}, and on from there. In lists, a leading \`data.\` may be left out`,
    schema: { type: 'string', minLength: 1, maxLength: 200, examples: names },
    many: 'repeated',
    values_max: expansion_paths_max,
    example: names[0] ?? '',
  }
}

interface MutableExpansion {
  [attribute: string]: MutableExpansion
}

/** Checks expansion paths against the model. Throws a Problem naming the possible ones. */
export function readExpansion(
  type: ObjectType,
  paths: readonly string[],
  version: Version,
): Expansion {
  const expansion: MutableExpansion = {}
  for (const path of paths) {
    const edges = edgesOf(type, path, version)
    let at = expansion
    for (const name of edges) {
      at[name] ??= {}
      at = at[name]
    }
  }
  return expansion
}

/** The attributes that a path goes through, without the names of hashes and `data`. */
function edgesOf(type: ObjectType, path: string, version: Version): string[] {
  const edges: string[] = []
  let here: Place = { types: [type], inside: null, list: true }
  for (const word of path.split('.')) {
    if (word === 'data' && here.list) {
      here = { ...here, list: false }
      continue
    }
    const next = step(here, attributeOf(version, capitalised(word)))
    if (next === null) throw unknownPath(path, { word, here, version })
    if (next.edge !== null) edges.push(next.edge)
    here = next.place
  }
  const last = here.inside === null ? null : 'a name inside it'
  if (last !== null || edges.length === 0) throw unknownPath(path, { word: '', here, version })
  if (edges.length > expansion_depth_max) {
    throw bad(`${path} is ${edges.length} names deep, the limit is ${expansion_depth_max}`)
  }
  return edges
}

interface Place {
  readonly types: readonly ObjectType[]
  /** The parts of the hash that the path has just named. */
  readonly inside: Fields | null
  /** Whether a `data` may follow. */
  readonly list: boolean
}

interface Step {
  readonly edge: string | null
  readonly place: Place
}

function step(here: Place, word: string): Step | null {
  const edges = here.inside ? linksIn(here.inside) : unionOf(here.types.map(expandable))
  const kind = edges.get(word)
  if (kind) {
    const types = kind.targets.map(objectNamed)
    return { edge: word, place: { types, inside: null, list: kind.back !== undefined } }
  }
  const hash = here.types.map((type) => own(type.attributes, word)).find((found) => found?.parts)
  if (here.inside || !hash?.parts || linksIn(hash.parts).size === 0) return null
  return { edge: null, place: { types: here.types, inside: hash.parts, list: false } }
}

/** Expandable attributes of an object, those inside its hashes by their own names too. */
export function expandable(type: ObjectType): Map<string, Kind> {
  const inHashes = Object.values(type.attributes).flatMap((kind) =>
    kind.parts ? [...linksIn(kind.parts)] : [],
  )
  return new Map([...linksIn(type.attributes), ...inHashes])
}

function linksIn(fields: Fields): Map<string, Kind> {
  return new Map(Object.entries(fields).filter(([, kind]) => kind.targets.length > 0))
}

function unionOf(maps: readonly Map<string, Kind>[]): Map<string, Kind> {
  return new Map(maps.flatMap((map) => [...map]))
}

/** An attribute by name; never something that every JavaScript object has. */
function own(fields: Fields, name: string): Kind | undefined {
  return Object.hasOwn(fields, name) ? fields[name] : undefined
}

function capitalised(word: string): string {
  return /^ledgeraccountid$/i.test(word) ? 'ledgerAccountId' : word
}

function unknownPath(
  path: string,
  { word, here, version }: { word: string; here: Place; version: Version },
): Problem {
  const links = here.inside ? linksIn(here.inside) : unionOf(here.types.map(expandable))
  const possible = [...links.keys()].map((name) => nameIn(version, name))
  const near = nearest(word, possible)
  const where = here.types.map((type) => type.name).join(' or ')
  const hint = near === null ? '' : `, did you mean ${near}?`
  return bad(
    `unknown expansion ${JSON.stringify(path.slice(0, 80))}${hint} Expandable in ${where}: ${possible.join(', ')}`,
  )
}

function bad(detail: string): Problem {
  return new Problem({ code: 'bad_parameter', detail: `expand: ${detail}`, param: 'expand' })
}
