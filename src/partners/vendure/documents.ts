import type { ApiRequest, ListRequest } from '../request.ts'

export const graphql_path = '/admin-api'

const address = `fullName company streetLine1 streetLine2 city province postalCode phoneNumber`

const customer = `id createdAt updatedAt title firstName lastName phoneNumber emailAddress user{id}
  addresses{id ${address} country{code} defaultShippingAddress defaultBillingAddress}`

const product = `id createdAt updatedAt name slug enabled description
  featuredAsset{preview} collections{name} variants{id sku name priceWithTax currencyCode}`

const order = `id code state active type createdAt updatedAt orderPlacedAt currencyCode
  shippingWithTax total totalWithTax customer{id emailAddress}
  shippingAddress{${address} countryCode}
  discounts{amountWithTax}
  lines{id quantity unitPriceWithTax discountedLinePriceWithTax
    productVariant{id sku name product{id}}}
  payments{id createdAt amount method state transactionId errorMessage
    refunds{id createdAt total state reason}}`

interface Listed {
  /** Name of the list, and of one of it. */
  readonly name: string
  readonly one: string
  readonly options: string
  readonly fields: string
}

const kinds = {
  customers: {
    name: 'customers',
    one: 'customer',
    options: 'CustomerListOptions',
    fields: customer,
  },
  products: { name: 'products', one: 'product', options: 'ProductListOptions', fields: product },
  orders: { name: 'orders', one: 'order', options: 'OrderListOptions', fields: order },
} as const satisfies Record<string, Listed>

export type Kind = keyof typeof kinds

/** A list, oldest change first. */
export function listOfKind(kind: Kind, filter: object = {}): ListRequest {
  const { name, options, fields } = kinds[kind]
  return {
    path: graphql_path,
    body: {
      query: `query($options:${options}){${name}(options:$options){totalItems items{${fields}}}}`,
      variables: { options: { sort: { updatedAt: 'ASC' }, filter } },
    },
    items: `data.${name}.items`,
    timeFilter: 'updatedAt',
  }
}

/** One object by its id; null in the answer is one that is not there. */
export function oneOfKind(kind: Kind, id: string): ApiRequest {
  const { one, fields } = kinds[kind]
  return {
    path: graphql_path,
    body: { query: `query($id:ID!){${one}(id:$id){${fields}}}`, variables: { id } },
    at: `data.${one}`,
  }
}

export const login = `mutation($username:String!,$password:String!){
  login(username:$username,password:$password){__typename ... on ErrorResult{errorCode message}}}`

export const account = `{activeChannel{id code token defaultCurrencyCode}
  globalSettings{serverConfig{moneyStrategyPrecision}}}`
