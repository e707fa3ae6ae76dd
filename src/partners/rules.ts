import { objectNamed } from '../model/index.ts'
import { recordId } from '../model/object.ts'
import { countryCode } from './country.ts'
import {
  clean,
  isRule,
  type Payload,
  pathReader,
  type Rule,
  readerOf,
  ruleOf,
  type Source,
} from './rule.ts'

/** The partner has no such thing; the reason is printed on its page. */
export function absent(reason: string): Rule<never> {
  return { rule: 'absent', paths: [], note: reason, read: () => null }
}

/** The same value on every record of the mapping. */
export function constant<const T>(value: T): Rule<T> {
  return { rule: 'constant', paths: [], note: JSON.stringify(value), read: () => value }
}

/** Lower- or mixed-case codes, such as currencies, in upper case. */
export function upper(at: string): Rule<string> {
  return reading('upper case', at, (value) =>
    typeof value === 'string' ? value.toUpperCase() : value,
  )
}

/** A country as ISO 3166-1 alpha-2, from a code or an English name; null if it is neither. */
export function countryOf(at: string): Rule<string> {
  return reading('country', at, (value) => (typeof value === 'string' ? countryCode(value) : value))
}

/** A time as ISO 8601 with its offset, or `Z`; where a partner leaves both out, it means UTC. */
export function isoTime(at: string): Rule<string> {
  return reading('ISO 8601', at, (value) => (typeof value === 'string' ? timeOfText(value) : value))
}

const day_only = /^\d{4}-\d\d-\d\d$/
const zone = /(?:[Zz]|[+-]\d\d(?::?\d\d)?)$/

