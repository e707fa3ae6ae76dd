import { BadAnswer, Rejected } from '../errors.ts'
import type { Registered, Registration } from '../notifications.ts'
import type { ApiRequest } from '../request.ts'
import { objectOf, objectsIn, type Payload, pathReader } from '../rule.ts'
import { graphql_path } from './documents.ts'

/** Each subscription has one topic. */
export const topics = [
  'APP_UNINSTALLED',
  'CUSTOMERS_CREATE',
  'CUSTOMERS_DELETE',
  'CUSTOMERS_DISABLE',
  'CUSTOMERS_ENABLE',
  'CUSTOMERS_MERGE',
  'CUSTOMERS_UPDATE',
  'CUSTOMER_PAYMENT_METHODS_CREATE',
  'CUSTOMER_PAYMENT_METHODS_REVOKE',
  'CUSTOMER_PAYMENT_METHODS_UPDATE',
  'DISPUTES_CREATE',
  'DISPUTES_UPDATE',
  'ORDERS_CANCELLED',
  'ORDERS_CREATE',
  'ORDERS_DELETE',
  'ORDERS_EDITED',
  'ORDERS_UPDATED',
  'ORDER_TRANSACTIONS_CREATE',
  'PRODUCTS_CREATE',
  'PRODUCTS_DELETE',
  'PRODUCTS_UPDATE',
  'REFUNDS_CREATE',
  'SUBSCRIPTION_CONTRACTS_CREATE',
  'SUBSCRIPTION_CONTRACTS_UPDATE',
] as const

export const documents = {
  list: 'query{webhookSubscriptions(first:250){nodes{id uri topic}}}',
  create:
    'mutation($topic:WebhookSubscriptionTopic!,$uri:String!){webhookSubscriptionCreate(' +
    'topic:$topic,webhookSubscription:{uri:$uri,format:JSON}){webhookSubscription{id uri topic}' +
    'userErrors{field message}}}',
  remove:
    'mutation($id:ID!){webhookSubscriptionDelete(id:$id){deletedWebhookSubscriptionId ' +
    'userErrors{field message}}}',
} as const

function asked(query: string, variables: Payload = {}): ApiRequest {
  return { path: graphql_path, body: { query, variables } }
}

export const registration: Registration = {
  needs: 'the scopes that read what the topics are about',
  // Every app signs with its own client secret, which no API tells.
  secret: 'known',
  list: asked(documents.list),
  listed: (body) =>
    objectsIn(pathReader('data.webhookSubscriptions.nodes')(body)).map(registeredIn),
  create: ({ url: uri }) => topics.map((topic) => asked(documents.create, { topic, uri })),
  created(body) {
    const { webhookSubscription, userErrors } =
      objectOf(pathReader('data.webhookSubscriptionCreate')(body)) ?? {}
    const [fault] = objectsIn(userErrors)
    if (fault) throw new Rejected(422, null, `webhookSubscriptionCreate: ${String(fault.message)}`)
    return registeredIn(objectOf(webhookSubscription) ?? {})
  },
  remove: (id) => asked(documents.remove, { id }),
}

function registeredIn({ id, uri }: Payload): Registered {
  if (typeof id !== 'string') throw new BadAnswer('webhook subscription: expected an id')
  return { id, url: String(uri) }
}
