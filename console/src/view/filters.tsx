import { useState } from 'react'
import type { Parameters } from '../api/path.ts'
import type { Attribute, ObjectType } from '../api/types.ts'
import { wordsOf } from '../format/words.ts'

interface FiltersProps {
  readonly type: ObjectType
  /** The filters in force, under the API's own names. */
  readonly filters: Parameters
  readonly onChange: (filters: Parameters) => void
}

/** The filters in force, each to be taken away, and a way to add one of those the API has. */
export function Filters({ type, filters, onChange }: FiltersProps) {
  const without = (name: string) =>
    Object.fromEntries(Object.entries(filters).filter(([one]) => one !== name))
  return (
    <div className="filters">
      {Object.entries(filters).map(([name, value]) => (
        <button
          key={name}
          type="button"
          className="chip"
          onClick={() => onChange(without(name))}
          aria-label={`Remove the filter ${name} = ${value}`}
        >
          <code>{name}</code> {value} <span aria-hidden="true">×</span>
        </button>
      ))}
      <NewFilter type={type} onAdd={(name, value) => onChange({ ...filters, [name]: value })} />
    </div>
  )
}

interface Choice {
  readonly name: string
  readonly attribute: Attribute
}

/** Every filter of an object, those of a hash's parts too. */
function choicesOf(attributes: readonly Attribute[]): Choice[] {
  return attributes.flatMap((attribute) => [
    ...attribute.filters.map((name) => ({ name, attribute })),
    ...choicesOf(attribute.attributes ?? []),
  ])
}

const state_words = ['ACTIVE', 'DELETED', 'all']

function NewFilter({ type, onAdd }: { type: ObjectType; onAdd: (n: string, v: string) => void }) {
  const choices = choicesOf(type.attributes)
  const [name, setName] = useState('')
  const [value, setValue] = useState('')
  const chosen = choices.find((one) => one.name === name)
  const words = name === 'recordState' ? state_words : (chosen?.attribute.values ?? [])
  const add = () => {
    onAdd(name, value.trim())
    setName('')
    setValue('')
  }
  return (
    <form
      className="new-filter"
      onSubmit={(event) => {
        event.preventDefault()
        if (name !== '' && value.trim() !== '') add()
      }}
    >
      <select aria-label="Filter by" value={name} onChange={(event) => setName(event.target.value)}>
        <option value="">Filter by …</option>
        {choices.map((one) => (
          <option key={one.name} value={one.name}>
            {optionText(one.name)}
          </option>
        ))}
      </select>
      {name !== '' && (
        <>
          <input
            aria-label={`Value of ${name}`}
            value={value}
            list="filter-words"
            placeholder={placeholderOf(chosen?.attribute)}
            onChange={(event) => setValue(event.target.value)}
          />
          <datalist id="filter-words">
            {words.map((word) => (
              <option key={word} value={word} />
            ))}
          </datalist>
          <button type="submit">Add</button>
        </>
      )}
    </form>
  )
}

const comparisons: { readonly [operator: string]: string } = {
  in: 'one of',
  gt: 'over',
  gte: 'from',
  lt: 'under',
  lte: 'up to',
  prefix: 'begins with',
}

function optionText(name: string): string {
  const [, attribute = name, operator] = /^(.*)\[(\w+)\]$/.exec(name) ?? []
  const words = attribute.split('.').map(wordsOf).join(', ')
  return operator ? `${words}: ${comparisons[operator] ?? operator}` : words
}

const placeholders: { readonly [kind: string]: string } = {
  timestamp: '2026-01-31T00:00:00.000Z',
  amount: '1999 (minor units)',
}

function placeholderOf(attribute: Attribute | undefined): string {
  return placeholders[attribute?.type ?? ''] ?? 'value'
}
