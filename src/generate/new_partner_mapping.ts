import type { Fields, Kind } from '../model/field.ts'
import type { ObjectType } from '../model/object.ts'
import { titleOf } from './new_partner_name.ts'
import { callText, commentLines, importText, mark, quote, textLine } from './new_partner_text.ts'

/** Attributes whose rule is known from the start, as code. */
export type Answered = { readonly [attribute: string]: string }

/** What a mapping answers beside the object's own attributes. */
const origin: readonly { readonly name: string; readonly says: string }[] = [
  { name: 'partnerRecordId', says: "The partner's own id of the record" },
  { name: 'created_date', says: 'When the record was created at the partner' },
]

/** On every record of a mapping the same. */
const same: Answered = { origin: "constant('PARTNER')" }

const rules = ['constant', 'countryOf', 'each', 'fold', 'idText', 'isoTime', 'link', 'upper']

/** A mapping in which every attribute of the model waits for its path. Computed from the model. */
export function mappingText(name: string, type: ObjectType, answered: Answered = {}): string {
  const known = { ...same, ...answered }
  const body = [
    ...originLines(type, known),
    ...fieldLines(type, type.own, { under: '    ', known }),
  ]
  const text = body.join('\n')
  const used = rules.filter((rule) => text.includes(`: ${rule}(`))
  return [
    importText([type.name], `../../model/${type.name}.ts`),
    importText(['mapping'], '../mapping.ts'),
    ...(text.includes(': decimal(') ? [importText(['decimal'], '../money.ts')] : []),
    ...(used.length > 0 ? [importText(used, '../rules.ts')] : []),
    '',
    '/**',
    ` * Replace each '${mark} …' by a path into the payload, and its rule by the one that fits`,
    " * (rules.ts, money.ts). What the partner does not have is absent('reason'): one short true",
    ' * sentence, printed on its page. What is answered already is a first guess; look at it too.',
    ' */',
    `export const ${name}${titleOf(type.name)} = mapping(`,
    `  ${type.name},`,
    '  {',
    text,
    '  },',
    `  { title: ${quote(titleOf(type.name))} },`,
    ')',
    '',
  ].join('\n')
}

function originLines(type: ObjectType, known: Answered): string[] {
  return origin.flatMap(({ name, says }) => {
    const call = name === 'created_date' ? 'isoTime' : 'idText'
    const args = [quote(`${mark} ${type.name}.${name}`)]
    return [
      ...commentLines('    ', says),
      ...(known[name] ? [`    ${name}: ${known[name]},`] : callText('    ', { name, call, args })),
    ]
  })
}

interface Place {
  readonly under: string
  readonly known?: Answered
  /** Names the parts hang on, each with its dot. */
  readonly path?: string
}

function fieldLines(type: ObjectType, fields: Fields, place: Place): string[] {
  return Object.entries(fields).flatMap(([name, kind]) => {
    // A list is computed from the record's id; what a record was merged into comes from elsewhere.
    if (kind.back || name === 'mergedInto') return []
    const known = place.known?.[name]
    const says = commentLines(place.under, described(kind))
    if (known) return [...says, `${place.under}${name}: ${known},`]
    return [...says, ...answerLines(type, { name, kind }, place)]
  })
}

function described({ description, json }: Kind): string {
  return Array.isArray(json.enum) ? `${description}: ${json.enum.join(', ')}` : description
}

function answerLines(
  type: ObjectType,
  { name, kind }: { name: string; kind: Kind },
  { under, path = '' }: Place,
): string[] {
  const at = `${mark} ${type.name}.${path}${name}`
  if (kind.parts) {
    const place = { under: `${under}  `, path: `${path}${name}.` }
    const [open, close] = kind.many ? [`each(${quote(at)}, {`, '}),'] : ['{', '},']
    return [`${under}${name}: ${open}`, ...fieldLines(type, kind.parts, place), under + close]
  }
  const answer = calls[kind.kind]?.(kind, at, `${mark} ${type.name}.currency`)
  return answer ? callText(under, { name, ...answer }) : textLine(under, name, at)
}

interface Call {
  readonly call: string
  readonly args: readonly string[]
}

/** The rule that most partners need for a kind of value; a plain path for all others. */
const calls: {
  readonly [kind: string]: ((kind: Kind, at: string, currencyAt: string) => Call) | undefined
} = {
  currency: (_kind, at) => ({ call: 'upper', args: [quote(at)] }),
  country: (_kind, at) => ({ call: 'countryOf', args: [quote(at)] }),
  timestamp: (_kind, at) => ({ call: 'isoTime', args: [quote(at)] }),
  amount: (_kind, at, currencyAt) => ({ call: 'decimal', args: [quote(at), quote(currencyAt)] }),
  enum: ({ json }, at) => {
    const words = json.enum as readonly string[] // what enumOf was given
    const otherwise = words.includes('other') ? 'other' : (words[0] ?? '')
    const table = `{ ${quote(mark)}: ${quote(words[0] ?? '')} }`
    return { call: 'fold', args: [quote(at), table, quote(otherwise)] }
  },
  id: ({ targets }, at) => ({ call: 'link', args: [quote(targets[0] ?? ''), quote(at)] }),
}
