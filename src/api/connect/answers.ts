import type { FastifyReply, FastifyRequest } from 'fastify'
import {
  beginAttempt,
  type Desk,
  denyAll,
  enterCredential,
  partnerOf,
  placeFor,
  withdraw,
} from '../../connect/consent.ts'
import { BadLink, openLink, takeForm } from '../../connect/consent_link.ts'
import type { Credential, Partner } from '../../partners/partner.ts'
import { connectionsOf } from '../../store/connection.ts'
import { Problem } from '../problem.ts'
import { sendOn, sendPage, sendTo } from './headers.ts'
import { returnTo } from './return.ts'
import { give, keptIn } from './session.ts'
import { askPage, formPage } from './views.ts'
import { brandOf, partnersOf, reachOf, type Visit, visitAt } from './visit.ts'

/** What the business answered on the first page. */
export async function answered(desk: Desk, request: FastifyRequest, reply: FastifyReply) {
  const { at, form } = await formOf(desk, request, reply)
  const [word = '', what = ''] = (form.get('choice') ?? '').split(' ')
  if (word === 'deny') {
    await denyAll(desk, at.link, at.secret)
    return sendOn(reply, await returnTo(desk, at.link, { status: 'Denied' }))
  }
  if (word === 'withdraw') {
    const done = await withdraw(desk, at.link, what)
    return showAsk(desk, reply, at, done ? 'The connection was ended.' : 'It was ended before.')
  }
  const partner = word === 'partner' ? partnerOf(desk, at.link, what) : null
  if (!partner) throw badForm('choice')
  const place = placeFor(desk, at.link, { partner })
  if (!place || place.oauth.asks.length > 0) return sendTo(reply, `${at.path}/${partner.name}`)
  return sendOn(reply, await beginAttempt(desk, at.link, { place, secret: at.secret }))
}

export async function showAsk(desk: Desk, reply: FastifyReply, at: Visit, done?: string) {
  const brand = await brandOf(desk, at.link)
  const connections = await connectionsOf(desk.db, at.link.ledgerAccountId)
  const partners = partnersOf(desk, at.link)
  const page = askPage({ ...at, brand, partners, connections, done })
  return sendPage(desk, reply, { page, reach: reachOf(desk, at.link, brand) })
}

/** What the business entered for a partner. */
export async function entered(desk: Desk, request: FastifyRequest, reply: FastifyReply) {
  const { at, form } = await formOf(desk, request, reply)
  const partner = partnerIn(desk, at, request)
  const values = valuesIn(fieldsOf(desk, at, partner), form)
  try {
    const place = placeFor(desk, at.link, { partner, given: values })
    if (place) return sendOn(reply, await beginAttempt(desk, at.link, { place, secret: at.secret }))
    const credential = Object.fromEntries(
      Object.entries(values).filter(([, value]) => value !== ''),
    )
    await enterCredential(desk, at.link, { partner, credential, secret: at.secret })
    return sendOn(reply, await returnTo(desk, at.link, { status: 'Active', partner }))
  } catch (error) {
    const problem = correctable[(error as Error).name]?.(partner, error as Error)
    if (problem === undefined) throw error
    return showForm(desk, reply, { at, partner, values, problem })
  }
}

/** What another try may put right. */
const correctable: { readonly [name: string]: (partner: Partner, error: Error) => string } = {
  BadCredential: (_, { message }) => message.replace(/^credential\.?/, ''),
  BadAddress: (_, { message }) => message,
  NotAuthorised: (_, { message }) => message,
  Unavailable: ({ title }) => `${title} does not answer. Look at what you entered, or try later.`,
  BadAnswer: ({ title }) => `What answers there is not ${title}. Look at the address you entered.`,
}

interface Shown {
  readonly at: Visit
  readonly partner: Partner
  readonly values?: Credential
  readonly problem?: string
}

export async function showForm(
  desk: Desk,
  reply: FastifyReply,
  { at, partner, values = {}, problem }: Shown,
) {
  const brand = await brandOf(desk, at.link)
  const simulated = at.link.mode === 'test' ? desk.simulated(partner.name) : null
  const page = formPage({
    ...at,
    brand,
    partner,
    fields: fieldsOf(desk, at, partner),
    goesOn: placeFor(desk, at.link, { partner }) !== null,
    values,
    simulated: simulated?.credential ?? null,
    problem,
  })
  const status = problem === undefined ? 200 : 422
  return sendPage(desk, reply, { page, status, reach: reachOf(desk, at.link, brand) })
}

/** The partner that the path names, among those of the link. Throws 404. */
export function partnerIn(desk: Desk, { link }: Visit, request: FastifyRequest): Partner {
  const { partner = '' } = request.params as { partner?: string }
  const found = partnerOf(desk, link, partner)
  if (found) return found
  throw new Problem({ code: 'unknown_route', detail: 'path: no such page', param: 'path' })
}

/** What has to be entered: the whole credential, or what the partner's own screen needs to know. */
function fieldsOf(desk: Desk, { link }: Visit, partner: Partner) {
  const asks = placeFor(desk, link, { partner })?.oauth.asks
  return partner.credential.filter(({ name }) => asks === undefined || asks.includes(name))
}

const value_length_max = 8000

function valuesIn(fields: Partner['credential'], form: URLSearchParams): Credential {
  const pairs = fields.map(({ name }): [string, string] => {
    const value = (form.get(name) ?? '').trim()
    if (value.length > value_length_max || value.includes('\0')) throw badForm(name)
    return [name, value]
  })
  return Object.fromEntries(pairs)
}

/** The form that this browser sent, and the visit to go on with. Throws BadLink, a 403. */
async function formOf(desk: Desk, request: FastifyRequest, reply: FastifyReply) {
  assertOwn(desk, request)
  const { token = '' } = request.params as { token?: string }
  const link = await openLink(desk.db, token, desk.now())
  const form = new URLSearchParams(typeof request.body === 'string' ? request.body : '')
  const known = keptIn(desk, link, request)?.secret ?? null
  const secret = await takeForm(desk.db, link, { secret: known, token: form.get('form') ?? '' })
  const kept = { secret, token }
  if (secret !== known) give(desk, link, { reply, kept })
  return { at: visitAt(link, kept), form }
}

/** Forms of other sites are turned away, whatever they carry. */
function assertOwn({ publicUrl }: Desk, { headers }: FastifyRequest) {
  const { origin } = headers
  const site = headers['sec-fetch-site']
  if (origin !== undefined && origin !== new URL(publicUrl).origin) throw new BadLink('elsewhere')
  if (site !== undefined && site !== 'same-origin') throw new BadLink('elsewhere')
}

function badForm(param: string): Problem {
  const detail = `${param}: expected one of the page's own answers`
  return new Problem({ code: 'bad_request', detail, param })
}
