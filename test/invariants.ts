import { objectOfId, recordTypes } from '../src/model/index.ts'
import type { Connection } from '../src/store/connection.ts'
import type { Database } from '../src/store/database.ts'
import { columnsOf, quoted } from '../src/store/table.ts'

/** What must hold whatever the partner says; a line for each thing that does not. */
export async function invariantsBroken(
  db: Database,
  connection: Connection,
  excused: (id: string) => Promise<boolean>,
): Promise<string[]> {
  const { ledgerAccountId } = connection
  const records = await recordsOf(db, ledgerAccountId)
  return [
    ...twice(records),
    ...(await brokenLinks(records, excused)),
    ...brokenMoney(records),
    ...(await columnsApart(db, ledgerAccountId)),
    ...(await feedBroken(db, ledgerAccountId)),
    ...(await segmentsBroken(db, connection)),
  ]
}

type Values = { readonly [attribute: string]: unknown }
type Records = ReadonlyMap<string, Values>

async function recordsOf(db: Database, ledgerAccountId: string): Promise<Records> {
  const records = new Map<string, Values>()
  for (const type of recordTypes) {
    const rows = await db.query<{ id: string; record: string }>(
      `select id, record from ${quoted(type.name)} where ledger_account_id = $1`,
      [ledgerAccountId],
    )
    for (const { id, record } of rows) records.set(id, JSON.parse(record) as Values)
  }
  return records
}

function twice(records: Records): string[] {
  const seen = new Set<string>()
  return [...records.values()].flatMap(({ object, partnerSource, partnerRecordId, ...record }) => {
    const key = `${object} ${partnerSource} ${record.partnerAccountConnectionId} ${partnerRecordId}`
    if (seen.has(key)) return [`doubled: ${key}`]
    seen.add(key)
    return []
  })
}

const links = [
  'customer_id',
  'transaction',
  'invoice_id',
  'subscription_id',
  'payment_id',
  'refunded_payment_id',
  'source_id',
  'settlement_id',
  'funding_account',
  'latest_invoice_id',
]

/** Links that name no record. What the partner had deleted before we ever read it is excused. */
async function brokenLinks(
  records: Records,
  excused: (id: string) => Promise<boolean>,
): Promise<string[]> {
  const found: string[] = []
  for (const record of records.values()) {
    const named = links.map((name) => [name, record[name]] as const)
    const items = [record.items, record.line_items].flatMap((list) => (list ?? []) as Values[])
    const products = items.map((item) => ['product_id', item.product_id] as const)
    for (const [name, id] of [...named, ...products]) {
      if (typeof id !== 'string' || records.has(id) || (await excused(id))) continue
      found.push(`no ${objectOfId(id)?.name} ${id}: ${name} of ${nameOf(record)}`)
    }
  }
  return found
}

function nameOf({ object, partnerRecordId }: Values): string {
  return `${object} ${partnerRecordId}`
}

/** net = amount − fee; a settlement is the sum of its transactions; refunds add up. */
export function brokenMoney(records: Records): string[] {
  const all = [...records.values()]
  const transactions = all.filter(({ object }) => object === 'transaction')
  const settlements = all.filter(({ object }) => object === 'settlement')
  const charges = all.filter(({ object, type }) => object === 'payment' && type === 'charge')
  const refunds = all.filter(({ object, type }) => object === 'payment' && type === 'refund')
  const paidOut = sums(transactions, 'settlement_id', 'net')
  const given = sums(
    refunds.filter(({ status }) => status === 'succeeded' || status === 'pending'),
    'refunded_payment_id',
    'amount',
  )
  return [
    ...transactions
      .filter(({ amount, fee, net }) => Number(net) !== Number(amount) - Number(fee))
      .map((one) => `net is not amount − fee: ${nameOf(one)}`),
    ...settlements
      .filter(({ id, amount, automatic }) => automatic && (paidOut.get(id) ?? 0) !== amount)
      .map((one) => `pays out ${paidOut.get(one.id)}, not ${one.amount}: ${nameOf(one)}`),
    ...charges
      // What was authorised and never taken is given back without a refund.
      .filter(({ status }) => status !== 'cancelled')
      // Where a partner does not tell it, it is only known from the refunds.
      .filter(({ amount_refunded }) => amount_refunded !== null)
      .filter(({ id, amount_refunded }) => amount_refunded !== 0 - (given.get(id) ?? 0))
      .map((one) => `refunds of ${given.get(one.id)}, not ${one.amount_refunded}: ${nameOf(one)}`),
  ]
}

