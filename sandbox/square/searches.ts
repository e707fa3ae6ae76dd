// The lists that are asked for with a body.
import type { Answer, Asked } from '../partner.ts'
import { ok, Refused } from './errors.ts'
import type { Told } from './events.ts'
import type { Json } from './format.ts'
import { bodyOf, isWithin, limitOf, part, span, text, texts, time } from './question.ts'
import type { Row, Square } from './types.ts'

export function searchCustomers(square: Square, asked: Asked): Answer {
  const body = bodyOf(asked)
  const filter = part(body, 'query.filter')
  const sort = part(body, 'query.sort')
  return customers(square, {
    filter,
    field: text(sort.field) ?? 'DEFAULT',
    order: text(sort.order) ?? 'ASC',
    limit: limitOf(body.limit, { most: 100, beyond: 'refused' }),
    cursor: text(body.cursor),
  })
}

type Customers = {
  filter: Json
  field: string
  order: string
  limit: number
  cursor: string | null
}

export function customers({ account, lists }: Square, question: Customers): Answer {
  const { filter, field, order, limit, cursor } = question
  if (field !== 'DEFAULT' && field !== 'CREATED_AT') {
    throw new Refused('INVALID_ENUM_VALUE', `"${field}" is not a sort field.`, 'field')
  }
  const created = range(filter, 'created_at')
  const updated = range(filter, 'updated_at')
  const email = part(filter, 'email_address').exact
  const isAsked = (row: Row) =>
    (!created || isWithin(created, row.created)) &&
    (!updated || isWithin(updated, row.updated)) &&
    (email === undefined || row.json.email_address === email)
  return lists.page({
    name: `customers ${JSON.stringify([filter, field, order])}`,
    field: 'customers',
    version: `${account.version.customers}`,
    rows: () => [...account.tables.customers.values()].filter(isAsked),
    by: field === 'DEFAULT' ? called : ({ created: at }: Row) => at,
    descending: order === 'DESC',
    limit,
    cursor,
    advisory: true,
  })
}

function range(filter: Json, name: string) {
  const { start_at, end_at } = part(filter, name)
  return span(start_at, end_at)
}

function called({ json }: Row): string {
  const name = `${json.given_name ?? ''}${json.family_name ?? ''}`
  return String(name || json.company_name || json.email_address || json.phone_number || '')
}

const ORDER_LOCATIONS_MAX = 10

export function searchOrders({ account, lists }: Square, asked: Asked): Answer {
  const body = bodyOf(asked)
  const locations = texts(body.location_ids)
  if (locations.length === 0 || locations.length > ORDER_LOCATIONS_MAX) {
    const code = locations.length === 0 ? 'MISSING_REQUIRED_PARAMETER' : 'ARRAY_LENGTH_TOO_LONG'
    throw new Refused(code, 'Between 1 and 10 location_ids are required.', 'location_ids')
  }
  const filter = part(body, 'query.filter')
  const sort = part(body, 'query.sort')
  const field = text(sort.sort_field) ?? 'CREATED_AT'
  const stamps = Object.keys(part(filter, 'date_time_filter'))
  if (stamps.length > 1 || (stamps[0] && stamps[0].toUpperCase() !== field)) {
    const detail = 'sort_field must be the field of the date_time_filter.'
    throw new Refused('BAD_REQUEST', detail, 'query.sort.sort_field')
  }
  const of = (row: Row) => {
    if (field === 'CLOSED_AT') return row.json.closed_at ? Date.parse(`${row.json.closed_at}`) : 0
    return field === 'UPDATED_AT' ? row.updated : row.created
  }
  const within = stamps[0] ? range(part(filter, 'date_time_filter'), stamps[0]) : null
  const states = texts(part(filter, 'state_filter').states)
  const who = texts(part(filter, 'customer_filter').customer_ids)
  const isAsked = (row: Row) =>
    locations.includes(row.location) &&
    (!within || isWithin(within, of(row))) &&
    (states.length === 0 || states.includes(String(row.json.state))) &&
    (who.length === 0 || who.includes(String(row.json.customer_id)))
  return lists.page({
    name: `orders ${JSON.stringify([locations, filter, sort])}`,
    field: 'orders',
    version: `${account.version.orders}`,
    rows: () => [...account.tables.orders.values()].filter(isAsked),
    by: of,
    descending: sort.sort_order !== 'ASC',
    limit: limitOf(body.limit, { most: 1000, otherwise: 500, beyond: 'refused' }),
    cursor: text(body.cursor),
  })
}

