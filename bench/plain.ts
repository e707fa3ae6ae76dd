import { runOn } from './servers.ts'

export const plain_schema = 'plain'

/** Their names, and the views they are copied from. GraphQL keeps `Subscription` for itself. */
const tables = {
  customers: 'customers',
  external_accounts: 'external_accounts',
  customer_subscriptions: 'subscriptions',
} as const

/**
 * The seller's customers as anybody would keep them: plain tables with foreign keys and the
 * indexes that the list needs, filled from the same records.
 */
export async function fillPlain(url: string, from: string) {
  const s = plain_schema
  const copied = Object.entries(tables).flatMap(([table, view]) => [
    `create table ${s}.${table} as select * from ${from}.${view}`,
    `alter table ${s}.${table} alter id set not null, add primary key (id)`,
  ])
  await runOn(url, [
    `create schema ${s}`,
    ...copied,
    `alter table ${s}.customers
       add foreign key (external_account_id) references ${s}.external_accounts (id)`,
    `alter table ${s}.customer_subscriptions
       add foreign key (customer_id) references ${s}.customers (id)`,
    `create index on ${s}.customers (created_date desc, id desc)`,
    `create index on ${s}.customers (external_account_id)`,
    `create index on ${s}.customer_subscriptions (customer_id, created_date desc, id desc)`,
    ...Object.keys(tables).map((table) => `vacuum analyze ${s}.${table}`),
  ])
}

interface Field {
  readonly name: string
  readonly type: {
    readonly name: string | null
    readonly kind: string
    readonly ofType: Field['type'] | null
  }
}

/** The query for a page of customers with all their attributes, instruments and subscriptions. */
export async function graphqlQuery(endpoint: string, limits: { page: number; list: number }) {
  const attributesOf = async (type: string) => {
    const { __type } = await ask<{ __type: { fields: Field[] } }>(
      endpoint,
      `{ __type(name: "${type}") { fields { name type { ${'name kind ofType { '.repeat(3)} name kind ${'} '.repeat(3)} } } } }`,
    )
    return __type.fields
      .filter(isAttribute)
      .map(({ name }) => name)
      .join(' ')
  }
  const [customer, account, subscription] = await Promise.all(
    ['Customer', 'ExternalAccount', 'CustomerSubscription'].map(attributesOf),
  )
  return `{ allCustomersList(first: ${limits.page}, orderBy: [CREATED_DATE_DESC, ROW_ID_DESC]) {
    ${customer}
    externalAccountByExternalAccountId { ${account} }
    customerSubscriptionsByCustomerIdList(first: ${limits.list}, orderBy: [CREATED_DATE_DESC, ROW_ID_DESC]) {
      ${subscription}
    }
  } }`
}

/** Columns, but neither relations nor the global id that PostGraphile adds. */
function isAttribute({ type }: Field): boolean {
  const inner = innermost(type)
  return inner.kind !== 'OBJECT' && inner.name !== 'ID'
}

function innermost(type: Field['type']): Field['type'] {
  return type.ofType ? innermost(type.ofType) : type
}

export async function ask<Data>(endpoint: string, query: string): Promise<Data> {
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  })
  const { data, errors } = (await answer.json()) as { data: Data; errors?: unknown }
  if (errors) throw new Error(`PostGraphile: ${JSON.stringify(errors)}`)
  return data
}
