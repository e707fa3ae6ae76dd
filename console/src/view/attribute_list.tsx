import { useQuery } from '@tanstack/react-query'
import { Fragment } from 'react'
import { sourcesQuery } from '../api/queries.ts'
import type { ApiRecord, Attribute, ObjectType, Source } from '../api/types.ts'
import { wordsOf } from '../format/words.ts'
import { type Surroundings, Value } from './value.tsx'

/** Every attribute of a record, with its value and where the partner's payload has it. */
export function AttributeList({ type, record }: { type: ObjectType; record: ApiRecord }) {
  const { data } = useQuery(sourcesQuery(type.name))
  const sources = (data?.data ?? []).filter((one) => one.partnerSource === record.partnerSource)
  return (
    <dl className="attributes">
      {type.attributes.map((attribute) => (
        <Entry key={attribute.name} attribute={attribute} within={record} sources={sources} />
      ))}
    </dl>
  )
}

interface EntryProps {
  readonly attribute: Attribute
  readonly within: Surroundings
  readonly sources: readonly Source[]
}

function Entry({ attribute, within, sources }: EntryProps) {
  const value = within[attribute.name]
  const hash = attribute.type === 'hash' && value !== null ? (value as Surroundings) : null
  const rows = attribute.type === 'list of hash' && Array.isArray(value) ? value : null
  return (
    <div className="attribute">
      <dt title={attribute.description}>{wordsOf(attribute.name)}</dt>
      <dd>
        {hash && <Parts attribute={attribute} value={hash} within={within} />}
        {rows && <Rows attribute={attribute} rows={rows as Surroundings[]} within={within} />}
        {!hash && !rows && <Value attribute={attribute} value={value} within={within} />}
      </dd>
      <dd className="from">
        <From name={attribute.name} sources={sources} />
      </dd>
    </div>
  )
}

interface PartsProps {
  readonly attribute: Attribute
  readonly value: Surroundings
  readonly within: Surroundings
}

function Parts({ attribute, value, within }: PartsProps) {
  return (
    <span className="parts">
      {(attribute.attributes ?? []).map((part) => (
        <Fragment key={part.name}>
          <span className="part-name">{wordsOf(part.name)}</span>
          <span>
            <Value attribute={part} value={value[part.name]} within={{ ...within, ...value }} />
          </span>
        </Fragment>
      ))}
    </span>
  )
}

const rows_shown = 50

function Rows({ attribute, rows, within }: Omit<PartsProps, 'value'> & { rows: Surroundings[] }) {
  if (rows.length === 0) return <span className="none">none</span>
  return (
    <ol className="rows">
      {rows.slice(0, rows_shown).map((row) => (
        <li key={JSON.stringify(row)}>
          <Parts attribute={attribute} value={row} within={within} />
        </li>
      ))}
      {rows.length > rows_shown && <li>… and {rows.length - rows_shown} more, in the answer</li>}
    </ol>
  )
}

/** The paths in the partner's payload; what no mapping tells, Furrow fills in itself. */
function From({ name, sources }: { name: string; sources: readonly Source[] }) {
  const lines = sources.flatMap(({ payload, attributes }) =>
    attributes
      .filter((line) => line.name === name || line.name.startsWith(`${name}.`))
      .map(({ paths, rule }) => ({ payload, text: paths.join(', ') || rule })),
  )
  const texts = [...new Set(lines.map(({ text }) => text).filter(Boolean))]
  if (sources.length === 0) return null
  if (texts.length === 0) return <span className="none">Furrow</span>
  return (
    <details>
      <summary>
        <code>{texts[0]}</code>
        {texts.length > 1 && <span className="more"> +{texts.length - 1}</span>}
      </summary>
      <ul>
        {lines.map(({ payload, text }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a mapping never move.
          <li key={i}>
            {payload}: <code>{text || '–'}</code>
          </li>
        ))}
      </ul>
    </details>
  )
}
