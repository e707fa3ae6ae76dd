// The least that a server on Postgres can do: one prepared statement, its texts joined.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import pg from 'pg'
import { answerAs } from '../side.ts'

/** The same as Furrow's. */
const connections_max = 10
const page_size = 100

const list = {
  name: 'list',
  text: `select record from customer where ledger_account_id = $1 and "recordState" = 'ACTIVE'
    order by created_date desc, id desc limit ${page_size}`,
}
const retrieve = {
  name: 'retrieve',
  text: 'select record from customer where ledger_account_id = $1 and id = $2',
}

answerAs({
  async serve({ url, ledgerAccountId }: { url: string; ledgerAccountId: string }) {
    const pool = new pg.Pool({ connectionString: url, max: connections_max })
    const read = async (path: string): Promise<string> => {
      const id = path.split('/')[2]
      const asked = id
        ? { ...retrieve, values: [ledgerAccountId, id] }
        : { ...list, values: [ledgerAccountId] }
      const { rows } = await pool.query<{ record: string }>(asked)
      const texts = rows.map((row) => row.record)
      return id ? (texts[0] ?? '') : `{"object":"list","data":[${texts.join(',')}]}`
    }
    const server = createServer(async (request, response) => {
      const body = await read(request.url ?? '')
      response.writeHead(200, {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      })
      response.end(body)
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  },
})
