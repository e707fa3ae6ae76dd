import { useNavigate } from '@tanstack/react-router'
import type { Attribute, ObjectType } from '../api/types.ts'
import { wordsOf } from '../format/words.ts'
import { usualColumns } from './columns.ts'
import { useAddress } from './use_filters.ts'

/** Which attributes are columns; the choice stands in the address. */
export function ColumnChoice({ type, chosen }: { type: ObjectType; chosen: readonly Attribute[] }) {
  const search = useAddress()
  const navigate = useNavigate()
  const names = chosen.map(({ name }) => name)
  const set = (next: readonly string[]) => {
    const { columns: _, ...rest } = search
    const usual = usualColumns(type).map(({ name }) => name)
    const isUsual = usual.join() === next.join()
    void navigate({ to: '.', search: isUsual ? rest : { ...rest, columns: next.join(',') } })
  }
  const toggle = (name: string) => {
    const next = names.includes(name) ? names.filter((one) => one !== name) : [...names, name]
    if (next.length > 0) set(next)
  }
  return (
    <details className="columns">
      <summary>Columns</summary>
      <fieldset>
        <legend className="unseen">Columns</legend>
        {type.attributes.map(({ name, description }) => (
          <label key={name} title={description}>
            <input type="checkbox" checked={names.includes(name)} onChange={() => toggle(name)} />
            {wordsOf(name)}
          </label>
        ))}
      </fieldset>
    </details>
  )
}
