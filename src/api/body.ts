import type { ErrorObject } from 'ajv'
import type { JsonSchema } from '../model/field.ts'
import { newValidator } from '../model/validate.ts'
import { attributeOf, nameIn, type Version } from '../model/versions.ts'
import type { BodySpec } from './operation.ts'
import { type Fault, Problem, shown } from './problem.ts'
import { didYouMean } from './suggest.ts'
import { schemaIn } from './version_names.ts'

export type BodyReader = (body: unknown) => unknown

const faults_max = 10
const depth_max = 20

const ajv = newValidator()
// A body can be wrong in several places; who corrects it wants to hear of all.
ajv.opts.allErrors = true

/** Checks bodies of one operation; gives them in the current version's names. */
export function bodyReader({ schema }: BodySpec, version: Version): BodyReader {
  const ours = schemaIn(version, schema)
  const check = ajv.compile(ours as JsonSchema & object)
  const nothing = check({})
  return (body) => {
    if (body === undefined && nothing) return {}
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
      throw invalid([{ param: 'body', detail: `body: expected a JSON object, got ${shown(body)}` }])
    }
    const folded = renamed(body, (name) => capitalised(name, version))
    assertStorable(folded)
    if (!check(folded)) throw invalid(faultsOf(check.errors ?? [], folded, ours))
    return renamed(folded, (name) => attributeOf(version, name))
  }
}

/** The source dictionary's other spellings of its names. */
function capitalised(name: string, version: Version): string {
  const known = nameIn(version, 'ledgerAccountId')
  return name.toLowerCase() === known.toLowerCase() ? known : name
}

function renamed(value: unknown, rename: (name: string) => string, depth = 0): unknown {
  if (depth > depth_max) {
    throw invalid([{ param: 'body', detail: `body: expected at most ${depth_max} levels` }])
  }
  if (Array.isArray(value)) return value.map((one) => renamed(one, rename, depth + 1))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, held]) => [rename(name), renamed(held, rename, depth + 1)]),
  )
}

/** Text that Postgres cannot hold is refused wherever it stands. */
function assertStorable(value: unknown, at = '') {
  if (typeof value === 'string' && (value.includes('\0') || !value.isWellFormed())) {
    const param = at === '' ? 'body' : at
    throw invalid([{ param, detail: `${param}: expected well-formed text without NUL` }])
  }
  if (typeof value !== 'object' || value === null) return
  for (const [name, held] of Object.entries(value)) {
    const inside = at === '' ? name : `${at}.${name}`
    assertStorable(name, inside)
    assertStorable(held, inside)
  }
}

function faultsOf(errors: readonly ErrorObject[], body: unknown, schema: JsonSchema): Fault[] {
  return errors.slice(0, faults_max).map((error) => {
    const path = error.instancePath.split('/').slice(1).map(unescaped)
    const params = error.params as Record<string, unknown>
    const missing = params.missingProperty ?? params.additionalProperty
    const at = missing === undefined ? path : [...path, String(missing)]
    const param = at.join('.').slice(0, 200) || 'body'
    const value = path.reduce<unknown>((held, part) => (held as Held)?.[part], body)
    return { param, detail: `${param}: ${sentence(error, { value, schema, param })}` }
  })
}

type Held = Readonly<Record<string, unknown>> | undefined

function unescaped(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~')
}

function sentence(
  { keyword, params, message }: ErrorObject,
  { value, schema, param }: { value: unknown; schema: JsonSchema; param: string },
): string {
  if (keyword === 'required') return 'expected a value, got nothing'
  if (keyword === 'additionalProperties') {
    const known = Object.keys((schema.properties as object | undefined) ?? {})
    return `not known here${didYouMean(param, known) || ` (known: ${known.join(', ')})`}`
  }
  if (keyword === 'enum') {
    return `expected one of ${(params.allowedValues as unknown[]).join(', ')}, got ${shown(value)}`
  }
  return `expected it ${message?.replace(/^must /, 'to ')}, got ${shown(value)}`
}

function invalid(errors: readonly Fault[]): Problem {
  const [first] = errors
  return new Problem({
    code: 'invalid_body',
    detail: first?.detail ?? 'body: breaks its schema',
    param: first?.param ?? 'body',
    errors,
  })
}
