// The lists of the API: filters, pages, and what it says to a wrong question.
import type { Answer } from '../partner.ts'
import { DAY } from '../world/sim.ts'
import type { Account } from './account.ts'
import { changedAt as disputeChanged, disputeSummary } from './dispute.ts'
import { invalid, NOT_FOUND, refusal } from './errors.ts'
import { type Json, reportStamp } from './format.ts'
import { isInvoice, renderInvoice } from './invoice.ts'
import type { ReportRow } from './report.ts'
import {
  changedAt,
  plansOf,
  productSummary,
  renderPlan,
  statusOf,
  subscriptionSummary,
} from './subscription.ts'
import { renderToken, tokensOf } from './vault.ts'

const SPAN_MAX = 31 * DAY
const REACH_MAX = 3 * 365 * DAY + DAY
const DISPUTES_REACH = 180 * DAY

type Paged = { size: number; page: number }

function pagedBy(query: URLSearchParams, most: number, usual: number): Paged | Answer {
  const size = Number(query.get('page_size') ?? usual)
  const page = Number(query.get('page') ?? 1)
  if (!(size >= 1 && size <= most)) return invalid('INVALID_PARAMETER_VALUE', 'page_size')
  return page >= 1 ? { size, page } : invalid('INVALID_PARAMETER_VALUE', 'page')
}

function isAnswer(value: Paged | Answer): value is Answer {
  return 'status' in value
}

export function ok(body: Json): Answer {
  return { status: 200, headers: {}, body }
}

// Rows are found by time; which of them can be seen already is asked of the last hours only.
export function reportAnswer(account: Account, query: URLSearchParams): Answer {
  const { report, merchant, resultsMax } = account
  const [start, end] = ['start_date', 'end_date'].map((name) => Date.parse(query.get(name) ?? ''))
  const paged = pagedBy(query, 500, 100)
  if (isAnswer(paged)) return paged
  if (!start || !end || end < start || end - start > SPAN_MAX) return invalid('INVALID_DATE_RANGE')
  const refreshed = report.refreshedAt()
  if (start > refreshed) return invalid('DATA_FOR_START_DATE_IS_NOT_AVAILABLE', 'start_date')
  if (account.world.now() - start > REACH_MAX) return invalid('START_DATE_TOO_OLD', 'start_date')
  const found = rowsBetween(account, start, end, refreshed)
  if (found.length > resultsMax) return refusal(400, 'RESULTSET_TOO_LARGE')
  const { size, page } = paged
  const rows = found.slice((page - 1) * size, page * size)
  return ok({
    transaction_details: rows.map(({ detail }) => detail),
    account_number: merchant,
    start_date: reportStamp(start),
    end_date: reportStamp(end),
    last_refreshed_datetime: reportStamp(refreshed),
    page,
    total_items: found.length,
    total_pages: Math.ceil(found.length / size),
  })
}

// Kept as long as nothing changes: the same span is paged over again and again.
const kept = new WeakMap<Account, Map<string, { mark: string; rows: ReportRow[] }>>()
const KEPT_MAX = 64

function rowsBetween(account: Account, start: number, end: number, refreshed: number) {
  const { rows } = account.report
  const mark = `${refreshed} ${rows.length}`
  const lists = kept.get(account) ?? new Map<string, { mark: string; rows: ReportRow[] }>()
  kept.set(account, lists)
  const name = `${start} ${end}`
  const known = lists.get(name)
  if (known?.mark === mark) return known.rows
  const found: ReportRow[] = []
  for (let at = firstFrom(rows, start); at < rows.length; at++) {
    const row = rows[at]!
    if (row.initiated > end) break
    if (row.visible <= refreshed) found.push(row)
  }
  if (lists.size >= KEPT_MAX) lists.clear()
  lists.set(name, { mark, rows: found })
  return found
}

function firstFrom(rows: ReportRow[], start: number): number {
  let [low, high] = [0, rows.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (rows[middle]!.initiated < start) low = middle + 1
    else high = middle
  }
  return low
}

function pageOf(name: string, rows: Json[], { size, page }: Paged, counted: boolean): Answer {
  const found = rows.slice((page - 1) * size, page * size)
  const totals = { total_items: rows.length, total_pages: Math.ceil(rows.length / size) }
  return ok({ [name]: found, ...(counted ? totals : {}) })
}

const isCounted = (query: URLSearchParams) => query.get('total_required') === 'true'

