import type { ObjectType } from '../model/object.ts'
import type { Mapping } from './mapping.ts'
import type { Partner } from './partner.ts'
import { isRule, type Rule, type RuleParts } from './rule.ts'

/** Where one attribute comes from in one kind of payload. */
export interface SourceLine {
  /** Parts under their hash: `address.city`. */
  readonly attribute: string
  readonly paths: readonly string[]
  /** What is done with what the paths lead to, in words; empty where it is taken as it is. */
  readonly rule: string
}

/** The rules of a mapping, in the order they are written; a hash's parts one by one. */
export function sourcesOf(rules: Mapping['rules'], under = ''): SourceLine[] {
  return Object.entries(rules).flatMap(([name, rule]) => {
    const attribute = under + name
    return isRule(rule) ? [lineOf(attribute, rule)] : sourcesOf(rule as RuleParts, `${attribute}.`)
  })
}

function lineOf(attribute: string, rule: Rule): SourceLine {
  return { attribute, paths: rule.paths, rule: ruleText(rule) }
}

function ruleText({ rule, note }: Rule): string {
  const name = rule === 'path' ? '' : rule
  if (!note) return name
  if (rule === 'computed') return note
  return name ? `${name}: ${note}` : note
}

/** A mapping of a partner's, and the stream whose payloads it reads. */
export interface Placed {
  readonly map: Mapping
  readonly stream: string
  readonly title: string
}

/** The mappings of a partner that make one object. */
export function mappingsOf({ streams }: Partner, object: ObjectType): Placed[] {
  const placed = streams.flatMap(({ name, maps }) =>
    maps
      .filter((map) => map.object.name === object.name)
      .map((map) => ({ map, stream: name, title: map.title ?? name })),
  )
  // A payload that two streams list is mapped once.
  return placed.filter(({ map }, i) => placed.findIndex((one) => one.map === map) === i)
}

/** The objects that a partner's payloads become, in the order of its streams. */
export function objectsOf({ streams }: Partner): ObjectType[] {
  return [...new Set(streams.flatMap(({ maps }) => maps.map((map) => map.object)))]
}
