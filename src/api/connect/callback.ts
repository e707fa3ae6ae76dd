import type { FastifyReply, FastifyRequest } from 'fastify'
import { completeAttempt, type Desk, denyOne, partnerOf } from '../../connect/consent.ts'
import { attemptOf, BadLink, isTheirs, linkOfAttempt } from '../../connect/consent_link.ts'
import type { Partner } from '../../partners/partner.ts'
import type { ConsentLink } from '../../store/consent_link.ts'
import { sendOn, sendPage } from './headers.ts'
import { returnTo } from './return.ts'
import { type Kept, keptIn } from './session.ts'
import { againPage } from './views.ts'
import { brandOf, reachOf, visitAt } from './visit.ts'

const query_length_max = 8000

/** The business comes back from a partner. Only in the browser in which it went there. */
export async function cameBack(desk: Desk, request: FastifyRequest, reply: FastifyReply) {
  const query = queryOf(request)
  const state = query.get('state') ?? ''
  const attempt = await attemptOf(desk.db, state)
  const link = await linkOfAttempt(desk.db, attempt, desk.now())
  const kept = keptIn(desk, link, request)
  if (kept === null || link.sessionHash === null || !isTheirs(link, kept.secret)) {
    throw new BadLink('elsewhere')
  }
  const partner = partnerOf(desk, link, attempt.partnerSource)
  if (!partner) throw new BadLink('unknown')
  try {
    const { secret } = kept
    await completeAttempt(desk, link, { attempt, partner, state, query, secret })
  } catch (error) {
    return again(desk, reply, { link, kept, partner, error: error as Error })
  }
  return sendOn(reply, await returnTo(desk, link, { status: 'Active', partner }))
}

/** Each parameter once: of two, nobody knows which one counts. */
function queryOf({ url }: FastifyRequest): URLSearchParams {
  const at = url.indexOf('?')
  const query = new URLSearchParams(at < 0 ? '' : url.slice(at + 1))
  const names = [...query.keys()]
  const isPlain = new Set(names).size === names.length && url.length <= query_length_max
  if (!isPlain) throw new BadLink('unknown')
  return query
}

interface Failed {
  readonly link: ConsentLink
  readonly kept: Kept
  readonly partner: Partner
  readonly error: Error
}

const told: { readonly [name: string]: (partner: Partner, error: Error) => string } = {
  ConsentDenied: ({ title }) => `You said no at ${title}.`,
  Refused: ({ title }, { message }) => `${title} refused: ${message}`,
  NotAuthorised: (_, { message }) => message,
  BadCredential: (_, { message }) => message,
  BadAnswer: ({ title }, { message }) => `${title} gave an answer that makes no sense: ${message}`,
  Unavailable: ({ title }) => `${title} does not answer at the moment.`,
}

async function again(desk: Desk, reply: FastifyReply, { link, kept, partner, error }: Failed) {
  const problem = told[error.name]?.(partner, error)
  if (problem === undefined) throw error
  if (error.name === 'ConsentDenied') await denyOne(desk, link, partner)
  const brand = await brandOf(desk, link)
  const { path } = visitAt(link, kept)
  const page = againPage({ brand, path, partner }, problem)
  return sendPage(desk, reply, { page, status: 422, reach: reachOf(desk, link, brand) })
}
