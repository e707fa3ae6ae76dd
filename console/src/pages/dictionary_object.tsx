import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { answerQuery, sourcesQuery } from '../api/queries.ts'
import type { Attribute, Source } from '../api/types.ts'
import { Page } from '../view/page.tsx'
import { PartnerMark } from '../view/partner_mark.tsx'
import { folderOf } from '../view/place.ts'
import { Scroll } from '../view/scroll.tsx'
import { useType } from '../view/use_model.ts'

interface Comparison {
  readonly added: readonly string[]
  readonly removed: readonly string[]
  readonly renamed: readonly { readonly from: string; readonly to: string }[]
  readonly changed: readonly string[]
}

/** One object: its attributes, how the versions differ, where each value comes from. */
export function DictionaryObjectPage() {
  const { object = '' } = useParams({ strict: false })
  const type = useType(object)
  const path = `/v2/model/${type.name}/compare?from=1&to=2`
  const { data: compared } = useQuery(answerQuery<Comparison>(path))
  const { data: sources } = useQuery(sourcesQuery(type.name))
  return (
    <Page title={type.name} actions={<Link to={folderOf(type)}>Records</Link>}>
      <p className="lead">{type.description}.</p>
      <Scroll label="Attributes">
        <table className="sheet">
          <thead>
            <tr>
              {['Attribute', 'Type', 'Meaning', 'Filters', 'Expands to', 'In v1'].map((one) => (
                <th key={one} scope="col">
                  {one}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {flat(type.attributes).map(({ name, attribute }) => (
              <Row key={name} name={name} attribute={attribute} compared={compared} />
            ))}
          </tbody>
        </table>
      </Scroll>
      <h2>Versions compared</h2>
      <p>{compared ? comparisonText(compared) : 'Reading …'}</p>
      <h2>Where each value comes from</h2>
      {sources?.data.length === 0 && <p>Furrow keeps it itself; no partner reports it.</p>}
      {sources?.data.map((source) => (
        <Mapping
          key={`${source.partnerSource} ${source.stream} ${source.payload}`}
          source={source}
        />
      ))}
    </Page>
  )
}

interface RowProps {
  readonly name: string
  readonly attribute: Attribute
  readonly compared: Comparison | undefined
}

function Row({ name, attribute, compared }: RowProps) {
  const former = compared?.renamed.find(({ to }) => to === name)?.from
  const words = attribute.values ? ` (${attribute.values.join(', ')})` : ''
  return (
    <tr>
      <th scope="row">
        <code>{name}</code>
        {attribute.personal && <span className="badge plain">personal</span>}
      </th>
      <td>
        {attribute.type}
        {words}
        {attribute.required ? '' : ', or null'}
      </td>
      <td className="meaning">{attribute.description}</td>
      <td>
        <code>{attribute.filters.join(' ')}</code>
      </td>
      <td>{attribute.expandable.join(', ')}</td>
      <td>{former ? <code>{former}</code> : 'the same'}</td>
    </tr>
  )
}

interface Flat {
  readonly name: string
  readonly attribute: Attribute
}

/** Attributes followed by their parts: `address`, `address.city`. */
function flat(attributes: readonly Attribute[], under = ''): Flat[] {
  return attributes.flatMap((attribute) => {
    const name = under + attribute.name
    return [{ name, attribute }, ...flat(attribute.attributes ?? [], `${name}.`)]
  })
}

function comparisonText({ added, removed, renamed, changed }: Comparison): string {
  const list = (names: readonly string[]) => names.join(', ') || 'none'
  const pairs = renamed.map(({ from, to }) => `${from} → ${to}`)
  return `From v1 to v2. Added: ${list(added)}. Removed: ${list(removed)}. Renamed: ${list(pairs)}. Changed: ${list(changed)}.`
}

function Mapping({ source }: { source: Source }) {
  return (
    <details className="mapping">
      <summary>
        <PartnerMark partner={source.partnerSource} /> {source.payload}{' '}
        <span className="small">stream {source.stream}</span>
      </summary>
      <Scroll label={`Of ${source.payload}`}>
        <table className="sheet">
          <thead>
            <tr>
              <th scope="col">Attribute</th>
              <th scope="col">Path</th>
              <th scope="col">Rule</th>
            </tr>
          </thead>
          <tbody>
            {source.attributes.map(({ name, paths, rule }) => (
              <tr key={name}>
                <th scope="row">
                  <code>{name}</code>
                </th>
                <td>
                  <code>{paths.join(', ')}</code>
                </td>
                <td>{rule}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </details>
  )
}
