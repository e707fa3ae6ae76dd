import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import type { Desk } from '../../connect/consent.ts'
import { BadLink } from '../../connect/consent_link.ts'
import {
  type ConnectionStatus,
  connectionStatuses,
} from '../../model/partner_account_connection.ts'
import { newLimiter } from '../limit.ts'
import { problemAnswer } from '../problem.ts'
import { answered, entered, partnerIn, showAsk, showForm } from './answers.ts'
import { cameBack } from './callback.ts'
import { sendPage } from './headers.ts'
import { colour_default, colour_pattern, styleOf } from './style.ts'
import { donePage, faultPage, troublePage } from './views.ts'
import { visitOf } from './visit.ts'

const requests_per_minute_max = 120
const form_bytes_max = 65_536
const style_seconds = 86_400

/** The hosted consent page: where a business says yes or no. */
export function consentPages(app: FastifyInstance, desk: Desk, log: Logger | null) {
  const limit = newLimiter(requests_per_minute_max)
  app.removeAllContentTypeParsers()
  const parse = { parseAs: 'string', bodyLimit: form_bytes_max } as const
  app.addContentTypeParser('application/x-www-form-urlencoded', parse, (_, body, done) =>
    done(null, body),
  )
  app.addHook('onRequest', async ({ ip }) => void limit(ip))
  app.setErrorHandler((error, request, reply) =>
    showTrouble(desk, log, { error: error as Error, request, reply }),
  )
  app.get('/connect/style/:name', (request, reply) => sendStyle(request, reply))
  app.get('/connect/callback', (request, reply) => cameBack(desk, request, reply))
  app.get('/connect/done', (request, reply) => {
    const page = donePage(statusIn(request.url))
    return sendPage(desk, reply, { page })
  })
  app.get('/connect/:token', async (request, reply) =>
    showAsk(desk, reply, await visitOf(desk, request, reply)),
  )
  app.post('/connect/:token', (request, reply) => answered(desk, request, reply))
  app.get('/connect/:token/:partner', async (request, reply) => {
    const at = await visitOf(desk, request, reply)
    return showForm(desk, reply, { at, partner: partnerIn(desk, at, request) })
  })
  app.post('/connect/:token/:partner', (request, reply) => entered(desk, request, reply))
}

/** Only words that are ours: the address is anybody's. */
function statusIn(url: string): ConnectionStatus | null {
  const given = new URLSearchParams(url.split('?')[1]).get('status')
  return connectionStatuses.find((status) => status === given) ?? null
}

function sendStyle(request: FastifyRequest, reply: FastifyReply) {
  const { name = '' } = request.params as { name?: string }
  const colour = `#${name.replace(/\.css$/, '')}`
  const style = styleOf(colour_pattern.test(colour) ? colour : colour_default)
  return reply
    .headers({
      'cache-control': `public, max-age=${style_seconds}`,
      'content-type': 'text/css; charset=utf-8',
    })
    .send(style)
}

const fault_statuses = { unknown: 404, expired: 410, used: 410, elsewhere: 403 } as const

interface Trouble {
  readonly error: Error
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** A page for what went wrong; what the business can do about it, if anything. */
function showTrouble(desk: Desk, log: Logger | null, { error, request, reply }: Trouble) {
  if (error instanceof BadLink) {
    const page = faultPage(error.fault)
    return sendPage(desk, reply, { page, status: fault_statuses[error.fault] })
  }
  const { status, headers, defect } = problemAnswer(error, request.id)
  // Its message may quote what was entered; only its kind and place are written.
  const route = request.routeOptions.url
  if (defect) log?.error({ request_id: request.id, route, error: error.name }, 'defect')
  const [title, text] = troubles[status] ?? troubles[500]
  return sendPage(desk, reply.headers(headers), { page: troublePage(title, text), status })
}

const troubles: { readonly [status: number]: readonly [string, string] } & {
  readonly 500: readonly [string, string]
} = {
  404: ['There is no such page', 'Open the link that you were given once more.'],
  429: ['Too many requests', 'Wait a minute, and open the link once more.'],
  500: [
    'Something went wrong',
    'It is a defect of ours. Open the link once more, or ask for help.',
  ],
  503: ['Too busy at the moment', 'Wait a moment, and open the link once more.'],
}
