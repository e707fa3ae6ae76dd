const address = 'name address1 address2 city provinceCode zip countryCodeV2 phone'
export const page = 'pageInfo{hasNextPage endCursor}'
const presentment = 'presentmentMoney{amount currencyCode}'
const money = 'amount currencyCode'

/** What is asked of one item of a list that stands inside another object. */
export const lineItem = `id name sku quantity product{legacyResourceId}
  originalUnitPriceSet{${presentment}} discountedTotalSet{${presentment}}`
export const variant = 'id sku price'
export const contractLine = `id title quantity productId
  currentPrice{${money}} lineDiscountedPrice{${money}}`
export const paymentMethod = `id revokedAt revokedReason customer{legacyResourceId}
  instrument{__typename
    ... on CustomerCreditCard{brand lastDigits expiryMonth expiryYear name}
    ... on CustomerShopPayAgreement{lastDigits expiryMonth expiryYear name inactive}
    ... on CustomerPaypalBillingAgreement{paypalAccountEmail inactive}
    ... on BankAccount{bankName lastDigits accountType}}`

/**
 * What is asked of each kind of object: one text, for lists, single objects and bulk operations
 * alike. Connections inside are few and one level deep, as bulk operations want them.
 */
export const fields = {
  customers: `id legacyResourceId createdAt updatedAt state displayName firstName lastName
    defaultEmailAddress{emailAddress} defaultPhoneNumber{phoneNumber}
    defaultAddress{${address}} amountSpent{currencyCode}`,
  products: `id legacyResourceId createdAt updatedAt title description status productType
    featuredMedia{preview{image{url}}} variants(first:10){nodes{${variant}}${page}}`,
  // Transactions and addresses are no connections: they always come whole.
  orders: `id legacyResourceId name createdAt updatedAt processedAt cancelledAt closed email phone
    presentmentCurrencyCode displayFinancialStatus displayFulfillmentStatus
    customer{legacyResourceId} shippingAddress{${address}} billingAddress{${address}}
    totalPriceSet{${presentment}} totalTaxSet{${presentment}}
    totalShippingPriceSet{${presentment}} totalDiscountsSet{${presentment}}
    transactions{id kind status createdAt gateway errorCode amountSet{${presentment}}
      parentTransaction{id}
      paymentDetails{__typename ... on BasePaymentDetails{paymentMethodName}
        ... on CardPaymentDetails{company number wallet}}}
    lineItems(first:5){nodes{${lineItem}}${page}}`,
  payment_methods: `id legacyResourceId updatedAt
    paymentMethods(first:2,showRevoked:true){nodes{${paymentMethod}}${page}}`,
  subscriptions: `id createdAt updatedAt status nextBillingDate currencyCode
    billingPolicy{interval intervalCount} customer{legacyResourceId}
    customerPaymentMethod(showRevoked:true){id} deliveryPrice{${money}}
    lines(first:5){nodes{${contractLine}}${page}}`,
  settlements: `id legacyResourceId issuedAt status transactionType net{${money}}`,
  transactions: `id type transactionDate sourceType sourceId sourceOrderTransactionId adjustmentReason
    amount{${money}} fee{${money}} net{${money}} associatedPayout{id status}`,
  disputes: `id legacyResourceId type status initiatedAt evidenceDueBy amount{${money}}
    reasonDetails{reason networkReasonCode}
    order{legacyResourceId customer{legacyResourceId} transactions{id kind status}}`,
  bank_accounts: 'id createdAt status bankName country currency accountNumberLastDigits',
} as const

export type Kind = keyof typeof fields
