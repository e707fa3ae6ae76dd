// PostGraphile on plain tables, as its pages on production advise: no development mode, no
// watching, no explaining, no GraphiQL, data passed on as text.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { postgraphile } from 'postgraphile'
import { makePgService } from 'postgraphile/adaptors/pg'
import { grafserv } from 'postgraphile/grafserv/node'
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber'
import { answerAs } from '../side.ts'

/** The same as Furrow's. */
const connections_max = 10

answerAs({
  async serve({ url, schema }: { url: string; schema: string }) {
    const pgService = makePgService({
      connectionString: url,
      schemas: [schema],
      poolConfig: { max: connections_max },
    })
    const instance = postgraphile({
      extends: [PostGraphileAmberPreset],
      pgServices: [pgService],
      schema: { defaultBehavior: '+list' },
      grafast: { explain: false },
      grafserv: {
        graphiql: false,
        watch: false,
        websockets: false,
        outputDataAsString: true,
      },
    })
    const server = createServer()
    server.on('error', () => undefined)
    await instance.createServ(grafserv).addTo(server)
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`
  },
})
