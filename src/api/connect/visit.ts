import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Desk, placeFor } from '../../connect/consent.ts'
import { BadLink, formToken, isTheirs, newSecret, openLink } from '../../connect/consent_link.ts'
import { oauthUrl } from '../../partners/oauth.ts'
import type { Partner } from '../../partners/partner.ts'
import type { ConsentLink } from '../../store/consent_link.ts'
import { consentSettings, institutionName } from '../../store/consent_setting.ts'
import type { Reach } from './headers.ts'
import { give, type Kept, keptIn } from './session.ts'
import { colour_default } from './style.ts'
import type { Brand } from './views.ts'

/** Somebody at a link that can be used, in a browser that may use it. */
export interface Visit {
  readonly link: ConsentLink
  /** Path of the link. */
  readonly path: string
  readonly secret: string
  readonly formToken: string
}

/** Opens the link that a request names. Throws BadLink. */
export async function visitOf(
  desk: Desk,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Visit> {
  const { token = '' } = request.params as { token?: string }
  const link = await openLink(desk.db, token, desk.now())
  if (link.sessionHash !== null) {
    const known = keptIn(desk, link, request)
    if (known === null || !isTheirs(link, known.secret)) throw new BadLink('elsewhere')
    return visitAt(link, known)
  }
  // What a browser brings along to a link that nobody began to use may have been planted there.
  const kept = { secret: newSecret(), token }
  give(desk, link, { reply, kept })
  return visitAt(link, kept)
}

export function visitAt(link: ConsentLink, { secret, token }: Kept): Visit {
  return { link, path: `/connect/${token}`, secret, formToken: formToken(link, secret) }
}

export async function brandOf({ db }: Desk, link: ConsentLink): Promise<Brand> {
  const settings = await consentSettings(db, link)
  const name = settings.brand_name ?? (await institutionName(db, link.institutionId))
  return { name, logo: settings.logo, colour: settings.colour ?? colour_default }
}

/** The partners that a link is for, as far as this version has them. */
export function partnersOf({ partners }: Desk, link: ConsentLink): readonly Partner[] {
  return partners.filter(({ name }) => link.partnerSources.includes(name))
}

/** Where the forms of a link may lead to, and where its logo is. */
export function reachOf(desk: Desk, link: ConsentLink, { logo }: Brand): Reach {
  const consent = partnersOf(desk, link).flatMap((partner) => {
    const place = placeFor(desk, link, { partner })
    if (!place) return []
    const { origin } = place.oauth.authorize
    // Each shop has a host of its own, which is not known yet.
    if (place.baseUrl === null && typeof origin === 'function') return ['https:']
    return [new URL(oauthUrl(place.oauth.authorize, place)).origin]
  })
  const images = logo?.startsWith('https:') ? [new URL(logo).origin] : []
  return { forms: [...consent, new URL(link.returnUrl).origin], images }
}
