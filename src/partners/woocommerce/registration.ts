import { BadAnswer } from '../errors.ts'
import type { Registered, Registration } from '../notifications.ts'
import { objectOf, objectsIn, type Payload } from '../rule.ts'
import { referenceId } from '../rules.ts'

const path = '/wp-json/wc/v3/webhooks'
const list_max = '100'

/** Each webhook has one topic. */
const topics = [
  'customer.created',
  'customer.updated',
  'customer.deleted',
  'order.created',
  'order.updated',
  'order.deleted',
  'order.restored',
  'product.created',
  'product.updated',
  'product.deleted',
  'product.restored',
]

export const registration: Registration = {
  needs: 'a consumer key with write permission',
  secret: 'chosen',
  list: { path, query: { per_page: list_max, status: 'all' } },
  listed: (body) => objectsIn(body).map(registeredIn),
  create: ({ url: delivery_url, secret }) =>
    topics.map((topic) => ({
      path,
      body: { name: `Furrow: ${topic}`, topic, delivery_url, secret, status: 'active' },
    })),
  created: (body) => registeredIn(objectOf(body) ?? {}),
  remove: (id) => ({
    method: 'DELETE',
    path: `${path}/${encodeURIComponent(id)}`,
    query: { force: 'true' },
  }),
}

function registeredIn({ id, delivery_url }: Payload): Registered {
  const named = referenceId(id)
  if (named === null) throw new BadAnswer('webhook: expected an id')
  return { id: named, url: String(delivery_url) }
}
