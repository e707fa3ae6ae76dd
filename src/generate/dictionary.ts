import { recordExample } from '../api/example.ts'
import { impersonal, type ObjectType } from '../model/object.ts'
import type { Partner } from '../partners/partner.ts'
import { mappingsOf, type Placed, sourcesOf } from '../partners/source.ts'
import { exampleOf, expansionText, filterText, listed, typeText } from './attribute.ts'
import { compare, versionNames } from './compare.ts'
import { code, generated_note, json, link, list, page, table } from './markdown.ts'

/** The page of one object: what it holds, under which names, and where each value comes from. */
export function dictionaryPage(type: ObjectType, partners: readonly Partner[]): string {
  return page(
    generated_note,
    `# ${type.name}`,
    `${type.description}. Ids begin with ${code(`${type.prefix}_`)}; the collection is ` +
      `${code(`/v2/${type.plural}`)}, the view in the database ${code(type.plural)}, without 🔒 ` +
      `${code(type.plural + impersonal)}.`,
    '## Attributes',
    'In the order they are served. ⤢ marks what `expand[]` replaces by the object it names; ' +
      '🔒 what describes a person.',
    attributeTable(type),
    '## Versions compared',
    versionsCompared(type),
    '## Where from',
    ...whereFrom(type, partners),
    '## Example',
    'Every attribute with a value it may have; the values do not belong to one record.',
    json(recordExample(type)),
  )
}

function attributeTable(type: ObjectType): string {
  const rows = listed(type.attributes).map(({ name, kind }) => [
    code(name) + (kind.pii ? ' 🔒' : ''),
    typeText(kind),
    kind.description,
    expansionText(kind),
    filterText(type, name),
    kind.parts ? '' : code(JSON.stringify(exampleOf(type, { name, kind }))),
  ])
  return table(['attribute', 'type', 'meaning', 'expands to', 'filters', 'example'], rows)
}

function versionsCompared(type: ObjectType): string {
  const [from, to] = [versionNames[0] ?? 'v2', versionNames.at(-1) ?? 'v2']
  const compared = compare(type, from, to)
  const renamed = compared
    .filter(({ isRenamed }) => isRenamed)
    .map((one) => `${code(one.from)} → ${code(one.to)}`)
  const rows = compared.map((one) => [
    code(one.from),
    code(one.to),
    one.isRenamed ? 'renamed' : 'same',
  ])
  return page(
    `Added: none. Removed: none. Renamed: ${renamed.join(', ') || 'none'}.`,
    table([from, to, 'change'], rows),
  ).trimEnd()
}

function whereFrom(type: ObjectType, partners: readonly Partner[]): string[] {
  if (!type.fromPartner) return ['Furrow keeps it itself; no partner reports it.']
  const parts = partners.flatMap((partner) => {
    const placed = mappingsOf(partner, type)
    const heading = `### ${link(partner.title, `../partners/${partner.name}.md`)}`
    if (placed.length > 0) return [heading, sourceTable(type, placed)]
    return [heading, `No payload of ${partner.title}'s becomes ${code(type.name)}.`]
  })
  const lists = listed(type.attributes).filter(({ kind }) => kind.back)
  const computed = lists.map(({ name }) => `${code(name)} is computed from the record's own id.`)
  return [...parts, [...computed, kept_by_furrow].join(' ')]
}

const kept_by_furrow =
  '`object`, `id`, `partnerSource`, `ledgerAccountId`, `partnerAccountConnectionId`, ' +
  '`modifiedDate`, `recordState`, `deletedDate` and `deletionEvidence` are filled in by Furrow.'

/** An attribute a row, in served order; payloads that tell it differently stand apart. */
function sourceTable(type: ObjectType, placed: readonly Placed[]): string {
  const told = new Map<string, Map<string, Set<string>>>()
  for (const { name } of listed(type.attributes)) told.set(name, new Map())
  for (const { map, title } of placed) {
    for (const { attribute, paths, rule } of sourcesOf(map.rules)) {
      const titlesOf = told.get(attribute) ?? new Map<string, Set<string>>()
      const text = sourceText(paths.map(code).join(', '), rule)
      titlesOf.set(text, (titlesOf.get(text) ?? new Set()).add(title))
    }
  }
  const rows = [...told]
    .filter(([, titlesOf]) => titlesOf.size > 0)
    .map(([attribute, titlesOf]) => [code(attribute), cellOf(titlesOf)])
  return table(['attribute', 'where from'], rows)
}

function sourceText(paths: string, rule: string): string {
  return [paths, rule && paths ? `(${rule})` : rule].filter(Boolean).join(' ')
}

function cellOf(titlesOf: ReadonlyMap<string, ReadonlySet<string>>): string {
  if (titlesOf.size === 1) return [...titlesOf.keys()].join('')
  const lines = [...titlesOf].map(([text, titles]) => `${[...titles].join(', ')}: ${text}`)
  return lines.join('<br>')
}

/** The index: every object, in the order of the model. */
export function dictionaryIndex(objects: readonly ObjectType[]): string {
  const rows = objects.map((type) => [
    link(type.name, `${type.name}.md`),
    code(`${type.prefix}_`),
    type.description,
    String(Object.keys(type.attributes).length),
  ])
  return page(
    generated_note,
    '# Data dictionary',
    'The objects that Furrow serves, a page each. The same as data: `GET /v2/model`.',
    table(['object', 'ids', 'what it is', 'attributes'], rows),
    '## Kinds of value',
    list([
      '**amount** is an integer in the minor unit of the currency named beside it.',
      '**currency** is an ISO 4217 code, **country** an ISO 3166-1 alpha-2 code, in upper case.',
      '**timestamp** is RFC 3339 in UTC with milliseconds.',
      '**id** names another record; **list** is the id of a list of records that name this one.',
      'What is not known is null, never an empty text. `other` in an enum stands for a word of ' +
        "the partner's that the model does not have.",
    ]),
    `## Versions`,
    `${versionNames.map(code).join(' and ')} serve the same records; only names differ.`,
  )
}
