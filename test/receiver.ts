import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** One request as a receiver of events got it. */
export interface Received {
  readonly id: string
  readonly headers: { readonly [name: string]: string }
  readonly text: string
  readonly event: ReceivedEvent
}

export interface ReceivedEvent {
  readonly id: string
  readonly type: string
  readonly timestamp: string
  readonly mode: string
  readonly data: {
    readonly ledgerAccountId: string
    readonly seq: number
    readonly object: string
    readonly id: string
    readonly changed: readonly string[]
    readonly record?: { readonly [attribute: string]: unknown } | null
  }
}

/** How a receiver answers: 200 without a word, unless a test says otherwise. */
export type Answering = (received: Received, response: ServerResponse) => Promise<unknown> | unknown

export interface Receiver {
  readonly url: string
  readonly received: Received[]
  /** TCP connections that anybody has made to it. */
  readonly connections: () => number
  answer: Answering
  readonly close: () => Promise<void>
}

/** A receiver of events on loopback, which keeps what it got. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = []
  let connections = 0
  const server = createServer(async (request, response) => {
    const got = await read(request)
    received.push(got)
    await receiver.answer(got, response)
    if (!response.writableEnded) response.end()
  })
  server.on('connection', () => connections++)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}/events`,
    received,
    connections: () => connections,
    answer: () => undefined,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return receiver
}

async function read(request: IncomingMessage): Promise<Received> {
  const body = await text(request)
  const headers = request.headers as Received['headers']
  const event = (body.startsWith('{') ? JSON.parse(body) : null) as ReceivedEvent
  return { id: headers['webhook-id'] ?? '', headers, text: body, event }
}

/** An answer of a status, with headers. */
export function answering(status: number, headers: Record<string, string> = {}): Answering {
  return (_, response) => response.writeHead(status, headers)
}
