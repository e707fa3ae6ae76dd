import { describe, expect, it } from 'vitest'
import type { Row } from '../partner.ts'
import { ask, DELETED, FAR, LISTS, pages, places, type Question, square } from './asking.ts'

const DAY = 86_400_000

describe('the simulated Square', () => {
  it('pays out what its entries come to, to the unit', () => {
    const { rows } = pages({ path: '/v2/payouts', query: FAR }, 'payouts')
    const currencies = new Set<unknown>()
    for (const { id, amount_money } of rows) {
      const path = `/v2/payouts/${id}/payout-entries`
      const entries = pages({ path }, 'payout_entries').rows
      const sum = (field: string) =>
        entries.reduce((total, entry) => total + (entry[field] as Money).amount, 0)
      const { amount, currency } = amount_money as Money
      currencies.add(currency)
      expect([id, sum('net_amount_money')]).toEqual([id, amount])
      expect(sum('gross_amount_money') - sum('fee_amount_money')).toBe(amount)
      const foreign = entries.filter((one) => (one.net_amount_money as Money).currency !== currency)
      expect(foreign).toEqual([])
    }
    expect(currencies).toEqual(new Set(['USD', 'EUR', 'JPY', 'KWD']))
  })

  it('takes the fee of a payment as its entry does', () => {
    const { rows } = pages({ path: '/v2/payouts', query: FAR }, 'payouts')
    let count = 0
    for (const { id } of rows.slice(0, 50)) {
      const { rows: entries } = pages(
        { path: `/v2/payouts/${id}/payout-entries` },
        'payout_entries',
      )
      for (const { type, fee_amount_money, type_charge_details } of entries) {
        if (type !== 'CHARGE') continue
        const { payment_id } = type_charge_details as { payment_id: string }
        const { body } = ask({ path: `/v2/payments/${payment_id}` })
        const { payment } = body as { payment: { processing_fee: { amount_money: Money }[] } }
        const fees = payment.processing_fee.reduce((sum, one) => sum + one.amount_money.amount, 0)
        expect(fees).toBe((fee_amount_money as Money).amount)
        count += 1
      }
    }
    expect(count).toBeGreaterThan(20)
  })

  it('merges profiles into a new one, and leaves what was paid', () => {
    const { rows } = pages({ path: '/v2/events', body: { limit: 100 } }, 'events')
    const merges = rows.filter((event) => event.type === 'customer.deleted' && mergeIn(event))
    expect(merges.length).toBeGreaterThan(1)
    let answered = 0
    for (const event of merges) {
      const { id } = event.data as { id: string }
      const { from_customer_ids: from, to_customer_id: to } = mergeIn(event)!
      expect(from).toHaveLength(2)
      expect(from).toContain(id)
      expect(from).not.toContain(to)
      for (const gone of from) {
        // Whoever it is by now answers for it.
        const { status, body } = ask({ path: `/v2/customers/${gone}` })
        expect([200, 404]).toContain(status)
        if (status !== 200) continue
        expect(from).not.toContain((body as { customer: Row }).customer.id)
        answered++
      }
      const created = rows.find((one) => one.type === 'customer.created' && idIn(one) === to)
      expect(mergeIn(created!)).toEqual(mergeIn(event))
    }
    expect(answered).toBeGreaterThan(1)
    const kept = pages({ path: '/v2/payments', query: FAR }, 'payments').rows
    const old = new Set(merges.flatMap((event) => mergeIn(event)!.from_customer_ids))
    expect(kept.some(({ customer_id }) => old.has(String(customer_id)))).toBe(true)
    const cards = pages({ path: '/v2/cards' }, 'cards').rows
    expect(cards.filter(({ customer_id }) => old.has(String(customer_id)))).toEqual([])
  })

  it('keeps events for 28 days, the newest first', () => {
    const { rows } = pages({ path: '/v2/events', body: { limit: 100 } }, 'events')
    const times = rows.map(({ created_at }) => Date.parse(String(created_at)))
    expect(times).toEqual([...times].sort((one, other) => other - one))
    const oldest = square().now() - 28 * DAY
    expect(times.at(-1)).toBeGreaterThanOrEqual(oldest)
    expect(times.at(-1)).toBeLessThan(oldest + 2 * DAY)
  })

  it('goes a year back where no time is given', () => {
    const { rows } = pages({ path: '/v2/payments' }, 'payments')
    const all = pages({ path: '/v2/payments', query: FAR }, 'payments').rows
    const since = square().now() - 365 * DAY
    const inYear = all.filter(({ created_at }) => Date.parse(String(created_at)) >= since)
    expect(rows).toEqual(inYear)
    expect(all.length).toBeGreaterThan(rows.length)
  })

  it('finds what was updated within a span, and nothing else', () => {
    const since = square().now() - 20 * DAY
    const until = square().now() - 3 * DAY
    const [from, to] = [since, until].map((time) => new Date(time).toISOString())
    const isIn = ({ updated_at }: Row) => {
      const time = Date.parse(String(updated_at))
      return time >= since && time <= until
    }
    const ids = (rows: Row[]) => rows.map(({ id }) => String(id)).sort()
    const filter = { updated_at: { start_at: from, end_at: to } }
    const dated = { date_time_filter: filter }
    const sort = { sort_field: 'UPDATED_AT', sort_order: 'ASC' }
    const where = { location_ids: places() }
    const span = `updated_at_begin_time=${from}&updated_at_end_time=${to}&sort_field=UPDATED_AT`
    const asked: Record<string, Question> = {
      customers: { path: '/v2/customers/search', body: { limit: 10, query: { filter } } },
      payments: { path: '/v2/payments', query: span },
      refunds: { path: '/v2/refunds', query: span },
      orders: { path: '/v2/orders/search', body: { ...where, query: { filter: dated, sort } } },
    }
    for (const [name, question] of Object.entries(asked)) {
      const found = pages(question, name).rows
      const all = pages(LISTS[name]!.question(), name).rows.filter(isIn)
      expect(found.length, name).toBeGreaterThan(0)
      expect(ids(found), name).toEqual(ids(all))
    }
  })

  it('gives pages that are shorter than asked for, and empty ones with a cursor', () => {
    const sizes = new Set<number>()
    for (let limit = 2; limit < 20; limit++) {
      const { bodies, rows } = pages({ path: '/v2/customers/search', body: { limit } }, 'customers')
      expect(rows).toHaveLength(square().account.tables.customers.size)
      for (const { customers = [] } of bodies.slice(0, -1) as { customers?: Row[] }[]) {
        sizes.add(Math.sign(customers.length - limit) + (customers.length === 0 ? -1 : 0))
      }
    }
    expect(sizes).toEqual(new Set([0, -1, -2]))
  })

  it('keeps tombstones of the catalogue out of its list', () => {
    const listed = pages({ path: '/v2/catalog/list' }, 'objects').rows
    const found = pages({ path: '/v2/catalog/search', body: DELETED }, 'objects').rows
    const gone = found.filter(({ is_deleted }) => is_deleted)
    expect(gone.length).toBeGreaterThan(0)
    expect(listed.filter(({ is_deleted }) => is_deleted)).toEqual([])
    expect(ask({ path: `/v2/catalog/object/${gone[0]!.id}` }).status).toBe(404)
    const begin_time = String(found.at(-1)!.updated_at)
    const { rows } = pages({ path: '/v2/catalog/search', body: { begin_time } }, 'objects')
    expect(rows).toEqual([])
  })

  it('gives objects of the catalogue by their ids, without those that are gone', () => {
    const found = pages({ path: '/v2/catalog/search', body: DELETED }, 'objects').rows
    const path = '/v2/catalog/batch-retrieve'
    const { body } = ask({ path, body: { object_ids: [...found.map(({ id }) => id), 'none'] } })
    const there = found.filter(({ is_deleted }) => !is_deleted)
    expect(body).toEqual({ objects: there })
    expect(ask({ path, body: { object_ids: ['none'] } }).body).toEqual({})
  })

  it('shows guests without a profile, and profiles with hardly a field', () => {
    const { rows } = pages({ path: '/v2/payments', query: FAR }, 'payments')
    const guests = rows.filter(({ customer_id }) => customer_id === undefined)
    expect(guests.some(({ buyer_email_address }) => buyer_email_address)).toBe(true)
    const states = new Set(rows.map(({ status }) => status))
    expect(states).toEqual(new Set(['COMPLETED', 'FAILED', 'APPROVED', 'CANCELED', 'PENDING']))
    const profiles = pages({ path: '/v2/customers' }, 'customers').rows
    const instant = profiles.filter(({ creation_source }) => creation_source === 'INSTANT_PROFILE')
    expect(instant.length).toBeGreaterThan(0)
    expect(instant.filter(({ given_name }) => given_name)).toEqual([])
  })

  it('forgets a customer who is removed, and disables the cards', () => {
    const cards = pages({ path: '/v2/cards' }, 'cards').rows
    const id = String(cards[0]!.customer_id)
    expect(square().remove(id)).toBe(true)
    expect(square().remove(id)).toBe(false)
    expect(ask({ path: `/v2/customers/${id}` }).status).toBe(404)
    expect(pages({ path: '/v2/cards', query: `customer_id=${id}` }, 'cards').rows).toEqual([])
    const [event] = pages({ path: '/v2/events', body: { limit: 5 } }, 'events').rows
    expect(event).toMatchObject({ type: 'card.disabled' })
  })
})

type Money = { amount: number; currency: string }
type Merge = { from_customer_ids: string[]; to_customer_id: string }

function mergeIn({ data }: Row): Merge | undefined {
  return (data as { object?: { event_context?: { merge: Merge } } }).object?.event_context?.merge
}

function idIn({ data }: Row): string {
  return (data as { id: string }).id
}
