export interface Destination {
  readonly title: string
  readonly to: string
}

/** The pages that stand in the navigation, in its order. */
export const main_pages: readonly Destination[] = [
  { title: 'Customers', to: '/customers' },
  { title: 'Payments', to: '/records/payments' },
  { title: 'Settlements', to: '/settlements' },
  { title: 'Disputes', to: '/records/disputes' },
  { title: 'Subscriptions', to: '/records/subscriptions' },
  { title: 'Orders', to: '/records/orders' },
  { title: 'Invoices', to: '/records/invoices' },
  { title: 'Products', to: '/records/products' },
]

export const system_pages: readonly Destination[] = [
  { title: 'Ledger accounts', to: '/ledger-accounts' },
  { title: 'Changes', to: '/changes' },
  { title: 'Events', to: '/events' },
  { title: 'Data dictionary', to: '/dictionary' },
  { title: 'Keys', to: '/keys' },
  { title: 'Health', to: '/health' },
]