export function productsAnswer(account: Account, query: URLSearchParams): Answer {
  const paged = pagedBy(query, 20, 10)
  if (isAnswer(paged)) return paged
  const all = [...account.world.all('product').values()]
  const rows = all.map((product) => productSummary(account, product))
  return pageOf('products', rows, paged, isCounted(query))
}

export function plansAnswer(account: Account, query: URLSearchParams, whole: boolean): Answer {
  const paged = pagedBy(query, 20, 10)
  if (isAnswer(paged)) return paged
  const plans = plansOf(account, query.get('product_id')).map((one) => renderPlan(account, one))
  const brief = plans.map(({ id, name, status }) => ({ id, name, status }))
  return pageOf('plans', whole ? plans : brief, paged, isCounted(query))
}

export function subscriptionsAnswer(account: Account, query: URLSearchParams): Answer {
  const paged = pagedBy(query, 20, 10)
  if (isAnswer(paged)) return paged
  const statuses = query.get('statuses')?.split(',')
  const after = Date.parse(query.get('status_updated_after') ?? '') || 0
  const found = [...account.world.all('subscription').values()].filter(
    (one) => changedAt(account, one) >= after && (statuses?.includes(statusOf(one)) ?? true),
  )
  const rows = found.map((one) => subscriptionSummary(account, one))
  return pageOf('subscriptions', rows, paged, false)
}

export function invoicesAnswer(account: Account, query: URLSearchParams, body: string): Answer {
  const paged = pagedBy(query, 100, 20)
  if (isAnswer(paged)) return paged
  const { creation_date_range: range, fields = [] } = JSON.parse(body || '{}') as {
    creation_date_range?: { start: string; end: string }
    fields?: string[]
  } // as the API's own description says
  const [from, to] = [Date.parse(range?.start ?? '') || 0, Date.parse(range?.end ?? '') || Infinity]
  const found = [...account.world.all('invoice').values()].filter(
    (one) => isInvoice(account, one) && one.createdAt >= from && one.createdAt <= to,
  )
  const rows = found.map((one) => {
    const { items, payments, ...rest } = renderInvoice(account, one)
    return {
      ...rest,
      ...(items && fields.includes('items') ? { items } : {}),
      ...(payments && fields.includes('payments') ? { payments } : {}),
    }
  })
  return pageOf('items', rows, paged, isCounted(query))
}

export function disputesAnswer(account: Account, query: URLSearchParams): Answer {
  const size = Number(query.get('page_size') ?? 10)
  if (!(size >= 1 && size <= 50)) return invalid('INVALID_PARAMETER_VALUE', 'page_size')
  const oldest = account.world.now() - DISPUTES_REACH
  const given = query.get('update_time_after')
  const after = given === null ? oldest : Date.parse(given)
  if (!(after >= oldest)) return invalid('INVALID_UPDATE_TIME', 'update_time_after')
  const token = query.get('next_page_token')
  const skip = token === null ? 0 : Number(Buffer.from(token, 'base64').toString())
  if (!Number.isSafeInteger(skip)) return invalid('INVALID_PARAMETER_VALUE', 'next_page_token')
  const found = [...account.world.all('dispute').values()]
    .filter((one) => disputeChanged(account, one) >= after)
    .sort((one, other) => other.createdAt - one.createdAt)
  const items = found.slice(skip, skip + size).map((one) => disputeSummary(account, one))
  const isLast = found.length <= skip + size
  return ok({ items, ...(isLast ? {} : { links: [linkTo(`${skip + size}`)] }) })
}

export function linkTo(place: string): Json {
  const token = encodeURIComponent(Buffer.from(place).toString('base64'))
  const href = `https://api-m.sandbox.paypal.com/v1/customer/disputes?next_page_token=${token}`
  return { href, rel: 'next', method: 'GET' }
}

export function tokensAnswer(account: Account, query: URLSearchParams): Answer {
  const paged = pagedBy(query, 20, 5)
  if (isAnswer(paged)) return paged
  const customer = query.get('customer_id') ?? ''
  if (!/^[0-9a-zA-Z_-]{7,36}$/.test(customer))
    return invalid('INVALID_PARAMETER_SYNTAX', 'customer_id')
  const tokens = tokensOf(account, customer).map((one) => renderToken(account, one))
  if (tokens.length === 0) return NOT_FOUND
  const { body } = pageOf('payment_tokens', tokens, paged, isCounted(query))
  return ok({ customer: { id: customer }, ...(body as Json) }) // pageOf answers with objects
}
