import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { createRoot } from 'react-dom/client'
import { sessionQuery } from './api/queries.ts'
import { ApiProblem } from './api/request.ts'
import { newRouter } from './router.tsx'
import { applyTheme, rememberedTheme } from './shell/theme.ts'
import './style/base.css'
import './style/shell.css'
import './style/parts.css'
import './style/tables.css'
import './style/pages.css'

const retries_max = 2

const client = new QueryClient({
  queryCache: new QueryCache({
    onError(error) {
      // Expired, revoked or signed out elsewhere: the page asks for a key again.
      if (isSignedOut(error)) client.setQueryData(sessionQuery.queryKey, null)
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchOnWindowFocus: false,
      retry: (count, error) =>
        !(error instanceof ApiProblem && error.status < 500) && count < retries_max,
    },
  },
})

function isSignedOut(error: unknown): boolean {
  return error instanceof ApiProblem && error.status === 401
}

applyTheme(rememberedTheme())
const root = document.getElementById('root')
if (!root) throw new Error('the page has no place to draw in')
createRoot(root).render(
  <QueryClientProvider client={client}>
    <RouterProvider router={newRouter()} />
  </QueryClientProvider>,
)
