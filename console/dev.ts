// Serves the console from its sources, with the API of a server that runs already (FURROW_URL).
import { createServer } from 'vite'
import { viteOptions } from './vite_options.ts'

const api = process.env.FURROW_URL ?? 'http://127.0.0.1:4242'
const paths = ['/v1', '/v2', '/docs', '/console', '/metrics', '/livez', '/readyz', '/errors']
const server = await createServer({
  ...viteOptions,
  // The host stays as the browser names it, so that the server sees its own page asking.
  server: {
    proxy: Object.fromEntries(paths.map((path) => [path, { target: api, changeOrigin: false }])),
  },
})
await server.listen()
server.printUrls()
