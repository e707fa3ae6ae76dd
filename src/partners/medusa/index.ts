import { basic } from '../authenticate.ts'
import { BadAnswer } from '../errors.ts'
import { anchoredOffsets } from '../offset.ts'
import { shopUrl } from '../own_host.ts'
import type { AccountFacts, Partner, PartnerError } from '../partner.ts'
import type { AskedPage, ListRequest } from '../request.ts'
import { clean, objectOf, objectsIn } from '../rule.ts'
import { recognise } from './recognise.ts'
import { streams } from './streams.ts'

export const medusa: Partner = {
  name: 'medusa',
  title: 'Medusa',
  docs: 'https://docs.medusajs.com/api/admin',
  apiVersion: '2.21.2',
  baseUrl: ({ url }) => shopUrl(url),
  credential: [
    { name: 'api_key', description: 'Secret API key', secret: true, example: 'sk_…' },
    {
      name: 'url',
      description: "The server's address",
      secret: false,
      example: 'https://shop.example.com',
    },
  ],
  // A server is test or live as its owner means it; nothing in a key says which.
  modeOf: () => null,
  headers: ({ api_key = '' }) => basic(api_key, ''),
  account: {
    requests: [{ path: '/admin/stores', query: { fields: 'id,name,*supported_currencies' } }],
    read: readAccount,
  },
  limits: { per_second: { live: 10, test: 10 }, source: 'https://docs.medusajs.com/api/admin' },
  errors: readError,
  paging: anchoredOffsets({
    page_size_max: 200,
    request: listRequest,
    items: itemsIn,
    total: (body) => objectOf(body)?.count,
  }),
  streams,
  deletions: {
    bound: 'Customers and orders within an hour, products within a day',
    evidence: 'absence from a complete reading, confirmed by reading the id: 404',
  },
  gaps: [
    'No movements, fees, settlements, disputes or saved instruments: payment providers keep them',
    'No subscriptions and invoices',
    'A changed address moves no stamp of its customer, and a capture none of its order: both are ' +
      'seen when all are read again, within an hour',
    'A changed price moves the stamp of its variant, not of its product: it is seen within a day',
    'A guest is a customer here (has_account: false); only an order without one makes a derived guest',
    'No notifications: subscribers are code of the shop’s own',
  ],
  recognise,
}

function listRequest(
  { path, query, timeFilter }: ListRequest,
  { from_ms, skip, take }: { from_ms: number | null; skip: number; take: number },
) {
  const since = timeFilter && from_ms !== null ? new Date(from_ms).toISOString() : null
  return {
    path,
    query: {
      ...query,
      limit: `${take}`,
      offset: `${skip}`,
      ...(since === null ? {} : { [`${timeFilter}[$gte]`]: since }),
    },
  }
}

function itemsIn(body: unknown, { listed }: AskedPage): unknown {
  return objectOf(body)?.[listed.items ?? '']
}

// The first release of Medusa 2; no server that this reads is older.
const released_ms = Date.UTC(2024, 9, 22)

function readAccount([body]: readonly unknown[]): AccountFacts {
  const [store] = objectsIn(objectOf(body)?.stores)
  if (typeof store?.id !== 'string') throw new BadAnswer('stores: expected a store with an id')
  const currencies = objectsIn(store.supported_currencies)
  const main = currencies.find(({ is_default }) => is_default === true) ?? currencies[0]
  const code = clean(main?.currency_code)
  return {
    partnerAccountId: store.id,
    accountName: clean(store.name) as string | null, // a text, or cleaned to null
    country: null,
    created_ms: released_ms,
    facts: typeof code === 'string' ? { currency: code.toUpperCase() } : {},
  }
}

function readError(_status: number, body: unknown): PartnerError {
  const { type, code, message } = objectOf(body) ?? {}
  const word = code ?? type
  return {
    message: typeof message === 'string' ? message : 'without a reason',
    code: typeof word === 'string' ? word : null,
  }
}