function sums(records: readonly Values[], by: string, what: string): Map<unknown, number> {
  const found = new Map<unknown, number>()
  for (const record of records) {
    const key = record[by]
    if (key) found.set(key, (found.get(key) ?? 0) + Number(record[what]))
  }
  return found
}

/** The typed columns are computed from the text that is served; they must not part. */
async function columnsApart(db: Database, ledgerAccountId: string): Promise<string[]> {
  const found: string[] = []
  for (const type of recordTypes) {
    const columns = columnsOf(type).filter(({ kind }) => !kind.many)
    const names = columns.map(({ name }) => quoted(name)).join(', ')
    const rows = await db.query<Values & { record: string }>(
      `select record, ${names} from ${quoted(type.name)} where ledger_account_id = $1`,
      [ledgerAccountId],
    )
    for (const row of rows) {
      const record = JSON.parse(row.record) as Values
      for (const { name, path, sql } of columns) {
        const told = path.reduce<unknown>((held, part) => (held as Values | null)?.[part], record)
        if (sameAs(sql, row[name], told)) continue
        found.push(`column ${name} of ${nameOf(record)}: ${row[name]}, but served as ${told}`)
      }
    }
  }
  return found
}

function sameAs(sql: string, column: unknown, told: unknown): boolean {
  if (column === '-infinity' || column === null) return (told ?? null) === null
  if (sql !== 'timestamptz') return column === told
  return Date.parse(String(column)) === Date.parse(String(told))
}

/** Dense from 1 to the head; replayed from the start it gives the ids and states of the tables. */
async function feedBroken(db: Database, ledgerAccountId: string): Promise<string[]> {
  const changes = await db.query<{ seq: number; object: string; id: string; kind: string }>(
    'select seq, object, id, kind from change where ledger_account_id = $1 order by seq',
    [ledgerAccountId],
  )
  const [feed] = await db.query<{ seq: number }>(
    'select seq from feed where ledger_account_id = $1',
    [ledgerAccountId],
  )
  const found: string[] = []
  if (feed?.seq !== changes.length) found.push(`feed at ${feed?.seq}, ${changes.length} changes`)
  const gap = changes.findIndex(({ seq }, i) => seq !== i + 1)
  if (gap >= 0) found.push(`change ${gap + 1} has the number ${changes[gap]?.seq}`)
  const replayed = new Map<string, string>()
  const types = new Set(recordTypes.map(({ name }) => name))
  for (const { object, id, kind } of changes.filter((one) => types.has(one.object))) {
    if (kind === 'created' && replayed.has(id)) found.push(`created twice: ${object} ${id}`)
    replayed.set(id, kind === 'deleted' ? 'DELETED' : 'ACTIVE')
  }
  for (const [id, record] of await recordsOf(db, ledgerAccountId)) {
    const state = replayed.get(id) ?? 'never told'
    replayed.delete(id)
    if (state !== record.recordState) found.push(`feed says ${state}: ${nameOf(record)}`)
  }
  return [...found, ...[...replayed.keys()].map((id) => `feed tells of ${id}, which is no record`)]
}

async function segmentsBroken(db: Database, { ledgerAccountId, id }: Connection) {
  const open = await db.query<{ stream: string; segment: number }>(
    `select stream, segment from segment where ledger_account_id = $1
       and partner_account_connection_id = $2 and not closed`,
    [ledgerAccountId, id],
  )
  const ahead = await db.query<{ stream: string; watermark_ms: number }>(
    `select stream, watermark_ms from stream where ledger_account_id = $1
       and partner_account_connection_id = $2
       and watermark_ms > (select max(horizon_ms) from stream h
         where h.ledger_account_id = $1 and h.partner_account_connection_id = $2)`,
    [ledgerAccountId, id],
  )
  return [
    ...open.map(({ stream, segment }) => `segment ${segment} of ${stream} is still open`),
    ...ahead.map(({ stream, watermark_ms }) => `watermark of ${stream} is ahead: ${watermark_ms}`),
  ]
}