/** An ISO 8601 text as our time; what is none is left for validation to refuse. */
export function timeOfText(text: string): string {
  const whole = day_only.test(text) || zone.test(text) ? text : `${text}Z`
  const time_ms = Date.parse(whole.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'))
  return Number.isNaN(time_ms) ? text : new Date(time_ms).toISOString()
}

/** An id that the partner writes as a number or a text; 0 and "" name nothing. */
export function idText(at: string): Rule<string> {
  return reading('id', at, (value) => referenceId(value) ?? (value === 0 ? null : value))
}

/** Seconds since 1970. */
export function unixTime(at: string): Rule<string> {
  return reading('Unix seconds', at, timeOfSeconds)
}

/** Seconds since 1970 as our time; anything else is left for validation to refuse. */
export function timeOfSeconds(value: unknown): unknown {
  if (typeof value !== 'number' || !(Math.abs(value) <= 8.64e12)) return value
  if (!Number.isInteger(value)) return new Date(value * 1000).toISOString()
  const day = Math.floor(value / 86_400)
  const minute = Math.floor((value - day * 86_400) / 60)
  const hour = Math.floor(minute / 60)
  const second = value - day * 86_400 - minute * 60
  return `${dayText(day)}${two[hour]}:${two[minute - hour * 60]}:${two[second]}.000Z`
}

const two = Array.from({ length: 60 }, (_, number) => `${number}`.padStart(2, '0'))

const days_kept_max = 4096
const dayTexts = new Map<number, string>()

// Writing a date out costs as much as all the rest of a record; most records share few days.
function dayText(day: number): string {
  const known = dayTexts.get(day)
  if (known !== undefined) return known
  if (dayTexts.size >= days_kept_max) dayTexts.clear()
  const whole = new Date(day * 86_400_000).toISOString()
  const text = whole.slice(0, whole.indexOf('T') + 1)
  dayTexts.set(day, text)
  return text
}

/** What a source gives; a path may give anything, which only validation can tell. */
type Given<S> = S extends Rule<infer T> ? T : never

/** The first of several sources that says something. */
export function oneOf<S extends readonly Source<unknown>[]>(...sources: S): Rule<Given<S[number]>> {
  const rules = sources.map((source) => ruleOf(source) as Rule<Given<S[number]>>)
  return {
    rule: 'first of',
    paths: rules.flatMap((rule) => rule.paths),
    read(payload, context) {
      for (const rule of rules) {
        const value = rule.read(payload, context)
        if (value !== null && value !== undefined) return value
      }
      return null
    },
  }
}

/** The partner's words folded into ours; unknown ones become `otherwise`, none becomes null. */
export function fold<const T extends string>(
  at: string,
  table: { readonly [theirs: string]: T },
  otherwise: T,
): Rule<T> {
  return {
    ...reading('fold', at, (value) => {
      return value === null ? null : (wordIn(table, value) ?? otherwise)
    }),
    note: foldNote(table, otherwise),
  } as Rule<T>
}

/** What a table says of a partner's word; nothing for words that every object knows. */
export function wordIn<T>(table: { readonly [word: string]: T }, word: unknown): T | undefined {
  return typeof word === 'string' && Object.hasOwn(table, word) ? table[word] : undefined
}

function foldNote(table: { readonly [theirs: string]: string }, otherwise: string): string {
  const pairs = Object.entries(table).map(([theirs, ours]) => `${theirs} → ${ours}`)
  return [...pairs, `else ${otherwise}`].join(', ')
}

/** Our id of the record a reference names: an id, or an object that has one. */
export function link(target: string, source: Source<string>): Rule<string> {
  const inner = ruleOf(source as Source<unknown>) as Rule
  return {
    rule: `link to ${target}`,
    paths: inner.paths,
    ...(inner.note ? { note: inner.note } : {}),
    read(payload, context) {
      const value = inner.read(payload, context)
      if (value === undefined) return undefined
      const named = referenceId(value)
      return named === null ? null : recordId(objectNamed(target), context, named)
    },
  }
}

/** The id in a reference that may be an id, an object with one, or nothing. */
export function referenceId(value: unknown): string | null {
  const id = typeof value === 'object' ? (value as { id?: unknown } | null)?.id : value
  if (typeof id === 'number') return Number.isSafeInteger(id) && id !== 0 ? `${id}` : null
  return typeof id === 'string' && id !== '' ? id : null
}

/** The partner id of the parent the payload was listed under; undefined elsewhere. */
export function parent(name: string): Rule<string> {
  return {
    rule: 'parent',
    paths: [],
    note: `the ${name} it was listed under`,
    read: (_payload, context) => context.parent?.[name],
  }
}

/** Not told here, but by the record that the named link leads to, from which ingest fills it. */
export function through(...links: readonly string[]): Rule<never> {
  const note = links.map((name) => `\`${name}\``).join(', else ')
  return { rule: 'through', paths: [], note: `of ${note}`, through: links, read: () => undefined }
}

/** A source whose silence means "not told here": what is stored stays. */
export function kept<S extends Source<unknown>>(source: S, note: string): Rule<Given<S>> {
  const inner = ruleOf(source) as Rule<Given<S>>
  return {
    ...inner,
    note,
    read: (payload, context) => inner.read(payload, context) ?? undefined,
  }
}

/** An ordinary named function over the payload, with its reason. */
export function computed<T>(
  paths: readonly string[],
  note: string,
  read: Rule<T>['read'],
): Rule<T> {
  return { rule: 'computed', paths, note, read }
}

/** A list of groups, each part read from an item of the list at a path. */
export function each<P extends { readonly [part: string]: Source<unknown> }>(
  at: string,
  parts: P,
): Rule<{ [N in keyof P]: Given<P[N]> | null }[]> {
  const get = pathReader(at)
  const rules = Object.entries(parts).map(([part, source]) => [part, ruleOf(source)] as const)
  const readers = rules.map(([part, rule]) => [part, readerOf(rule)] as const)
  return {
    rule: 'each',
    paths: rules.flatMap(([, rule]) =>
      isRule(rule) ? rule.paths.map((inner) => `${at}[].${inner}`) : [],
    ),
    read(payload, context) {
      const items = get(payload)
      if (items === undefined || items === null) return []
      // Anything but a list is left for validation to refuse.
      if (!Array.isArray(items)) return items as never
      return items.map((item: unknown) => {
        const held = typeof item === 'object' && item !== null ? (item as Payload) : {}
        const group: Record<string, unknown> = {}
        for (const [part, read] of readers) group[part] = read(held, context) ?? null
        return group
      }) as never
    },
  }
}

function reading(rule: string, at: string, convert: (value: unknown) => unknown): Rule<never> {
  const get = pathReader(at)
  return {
    rule,
    paths: [at],
    read: (payload) => {
      const value = clean(get(payload))
      return (value === null ? null : convert(value)) as never
    },
  }
}
