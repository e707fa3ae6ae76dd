// The simulated partners behind one port on loopback.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import Fastify, { type FastifyInstance } from 'fastify'
import { withConsent } from './consent/consent.ts'
import { controlRoutes } from './control.ts'
import type { Deliveries } from './deliveries.ts'
import { createFaults, type FaultRequest } from './faults.ts'
import type { Access, Partner } from './partner.ts'
import { type PartnerName, type PartnerOptions, partnerNames, partners } from './partners.ts'
import { partnerRoutes } from './routes.ts'
import { createStripe, type Stripe } from './stripe/partner.ts'
import { EPOCH, type World } from './world.ts'

export type SandboxOptions = {
  port?: number
  seed?: number
  // People who came by until the epoch.
  buyers?: number
  bulkCustomers?: number
  // 0 is without a limit.
  ratePerSecond?: number
  // What the virtual clock shows at first: milliseconds or ISO 8601.
  clock?: number | string
  // People come by and buy nothing: for lists of many customers.
  idle?: boolean
  // A shop's single currency, at the partners that are shops.
  currency?: string
  // What a search gives at most, at partners where it is limited.
  resultsMax?: number
}

// A body tells apart the questions of partners that are all asked at one path.
export type Logged = { method: string; path: string; query: string; body: string; status: number }

export type Sandbox = {
  url: string
  stripe: StripeAccess
  // Any of the partners, by name; made when it is first asked for.
  partner: (name: PartnerName) => PartnerAccess
  world: World
  now: () => number
  advance: (ms: number) => void
  inject: (fault: FaultRequest) => void
  clearFaults: () => void
  requests: () => Logged[]
  clearRequests: () => void
  stop: () => Promise<void>
}

export type PartnerAccess = Access & { baseUrl: string } & Pick<
    Partner,
    'remove' | 'consent' | 'tellOfUnknown'
  > & {
    // Partners that tell nobody anything have none.
    deliveries: Deliveries | undefined
  }

export type StripeAccess = {
  baseUrl: string
  key: string
  liveKey: string
  restrictedKey: string
  bulkKey: string
  oracleKey: string
  accountId: string
  revokeKey: (key: string) => void
  deauthorise: () => void
}

const LOOPBACK = '127.0.0.1'

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { port = 0, seed = 1, buyers = 200, bulkCustomers = 0, clock = EPOCH } = options
  const { ratePerSecond = 0 } = options
  const epoch = typeof clock === 'number' ? clock : Date.parse(clock)
  if (!Number.isFinite(epoch)) throw new Error(`clock: expected a time, got "${clock}"`)
  const { idle = false } = options
  const stripe = createStripe({ seed, buyers, bulkCustomers, epoch, idle })
  const known = knownPartners(stripe, { ...options, seed, buyers, epoch, ratePerSecond })
  const faults = createFaults()
  const requests: Logged[] = []
  const { app, server } = createApp()
  const sandbox: Omit<Sandbox, 'url' | 'stripe' | 'partner'> = {
    world: stripe.account.world,
    now: stripe.now,
    advance: (ms) => {
      const time = stripe.now() + ms
      for (const partner of known.made()) partner.advanceTo(time)
    },
    inject: faults.inject,
    clearFaults: faults.clear,
    requests: () => requests,
    clearRequests: () => void requests.splice(0),
    stop: () => {
      for (const partner of known.made()) partner.deliveries?.stop()
      return stop(app, server)
    },
  }
  const closeFor = (ms: number) => closeAWhile(server, ms)
  for (const name of partnerNames) {
    const serving = { name, faults, requests, ratePerSecond, closeFor }
    partnerRoutes(app, {
      ...serving,
      get partner() {
        return known.get(name)
      },
    })
  }
  controlRoutes(app, sandbox, { stripe, partner: known.get })
  await app.ready()
  await listen(server, port)
  const url = `http://${LOOPBACK}:${(server.address() as AddressInfo).port}` // it listens on TCP
  const partner = (name: PartnerName) => {
    const { access, remove, consent, deliveries, tellOfUnknown } = known.get(name)
    const can = { remove, deliveries, tellOfUnknown, ...(consent ? { consent } : {}) }
    return { ...access, ...can, baseUrl: `${url}/${name}` }
  }
  return { ...sandbox, url, stripe: accessTo(stripe, url), partner }
}

type Known = { get: (name: PartnerName) => Partner; made: () => Partner[] }

// A world takes a moment to come into being, so each partner's waits until somebody asks for it.
function knownPartners(
  stripe: Stripe,
  options: Omit<PartnerOptions, 'seed'> & { seed: number; buyers: number; epoch: number },
): Known {
  const made = new Map<PartnerName, Partner>([['stripe', withConsent(stripe)]])
  const { currency, resultsMax, ...world } = options
  return {
    made: () => [...made.values()],
    get: (name) => {
      const before = made.get(name)
      if (before) return before
      const partner = withConsent(
        partners[name]({
          ...world,
          ...(currency ? { currency } : {}),
          ...(resultsMax ? { resultsMax } : {}),
        }),
      )
      partner.advanceTo(stripe.now())
      made.set(name, partner)
      return partner
    },
  }
}

function createApp(): { app: FastifyInstance; server: Server } {
  const server = createServer({ keepAliveTimeout: 30_000 })
  const app = Fastify({
    logger: false,
    ajv: { customOptions: { allowUnionTypes: true } },
    // The server listens and stops listening by itself, because of the fault that refuses.
    serverFactory: (handler) => server.on('request', handler),
  })
  return { app, server }
}

function accessTo({ keys, account, ...stripe }: Stripe, url: string): StripeAccess {
  return {
    baseUrl: `${url}/stripe`,
    key: keys.test,
    liveKey: keys.live,
    restrictedKey: keys.restricted,
    bulkKey: keys.bulk,
    oracleKey: keys.oracle,
    accountId: account.accountId,
    revokeKey: stripe.revokeKey,
    deauthorise: stripe.deauthorise,
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, LOOPBACK, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

// Connections are refused until the time is up; the port stays ours to take again.
function closeAWhile(server: Server, ms: number): void {
  const { port } = server.address() as AddressInfo // it listens on TCP
  server.close()
  server.closeIdleConnections()
  const timer = setTimeout(() => server.listen(port, LOOPBACK), ms)
  server.once('stopping', () => clearTimeout(timer))
}

async function stop(app: FastifyInstance, server: Server): Promise<void> {
  server.emit('stopping')
  server.closeAllConnections()
  if (server.listening) {
    await new Promise((resolve) => {
      server.close(resolve)
      server.closeAllConnections()
    })
  }
  await app.close()
}
