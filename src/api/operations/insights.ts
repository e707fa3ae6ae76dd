import type { Version } from '../../model/versions.ts'
import {
  type Granularity,
  granularities,
  type SettlementSums,
  settlementSums,
} from '../../store/insight.ts'
import { type Operation, operation } from '../operation.ts'
import type { Parameter } from '../parameter.ts'
import { badParameter } from '../problem.ts'
import type { Given } from '../query_string.ts'
import { currencyCode, integer, objectSchema, text, textOrNull, time } from '../schemas.ts'
import { scopeOf, scopeParameters } from '../scope.ts'
import { oneNamed } from './consent.ts'

const periods_max = 366
const periods_default = 12

const parameters: readonly Parameter[] = [
  ...scopeParameters,
  {
    name: 'partnerSource',
    in: 'query',
    description: 'Only of these partner systems',
    schema: { type: 'string', minLength: 1, maxLength: 80 },
    many: 'repeated',
    example: 'stripe',
  },
  {
    name: 'account_id',
    in: 'query',
    description: "Only of this account, by the partner's id of it",
    schema: { type: 'string', minLength: 1, maxLength: 500 },
    example: 'acct_1032D82eZvKYlo2C',
  },
  {
    name: 'granularity',
    in: 'query',
    description: 'Length of a period',
    schema: { type: 'string', enum: granularities, default: 'monthly' },
    example: 'monthly',
  },
  {
    name: 'milestone_date',
    in: 'query',
    description: 'A moment in the newest period; now by default',
    schema: { type: 'string', format: 'timestamp' },
    example: '2026-03-14',
  },
  {
    name: 'periods',
    in: 'query',
    description: 'How many periods, going back from the newest',
    schema: { type: 'integer', minimum: 1, maximum: periods_max, default: periods_default },
    example: periods_default,
  },
]

const sums = {
  settled_amount: integer,
  settled_count: integer,
  gross: integer,
  fees: integer,
  refunds: integer,
  disputes: integer,
  adjustments: integer,
} as const
const account = objectSchema({ partnerSource: text, account_id: textOrNull, ...sums })
const partner = objectSchema({ partnerSource: text, ...sums })

const example_sums = {
  settled_amount: 190_011,
  settled_count: 4,
  gross: 201_900,
  fees: 8_890,
  refunds: -2_999,
  disputes: 0,
  adjustments: 0,
}

interface InsightRequest {
  readonly scope: ReturnType<typeof oneNamed>
  readonly partnerSources: readonly string[] | null
  readonly accountId: string | null
  readonly granularity: Granularity
  readonly milestone: string | null
  readonly periods: number
}

export const insightOperations: readonly Operation[] = [
  operation<InsightRequest>({
    id: 'settlement_summary',
    method: 'GET',
    path: '/insights/settlement_summary',
    tag: 'insights',
    summary: 'What was paid out, by period and currency',
    description:
      'Settlements that are paid, by day of arrival in UTC, and of what they are made: charges (gross), refunds and disputes (negative), fees (positive) and adjustments that they paid out, as far as the partner tells which. One of ledgerAccountId and institutionAccountId is needed. Periods without a settlement are left out.',
    scope: 'read',
    parameters,
    answer: {
      status: 200,
      description: 'Sums, the newest period first',
      schema: objectSchema({
        object: { const: 'settlement_summary' },
        granularity: { type: 'string', enum: granularities },
        from: time,
        to: time,
        data: {
          type: 'array',
          items: objectSchema({
            period: { type: 'string', format: 'date' },
            currency: currencyCode,
            ...sums,
            partners: { type: 'array', items: partner },
            accounts: { type: 'array', items: account },
          }),
        },
      }),
      example: {
        object: 'settlement_summary',
        granularity: 'monthly',
        from: '2025-04-01T00:00:00.000Z',
        to: '2026-04-01T00:00:00.000Z',
        data: [
          {
            period: '2026-03-01',
            currency: 'EUR',
            ...example_sums,
            partners: [{ partnerSource: 'stripe', ...example_sums }],
            accounts: [
              { partnerSource: 'stripe', account_id: 'acct_1032D82eZvKYlo2C', ...example_sums },
            ],
          },
        ],
      },
    },
    errors: ['missing_parameter', 'not_found'],
    prepare: requestOf,
    async handle(call) {
      const { query, context } = call
      const scope = await scopeOf(call, query.scope)
      const span = spanOf(query, context.now())
      const rows = await settlementSums(context.db, { ...query, ...span, scope })
      const { granularity } = query
      const head = { object: 'settlement_summary', granularity, ...span }
      return { body: `${JSON.stringify(head).slice(0, -1)},"data":${dataText(rows)}}` }
    },
  }),
]

function requestOf(given: Given, version: Version): InsightRequest {
  return {
    scope: oneNamed(given, version),
    partnerSources: (given.get('partnerSource') as string[] | undefined) ?? null,
    accountId: (given.get('account_id') as string | undefined) ?? null,
    granularity: (given.get('granularity') ?? 'monthly') as Granularity,
    milestone: (given.get('milestone_date') as string | undefined) ?? null,
    periods: (given.get('periods') ?? periods_default) as number,
  }
}

/** Year, month from 0 and day of the first day of the period that many before a moment. */
const starts: Readonly<Record<Granularity, (at: Date, back: number) => [number, number, number]>> =
  {
    daily: (at, back) => [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate() - back],
    monthly: (at, back) => [at.getUTCFullYear(), at.getUTCMonth() - back, 1],
    yearly: (at, back) => [at.getUTCFullYear() - back, 0, 1],
  }

function spanOf({ granularity, milestone, periods }: InsightRequest, now_ms: number) {
  const at = milestone === null ? new Date(now_ms) : new Date(milestone)
  const start = (back: number) => {
    const moment = new Date(0)
    moment.setUTCFullYear(...starts[granularity](at, back))
    return moment
  }
  const [from, to] = [start(periods - 1), start(-1)]
  if (from.getUTCFullYear() < 1 || to.getUTCFullYear() > 9999) {
    throw badParameter('milestone_date', 'periods within the years 1 to 9999', milestone)
  }
  return { from: from.toISOString(), to: to.toISOString() }
}

const counted = [
  'settled_amount',
  'settled_count',
  'gross',
  'fees',
  'refunds',
  'disputes',
  'adjustments',
] as const

function dataText(rows: readonly SettlementSums[]): string {
  const periods = groupedBy(rows, (row) => `${row.period} ${row.currency}`)
  const texts = periods.map((of) => {
    const [first] = of
    const partners = groupedBy(of, (row) => row.partnerSource).map((some) =>
      line({ partnerSource: some[0]?.partnerSource }, some),
    )
    const accounts = of.map((row) =>
      line({ partnerSource: row.partnerSource, account_id: row.account_id }, [row]),
    )
    const whole = line({ period: first?.period, currency: first?.currency }, of)
    return `${whole.slice(0, -1)},"partners":[${partners.join(',')}],"accounts":[${accounts.join(',')}]}`
  })
  return `[${texts.join(',')}]`
}

function groupedBy(rows: readonly SettlementSums[], name: (row: SettlementSums) => string) {
  return Object.values(Object.groupBy(rows, name)).map((group) => group ?? [])
}

/** One object; its sums are exact past 2^53. */
function line(facts: object, rows: readonly SettlementSums[]): string {
  const pairs = counted.map((name) => {
    const total = rows.reduce((sum, row) => sum + BigInt(row[name]), 0n)
    return `"${name}":${total}`
  })
  return `${JSON.stringify(facts).slice(0, -1)},${pairs.join(',')}}`
}
