// What a partner tells those who asked for it: kept until it was delivered, signed as it goes out.
import { type Random, random } from './world/random.ts'

// One thing to tell, before anybody has signed it.
export type Message = {
  id: string
  // By which endpoints choose.
  topic: string
  body: string
  headers?: Record<string, string>
}

export type Endpoint = {
  id: string
  url: string
  secret: string
  // What it signed with before; null where it has always been the same.
  former: string | null
  // null is every topic.
  topics: readonly string[] | null
}

export type Signing = { message: Message; endpoint: Endpoint; secret: string; now: number }

export type DeliveriesOptions = {
  // The headers of the partner's scheme. Times are real ones: who hears it has a real clock.
  sign: (signing: Signing) => Record<string, string>
  // Partners that tell several things at once.
  joined?: (messages: readonly Message[]) => Message
}

export type DeliverOptions = {
  order?: 'told' | 'newest' | 'shuffled'
  // How often each is delivered.
  times?: number
  secret?: 'current' | 'former' | 'wrong'
  // What was delivered before is delivered again.
  again?: boolean
  seed?: number | string
}

export type Delivered = { id: string; topic: string; status: number }

export type Deliveries = {
  endpoints: () => Endpoint[]
  // An address that asks to be told; one that is known by its id is replaced.
  add: (endpoint: Omit<Endpoint, 'former'> & { former?: string | null }) => Endpoint
  remove: (id: string) => boolean
  tell: (message: Message) => void
  // Holds what is told until it is asked for, or lets it go out by itself.
  hold: (held: boolean) => void
  waiting: () => number
  // Those on their way, or to be tried again, too.
  busy: () => number
  deliver: (options?: DeliverOptions) => Promise<Delivered[]>
  stop: () => void
}

type Going = { message: Message; endpoint: string }

const WAITING_MAX = 100_000
const SENT_MAX = 10_000
const AT_ONCE = 8
const TOGETHER_MAX = 100
const TIMEOUT_MS = 10_000
const RETRY_MS = [200, 1_000, 5_000, 30_000]

export function createDeliveries(options: DeliveriesOptions): Deliveries {
  const endpoints = new Map<string, Endpoint>()
  const waiting: Going[] = []
  const sent: Going[] = []
  const stopping = new AbortController()
  const timers = new Set<NodeJS.Timeout>()
  let held = false
  let busy = false
  let flying = 0

  const post = (going: Going, secret: DeliverOptions['secret']) =>
    send(options, { ...going, endpoint: endpoints.get(going.endpoint) }, secret, stopping.signal)

  async function flow(): Promise<void> {
    if (busy) return
    busy = true
    while (waiting.length > 0 && !held && !stopping.signal.aborted) {
      const batch = grouped(waiting.splice(0, TOGETHER_MAX), options)
      await atOnce(batch, (going) => persist(going))
    }
    busy = false
  }

  async function persist(going: Going, attempt = 0): Promise<void> {
    flying += 1
    const { status } = await post(going, 'current')
    flying -= 1
    const wait = RETRY_MS[attempt]
    if ((status >= 200 && status < 300) || wait === undefined) return remember(sent, going)
    if (stopping.signal.aborted) return
    const timer = setTimeout(() => {
      timers.delete(timer)
      void persist(going, attempt + 1)
    }, wait)
    timer.unref()
    timers.add(timer)
  }

  return {
    endpoints: () => [...endpoints.values()],
    add: ({ former = null, ...endpoint }) => {
      const before = endpoints.get(endpoint.id)
      const changed = before && before.secret !== endpoint.secret
      const added = { ...endpoint, former: changed ? before.secret : (before?.former ?? former) }
      endpoints.set(endpoint.id, added)
      return added
    },
    remove: (id) => endpoints.delete(id),
    tell: (message) => {
      for (const { id, topics } of endpoints.values()) {
        if (topics !== null && !topics.includes(message.topic)) continue
        if (waiting.length >= WAITING_MAX) waiting.shift()
        waiting.push({ message, endpoint: id })
      }
      // After what happened is written down everywhere.
      if (!held && waiting.length > 0) setImmediate(() => void flow())
    },
    hold: (wanted) => {
      held = wanted
      if (!held) void flow()
    },
    waiting: () => waiting.length,
    busy: () => waiting.length + flying + timers.size,
    deliver: async ({ order = 'told', times = 1, secret = 'current', again, seed = 1 } = {}) => {
      const fresh = waiting.splice(0)
      const all = ordered([...(again ? sent : []), ...fresh], order, random('deliveries', seed))
      for (const going of fresh) remember(sent, going)
      const going = grouped(Array.from({ length: times }, () => all).flat(), options)
      return atOnce(going, (one) => post(one, secret))
    },
    stop: () => {
      stopping.abort()
      for (const timer of timers) clearTimeout(timer)
    },
  }
}

function remember(sent: Going[], going: Going): void {
  if (sent.length >= SENT_MAX) sent.shift()
  sent.push(going)
}

function ordered(all: Going[], order: DeliverOptions['order'], draw: Random): Going[] {
  if (order === 'newest') return all.reverse()
  if (order !== 'shuffled') return all
  const keyed = all.map((going) => ({ going, at: draw.next() }))
  return keyed.sort((one, other) => one.at - other.at).map(({ going }) => going)
}

// Of partners that tell several things at once, those of an endpoint together.
function grouped(all: Going[], { joined }: DeliveriesOptions): Going[] {
  if (!joined) return all
  const byEndpoint = Map.groupBy(all, ({ endpoint }) => endpoint)
  return [...byEndpoint].flatMap(([endpoint, some]) =>
    Array.from({ length: Math.ceil(some.length / TOGETHER_MAX) }, (_, i) => {
      const part = some.slice(i * TOGETHER_MAX, (i + 1) * TOGETHER_MAX)
      return { endpoint, message: joined(part.map(({ message }) => message)) }
    }),
  )
}

type Sending = { message: Message; endpoint: Endpoint | undefined }

async function send(
  { sign }: DeliveriesOptions,
  { message, endpoint }: Sending,
  which: DeliverOptions['secret'],
  signal: AbortSignal,
): Promise<Delivered> {
  const { id, topic, body } = message
  // Nobody listens any more.
  if (!endpoint) return { id, topic, status: 0 }
  const secrets = { current: endpoint.secret, former: endpoint.former, wrong: 'nobodys' }
  const secret = secrets[which ?? 'current'] ?? endpoint.secret
  const headers = {
    'content-type': 'application/json',
    ...message.headers,
    ...sign({ message, endpoint, secret, now: Date.now() }),
  }
  const cut = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)])
  try {
    const answer = await fetch(endpoint.url, { method: 'POST', headers, body, signal: cut })
    await answer.arrayBuffer()
    return { id, topic, status: answer.status }
  } catch {
    return { id, topic, status: 0 }
  }
}

async function atOnce<A, B>(all: readonly A[], work: (one: A) => Promise<B>): Promise<B[]> {
  const results: B[] = new Array(all.length)
  let next = 0
  const worker = async () => {
    for (let i = next++; i < all.length; i = next++) results[i] = await work(all[i] as A)
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, all.length) }, worker))
  return results
}
