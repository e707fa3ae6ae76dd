import type { ReactNode } from 'react'
import type { Attribute } from '../api/types.ts'
import { moneyText } from '../format/currency.ts'
import { numberText } from '../format/words.ts'
import { Badge } from './badge.tsx'
import { Moment } from './moment.tsx'
import { PartnerMark } from './partner_mark.tsx'
import { RecordLink } from './record_link.tsx'

/** The record, or the part of one, that a value stands in: an amount finds its currency there. */
export type Surroundings = { readonly [attribute: string]: unknown }

interface ValueProps {
  readonly attribute: Attribute
  readonly value: unknown
  readonly within: Surroundings
}

/** A value as the kind of its attribute is read; what is not known is a dash. */
export function Value({ attribute, value, within }: ValueProps) {
  if (value === null || value === undefined) return <span className="none">–</span>
  const draw = named[attribute.name] ?? kinds[attribute.type] ?? asText
  return draw({ attribute, value, within })
}

/** Kinds whose values stand at the right, so that digits line up. */
export const right_kinds: ReadonlySet<string> = new Set(['amount', 'integer', 'rate'])

type Draw = (props: ValueProps) => ReactNode

const asText: Draw = ({ value }) => (typeof value === 'object' ? asJson(value) : String(value))
const asJson = (value: unknown) => <code>{JSON.stringify(value)}</code>
const asState: Draw = ({ value }) => <Badge word={String(value)} />

/** Attributes that mean the same in every object. */
const named: { readonly [name: string]: Draw } = {
  partnerSource: ({ value }) => <PartnerMark partner={String(value)} />,
  status: asState,
  recordState: asState,
  state: asState,
}

/** How each kind is drawn; a kind that is not here is drawn as text. */
const kinds: { readonly [kind: string]: Draw } = {
  amount: ({ value, within }) =>
    typeof value === 'number' ? moneyText(value, currencyIn(within)) : asJson(value),
  integer: ({ value }) => (typeof value === 'number' ? numberText(value) : asJson(value)),
  timestamp: ({ value }) => <Moment iso={String(value)} />,
  boolean: ({ value }) => (value ? 'yes' : 'no'),
  id: ({ value }) => (typeof value === 'string' ? <RecordLink id={value} /> : asJson(value)),
  list: ({ value }) => <code className="id">{String(value)}</code>,
  url: ({ value }) => <OuterLink url={String(value)} />,
  enum: ({ value }) => String(value).replaceAll('_', ' '),
  hash: ({ attribute, value, within }) => <Line {...{ attribute, value, within }} />,
  'list of hash': ({ value }) => (Array.isArray(value) ? `${value.length}` : asJson(value)),
}

function currencyIn(within: Surroundings): string | null {
  return typeof within.currency === 'string' ? within.currency : null
}

/** A hash on one line: the parts that are known. */
function Line({ attribute, value, within }: ValueProps) {
  const parts = value as Surroundings
  const known = (attribute.attributes ?? [])
    .filter(({ name }) => parts[name] != null)
    .sort((a, b) => placeInAddress(a) - placeInAddress(b))
  if (known.length === 0) return <span className="none">–</span>
  return (
    <>
      {known.map((part, i) => (
        <span key={part.name}>
          {i > 0 && ', '}
          <Value attribute={part} value={parts[part.name]} within={{ ...within, ...parts }} />
        </span>
      ))}
    </>
  )
}

const address_order = ['line1', 'line2', 'postal_code', 'city', 'state', 'country']

/** Addresses are read from the street to the country; other parts stay in the model's order. */
function placeInAddress({ name }: Attribute): number {
  return address_order.indexOf(name)
}

/** An address that a partner told: only the web's own schemes become a link. */
export function OuterLink({ url }: { url: string }) {
  if (!isWebAddress(url)) return <span>{url}</span>
  return (
    <a href={url} target="_blank" rel="noopener noreferrer">
      {url}
    </a>
  )
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}
