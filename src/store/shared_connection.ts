import type { Socket } from 'node:net'
import pg from 'pg'

/** A connection that many callers ask at the same time, for reads of a few rows by their key. */
export interface SharedConnection {
  readonly query: (statement: pg.QueryConfig) => Promise<pg.QueryResult>
  readonly close: () => Promise<void>
}

/**
 * Opens it when it is first asked, and again after it broke. What is asked in one turn of the event
 * loop is sent together: writing to a socket costs more than all else that such a read does here.
 * Answers come in the order of the questions, so nothing slow may be among them.
 */
export function newSharedConnection(
  config: pg.ClientConfig,
  onUse: (client: pg.Client) => void = () => undefined,
): SharedConnection {
  let current: Promise<pg.Client> | null = null

  function open(): Promise<pg.Client> {
    const client = new pg.Client(config)
    const opening = client.connect().then(() => client)
    const forget = () => {
      if (current === opening) current = null
    }
    // The callers whose questions were on their way are told by their own rejections.
    client.on('error', forget)
    client.on('end', forget)
    opening.catch(forget)
    return opening
  }

  return {
    async query(statement) {
      current ??= open()
      const client = await current
      sendTogether(client)
      onUse(client)
      return client.query(statement)
    },
    async close() {
      const client = await current?.catch(() => null)
      await client?.end()
    },
  }
}

const held = new WeakSet<Socket>()

/** Holds back what is written until everything that has arrived in this turn has been heard. */
function sendTogether(client: pg.Client) {
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection
  if (held.has(stream)) return
  held.add(stream)
  stream.cork()
  setImmediate(() => {
    held.delete(stream)
    stream.uncork()
  })
}
