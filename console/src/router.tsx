import { createRootRoute, createRoute, createRouter, redirect } from '@tanstack/react-router'
import type { Parameters } from './api/path.ts'
import { ChangesPage } from './pages/changes.tsx'
import { CustomerPage } from './pages/customer.tsx'
import { CustomersPage } from './pages/customers.tsx'
import { DictionaryPage } from './pages/dictionary.tsx'
import { DictionaryObjectPage } from './pages/dictionary_object.tsx'
import { EventsPage } from './pages/events.tsx'
import { HealthPage } from './pages/health.tsx'
import { KeysPage } from './pages/keys.tsx'
import { LedgerAccountPage } from './pages/ledger_account.tsx'
import { LedgerAccountsPage } from './pages/ledger_accounts.tsx'
import { Lost, Trouble, Waiting } from './pages/lost.tsx'
import { RecordPage } from './pages/record.tsx'
import { RecordsPage } from './pages/records.tsx'
import { SettlementPage } from './pages/settlement.tsx'
import { SettlementsPage } from './pages/settlements.tsx'
import { Shell } from './shell/shell.tsx'

const root = createRootRoute({
  component: Shell,
  notFoundComponent: Lost,
  // Filters stand in the address under the API's own names, whatever page it is.
  validateSearch: (search: Record<string, unknown>) => search as Parameters,
})

/** Every page and its address; the server knows the first segments of these. */
const pages = {
  '/customers': CustomersPage,
  '/customers/$id': CustomerPage,
  '/records/$object': RecordsPage,
  '/records/$object/$id': RecordPage,
  '/ledger-accounts': LedgerAccountsPage,
  '/ledger-accounts/$id': LedgerAccountPage,
  '/settlements': SettlementsPage,
  '/settlements/$id': SettlementPage,
  '/changes': ChangesPage,
  '/events': EventsPage,
  '/dictionary': DictionaryPage,
  '/dictionary/$object': DictionaryObjectPage,
  '/keys': KeysPage,
  '/health': HealthPage,
} as const

const first = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/customers' as string })
  },
})

const routes = Object.entries(pages).map(([path, component]) =>
  createRoute({ getParentRoute: () => root, path, component }),
)

/** The console's router. Search parameters are texts, as the API takes them. */
export function newRouter() {
  return createRouter({
    routeTree: root.addChildren([first, ...routes]),
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: searchText,
    defaultErrorComponent: Trouble,
    defaultPendingComponent: Waiting,
    defaultPendingMs: 0,
    defaultPendingMinMs: 0,
    scrollRestoration: true,
  })
}

function searchText(search: object): string {
  const text = new URLSearchParams(search as Record<string, string>).toString()
  return text === '' ? '' : `?${text.replaceAll('%5B', '[').replaceAll('%5D', ']')}`
}
