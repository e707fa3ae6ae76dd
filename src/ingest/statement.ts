import { billing_invoice, billing_invoice_line_item } from '../model/billing_invoice.ts'
import { type Mapping, mapping } from '../partners/mapping.ts'
import type { Partner } from '../partners/partner.ts'
import type { Payload } from '../partners/rule.ts'
import { absent, computed, constant, isoTime, link } from '../partners/rules.ts'
import { type MonthlyFee, monthlyFees, setStatedUntil, statedUntil } from '../store/fees.ts'
import { save } from '../store/save.ts'
import { normalise } from './normalise.ts'
import { contextOf, type Run } from './run.ts'

/** Changes are dated a moment before they are committed; so much is looked at twice. */
const overlap_ms = 60_000

/** Whether a partner tells fees and publishes no statement of them. */
export function isStated({ streams }: Partner): boolean {
  const objects = streams.flatMap(({ maps }) => maps.map(({ object }) => object.name))
  return objects.includes('transaction') && !objects.includes(billing_invoice.name)
}

/** Writes the monthly statements of fees anew, of the months whose transactions have changed. */
export async function stateFees(run: Run) {
  const { db, connection } = run
  const { ledgerAccountId } = connection
  const of = { ledgerAccountId, connectionId: connection.id }
  const now_ms = run.now()
  const fees = await monthlyFees(db, { ...of, changedSince: await statedUntil(db, of) })
  const context = contextOf(run)
  const records = statements(fees).flatMap(({ map, payload }) => {
    const text = JSON.stringify(payload)
    const { records: read, fault } = normalise([map], { payload, text, stamp: now_ms }, context)
    if (fault !== null) throw new Error(`statement ${payload.id}: ${fault}`)
    return read
  })
  const until = new Date(now_ms - overlap_ms).toISOString()
  await save(db, {
    ledgerAccountId,
    records,
    now_ms,
    also: (tx) => setStatedUntil(tx, { ...of, until }),
  })
}

interface Part {
  readonly map: Mapping
  readonly payload: Payload
}

/** A statement for each month and currency, and a line for each kind of fee on it. */
function statements(fees: readonly MonthlyFee[]): readonly Part[] {
  const sums = new Map<string, Payload & { readonly amount: number }>()
  const lines = fees.map(({ month, currency, fee_type, quantity, amount }): Part => {
    const id = `statement:${month}:${currency}`
    const [year, number] = month.split('-').map(Number)
    const common = { month, currency, date: `${month}-01T00:00:00Z`, year, number }
    const sum = (sums.get(id)?.amount ?? 0) + Number(amount)
    sums.set(id, { ...common, id, amount: sum })
    const line = { ...common, id: `${id}:${fee_type}`, statement: id, fee_type, quantity }
    return { map: derivedLine, payload: { ...line, amount: Number(amount) } }
  })
  return [...[...sums.values()].map((payload) => ({ map: derivedStatement, payload })), ...lines]
}

const derivedStatement = mapping(
  billing_invoice,
  {
    partnerRecordId: 'id',
    created_date: isoTime('date'),
    accountId: computed([], 'the account', (_payload, context) => context.partnerAccountId),
    InvoiceYear: 'year',
    InvoiceMonth: 'number',
    InvoicePeriod: 'month',
    amount: 'amount',
    currency: 'currency',
    description: computed(['month'], 'the month', ({ month }) => `Fees of ${month}`),
    invoiceReference: absent('computed, not issued'),
    invoiceDocument: absent('computed, not issued'),
    billingAccount: constant('balance'),
    origin: constant('DERIVED'),
  },
  { title: 'Statement of a month, from the fees on its transactions' },
)

const derivedLine = mapping(
  billing_invoice_line_item,
  {
    partnerRecordId: 'id',
    created_date: isoTime('date'),
    billing_invoice_id: link('billing_invoice', 'statement'),
    description: computed(['fee_type'], 'the kind of fee', ({ fee_type }) => `Fees: ${fee_type}`),
    fee_type: 'fee_type',
    quantity: 'quantity',
    amount: 'amount',
    currency: 'currency',
  },
  { title: 'Line of a statement' },
)
