import type { OAuth } from '../partners/oauth.ts'
import type { Partner } from '../partners/partner.ts'
import { duration } from './duration.ts'
import { code, codes, link } from './markdown.ts'

const tokens: { readonly [K in OAuth['refresh']]: string } = {
  none: 'The token does not end',
  stays: 'Its tokens are renewed before they end, with a refresh token that stays',
  rotates: 'Its tokens are renewed before they end, with a refresh token that holds once',
}

/** How a business lets us in on the consent page, without or with a key. */
export function consent({ title, oauth, notifications }: Partner): string {
  if (!oauth)
    return `${title} has no OAuth that Furrow uses: the consent page asks for the settings.`
  return [
    `A business is sent to ${title} and back (${link('OAuth 2.0', oauth.docs)}): ` +
      `${oauth.asks.length === 0 ? 'nothing' : codes(oauth.asks)} is asked for before, and the scopes ` +
      `are ${codes(oauth.scopes)}.`,
    `${tokens[oauth.refresh]}${early(oauth)}.`,
    oauth.pkce ? 'A code challenge goes along.' : '',
    `That the business takes it back at ${title} is told by ${told(oauth, notifications)}.`,
  ]
    .filter((sentence) => sentence !== '')
    .join(' ')
}

function early({ refreshAfter_ms }: OAuth): string {
  return refreshAfter_ms === undefined ? '' : `, every ${duration(refreshAfter_ms)}`
}

function told({ withdrawn }: OAuth, notifications: Partner['notifications']): string {
  const ways = [
    ...(withdrawn.length > 0 ? [`its refusal (${withdrawn.map(code).join(', ')})`] : []),
    ...(notifications?.isWithdrawal ? ['a notification, once it refuses the token'] : []),
  ]
  return ways.length === 0 ? 'nothing: the connection is lost' : ways.join(', and by ')
}
