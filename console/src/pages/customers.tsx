import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { searchFor } from '../shell/goals.ts'
import { ListPage } from '../view/list_page.tsx'
import { placeOf } from '../view/place.ts'
import { useFilters } from '../view/use_filters.ts'
import { useModel } from '../view/use_model.ts'

/** Every buyer, over all partners in one list. */
export function CustomersPage() {
  return <ListPage object="customer" search={<Search />} counts />
}

/** Takes an id, an e-mail address or the beginning of a name. */
function Search() {
  const { setFilters } = useFilters()
  const navigate = useNavigate()
  const model = useModel()
  const [text, setText] = useState('')
  const find = (event: FormEvent) => {
    event.preventDefault()
    const wanted = text.trim()
    const place = placeOf(model, wanted)
    if (place !== null) void navigate({ to: place })
    else setFilters(wanted === '' ? {} : searchFor(wanted))
  }
  return (
    <search>
      <form className="search" onSubmit={find}>
        <input
          type="search"
          aria-label="Find a customer"
          placeholder="E-mail, id, or how the name begins"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <button type="submit">Find</button>
      </form>
    </search>
  )
}
