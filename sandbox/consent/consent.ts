// OAuth in front of a simulated partner: its consent screen, its tokens, and who comes with one.
import type { Answer, Asked, Partner } from '../partner.ts'
import { CLIENT, DIALECTS, type Dialect, formIn } from './dialects.ts'
import { createGrants, type Grants } from './grants.ts'
import { screen } from './screen.ts'
import { withdrawal } from './withdrawn.ts'

type Door = { dialect: Dialect; grants: Grants; partner: Partner }

// The partner itself where it has no OAuth.
export function withConsent(partner: Partner): Partner {
  const dialect = DIALECTS[partner.name]
  if (!dialect) return partner
  const grants = createGrants(dialect, partner.access.accountId, partner.now)
  const door: Door = { dialect, grants, partner }
  const inside = (asked: Asked) =>
    grants.isLive(dialect.tokenIn(asked)) ? dialect.asOwn(asked, partner) : asked
  return {
    ...partner,
    consent: {
      withdraw: () => {
        const done = grants.withdraw()
        const { accountId } = partner.access
        const told = done ? withdrawal(partner.name, { accountId, now: partner.now() }) : null
        if (told) partner.deliveries?.tell(told)
        return done
      },
    },
    keyOf: (asked) => partner.keyOf(inside(asked)),
    isOracle: (asked) => !isOAuth(door, asked) && partner.isOracle(asked),
    answer: (asked) => {
      const answered = oauthAnswer(door, asked)
      if (answered) return answered
      const token = dialect.tokenIn(asked)
      if (grants.isWithdrawn(token)) return partner.refuse('deauthorised', asked)
      if (grants.isKnown(token) && !grants.isLive(token)) {
        return partner.refuse('unauthorised', asked)
      }
      return partner.answer(inside(asked))
    },
  }
}

function isOAuth({ dialect }: Door, { path }: Asked): boolean {
  return [dialect.authorize, dialect.token, dialect.revoke.path].includes(path)
}

function oauthAnswer(door: Door, asked: Asked): Answer | null {
  const { dialect } = door
  const { path, method } = asked
  if (path === dialect.authorize) return authorize(door, asked)
  if (path === dialect.revoke.path && method === dialect.revoke.method) return revoke(door, asked)
  if (path !== dialect.token || method !== 'POST') return null
  const form = formIn(asked)
  // Its own clients open their sessions at the same path.
  if (form.grant_type === 'client_credentials') return null
  return tokens(door, asked, form)
}

// The screen, and what the seller answered there.
function authorize(door: Door, asked: Asked): Answer {
  const query = new URLSearchParams(asked.query)
  const wrong = faultOf(door, query)
  if (wrong) return page(400, screen({ title: door.dialect.title, fault: wrong }))
  if (asked.method !== 'POST') {
    const { business } = door.partner.world
    const scope = query.get('scope') ?? ''
    return page(200, screen({ title: door.dialect.title, business: business.name, scope }))
  }
  const redirect = String(query.get('redirect_uri'))
  const isAllowed = new URLSearchParams(asked.body).get('answer') === 'allow'
  const back = isAllowed ? allowed(door, query, redirect) : { error: 'access_denied' }
  const told = new URLSearchParams({ ...back, state: query.get('state') ?? '' })
  const { signed } = door.dialect
  if (signed && isAllowed) told.set('shop', door.partner.access.accountId)
  const whole = signed ? signed(told, CLIENT.secret, Date.now()) : told
  return { status: 302, headers: { location: `${redirect}?${whole}` }, body: '' }
}

function allowed({ grants }: Door, query: URLSearchParams, redirect: string) {
  const scope = query.get('scope') ?? ''
  const challenge = query.get('code_challenge')
  return { code: grants.code({ redirect, scope, challenge }) }
}

function faultOf({ dialect }: Door, query: URLSearchParams): string | null {
  const redirect = query.get('redirect_uri') ?? ''
  if (query.get('client_id') !== CLIENT.id) return 'No application has this client id'
  if (!URL.canParse(redirect) || !/\/connect\/callback$/.test(new URL(redirect).pathname)) {
    return 'The redirect address is not registered'
  }
  if (!query.get('scope')) return 'No scope was asked for'
  if (!dialect.pkce) return null
  const isChallenged = query.get('code_challenge') && query.get('code_challenge_method') === 'S256'
  return isChallenged ? null : 'A code challenge by S256 is needed'
}

function tokens({ dialect, grants }: Door, asked: Asked, form: Record<string, string>): Answer {
  if (!isClient(dialect, asked, form)) return dialect.refusal('invalid_client')
  const given =
    form.grant_type === 'refresh_token'
      ? grants.refresh(form.refresh_token ?? '')
      : grants.exchange(form.code ?? '', form.redirect_uri ?? '', form.code_verifier ?? '')
  if (!given) return dialect.refusal('invalid_grant')
  return { status: 200, headers: { 'cache-control': 'no-store' }, body: dialect.answer(given) }
}

function isClient({ pkce }: Dialect, { headers }: Asked, form: Record<string, string>): boolean {
  if (pkce) return form.client_id === CLIENT.id
  const [scheme, pair = ''] = String(headers.authorization ?? '').split(' ')
  const [id, secret] =
    scheme === 'Basic'
      ? Buffer.from(pair, 'base64').toString().split(':').map(decodeURIComponent)
      : [form.client_id, form.client_secret]
  return id === CLIENT.id && secret === CLIENT.secret
}

function revoke({ dialect, grants }: Door, asked: Asked): Answer {
  if (!dialect.mayRevoke(asked)) return dialect.refusal('invalid_client')
  const found = grants.revoke(dialect.revoked(asked))
  if (found) return { status: 200, headers: {}, body: { success: true } }
  return dialect.refusal('invalid_grant')
}

function page(status: number, body: string): Answer {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body }
}