export function searchSubscriptions({ account, lists }: Square, asked: Asked): Answer {
  const body = bodyOf(asked)
  const filter = part(body, 'query.filter')
  const who = texts(filter.customer_ids)
  const where = texts(filter.location_ids)
  return lists.page({
    name: `subscriptions ${JSON.stringify([who, where])}`,
    field: 'subscriptions',
    version: `${account.version.subscriptions}`,
    rows: () =>
      [...account.tables.subscriptions.values()].filter(
        ({ group, location }) =>
          (who.length === 0 || who.includes(group)) &&
          (where.length === 0 || where.includes(location)),
      ),
    by: (row: Row) => row.created,
    descending: false,
    limit: limitOf(body.limit, { most: 200, beyond: 'ignored' }),
    cursor: text(body.cursor),
  })
}

export function searchCatalog({ account, lists }: Square, asked: Asked): Answer {
  const body = bodyOf(asked)
  const types = texts(body.object_types)
  const after = time(body.begin_time, -Infinity)
  const withDeleted = body.include_deleted_objects === true
  const isAsked = ({ json, updated }: Row) =>
    (types.length === 0 ? json.type !== 'ITEM_VARIATION' : types.includes(String(json.type))) &&
    updated > after &&
    (withDeleted || json.is_deleted !== true)
  const answer = lists.page({
    name: `catalog search ${JSON.stringify([types, body.begin_time ?? null, withDeleted])}`,
    field: 'objects',
    version: `${account.version.catalog}`,
    rows: () => [...account.tables.catalog.values()].filter(isAsked),
    by: (row: Row) => row.updated,
    descending: false,
    limit: limitOf(body.limit, { most: 1000, otherwise: 100, beyond: 'ignored' }),
    cursor: text(body.cursor),
  })
  const latest_time = new Date(account.world.now()).toISOString()
  return { ...answer, body: { ...(answer.body as Json), latest_time } } // a page is an object
}

// Those that are there, without a word of the others.
export function batchOfCatalog({ account }: Square, asked: Asked): Answer {
  const body = bodyOf(asked)
  const objects = texts(body.object_ids).flatMap((id) => {
    const json = account.tables.catalog.get(id)?.json
    const isAsked = json && (body.include_deleted_objects === true || json.is_deleted !== true)
    return isAsked ? [json] : []
  })
  return ok({ objects: objects.length > 0 ? objects : undefined })
}

export function searchEvents({ account, lists }: Square, asked: Asked): Answer {
  const body = bodyOf(asked)
  const filter = part(body, 'query.filter')
  const sort = part(body, 'query.sort')
  const types = texts(filter.event_types)
  const merchants = texts(filter.merchant_ids)
  const locations = texts(filter.location_ids)
  const within = range(filter, 'created_at')
  const isAsked = ({ type, location, created }: Told) =>
    (types.length === 0 || types.includes(type)) &&
    (merchants.length === 0 || merchants.includes(account.merchant)) &&
    (locations.length === 0 || locations.includes(location)) &&
    (!within || isWithin(within, created))
  return lists.page({
    name: `events ${JSON.stringify([filter, sort])}`,
    field: 'events',
    version: `${account.events.count()} ${account.world.now()}`,
    rows: () =>
      account.events
        .kept()
        .filter(isAsked)
        .map((told) => ({ ...told, id: '' })),
    by: (told: Told) => told.place,
    descending: sort.order !== 'ASC',
    limit: limitOf(body.limit, { most: 100, beyond: 'refused' }),
    cursor: text(body.cursor),
  })
}
