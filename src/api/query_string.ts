import type { Version } from '../model/versions.ts'
import {
  type Parameter,
  parameterNameIn,
  readValue,
  type Value,
  values_max_default,
} from './parameter.ts'
import { badParameter, missingParameter, Problem } from './problem.ts'
import { didYouMean } from './suggest.ts'

/** The values that a request gave, by the current version's names of its parameters. */
export type Given = ReadonlyMap<string, Value | readonly Value[]>

const query_length_max = 8_000
const pairs_max = 200

/** Reads query strings of one operation in one version. Throws a Problem on the first fault. */
export function queryReader(parameters: readonly Parameter[], version: Version) {
  const known = namesOf(parameters, version)
  const required = parameters.filter((p) => p.in === 'query' && p.required)
  return (raw: string): Given => {
    const given = new Map<string, Value | Value[]>()
    for (const [name, text] of pairsOf(raw)) take(given, known, { name, text })
    for (const { name, description } of required) {
      if (!given.has(name)) throw missingParameter(parameterNameIn(version, name), description)
    }
    return given
  }
}

/** How a name in the query string is to be read. */
interface Known {
  readonly parameter: Parameter
  /** As the version calls it, for errors. */
  readonly name: string
  /** Whether one value may hold several, separated by commas. */
  readonly commas: boolean
}

/** Every way in which the parameters can be written. */
function namesOf(parameters: readonly Parameter[], version: Version): Map<string, Known> {
  const known = new Map<string, Known>()
  for (const parameter of parameters) {
    if (parameter.in !== 'query') continue
    const name = parameterNameIn(version, parameter.name)
    known.set(normal(name), { parameter, name, commas: Boolean(parameter.many) })
    if (parameter.filter?.operator === 'eq') {
      known.set(normal(`${name}[eq]`), { parameter, name, commas: false })
    }
    if (parameter.many) {
      const several = `${name.replace(/\[in\]$/, '')}[]`
      // A filter's value may hold a comma, as names do.
      const commas = parameter.many === 'repeated'
      known.set(normal(several), { parameter, name: several, commas })
    }
  }
  return known
}

/** The source dictionary writes `Id` and `ledgerAccountid` too: their capitals do not count. */
function normal(name: string): string {
  return /^(id|ledgeraccountid|ledger_id)(\[|$)/i.test(name) ? name.toLowerCase() : name
}

function take(
  given: Map<string, Value | Value[]>,
  known: ReadonlyMap<string, Known>,
  { name, text }: { name: string; text: string },
) {
  const found = known.get(normal(name)) ?? known.get(normal(name.replace(/\[\d{1,4}\]$/, '[]')))
  if (!found) throw unknownParameter(name, known)
  const { parameter, commas } = found
  if (!parameter.many) {
    if (given.has(parameter.name)) throw badParameter(name, 'it to be given once', text)
    given.set(parameter.name, readValue(parameter, name, text))
    return
  }
  const texts = commas ? text.split(',') : [text]
  const values = (given.get(parameter.name) as Value[] | undefined) ?? []
  const most = parameter.values_max ?? values_max_default
  if (values.length + texts.length > most) {
    throw badParameter(name, `at most ${most} values`, values.length + texts.length)
  }
  for (const one of texts) values.push(readValue(parameter, name, one))
  given.set(parameter.name, values)
}

const names_shown = 12

function unknownParameter(name: string, known: ReadonlyMap<string, Known>): Problem {
  const names = [...known.values()].map((one) => one.name)
  const first = [...new Set(names)].slice(0, names_shown).join(', ')
  const hint = didYouMean(name, new Set(names)) || `; known here are ${first || 'none'} …`
  const detail = `unknown parameter ${JSON.stringify(name.toWellFormed().slice(0, 80))}${hint}`
  return new Problem({ code: 'unknown_parameter', detail, param: name.slice(0, 80) })
}

/** The names and values of a query string, decoded. */
function pairsOf(raw: string): [string, string][] {
  if (raw === '') return []
  if (raw.length > query_length_max) {
    throw badParameter('query', `at most ${query_length_max} characters`, raw.length)
  }
  const parts = raw.split('&').filter(Boolean)
  if (parts.length > pairs_max) {
    throw badParameter('query', `at most ${pairs_max} parameters`, parts.length)
  }
  return parts.map((part) => {
    const at = part.indexOf('=')
    const name = at < 0 ? part : part.slice(0, at)
    return [decoded(name, name), decoded(at < 0 ? '' : part.slice(at + 1), name)]
  })
}

function decoded(text: string, name: string): string {
  if (!/[%+]/.test(text)) return text
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw badParameter(name, 'percent-encoded UTF-8', text)
  }
}
