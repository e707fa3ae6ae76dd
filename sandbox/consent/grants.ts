// What the simulated partner knows of codes and tokens. Time is the partner's clock.
import { createHash, randomBytes } from 'node:crypto'
import type { Dialect, Granted } from './dialects.ts'

export type Code = {
  redirect: string
  scope: string
  challenge: string | null
  until: number
  used: boolean
}

// One consent of the seller's; every token that came of it ends with it.
export type Grant = { scope: string; withdrawn: boolean }
type Token = { grant: Grant; until: number; ended: boolean }

const CODE_MS = 5 * 60_000

export type Grants = ReturnType<typeof createGrants>

export function createGrants(dialect: Dialect, accountId: string, now: () => number) {
  const codes = new Map<string, Code>()
  const access = new Map<string, Token>()
  const refresh = new Map<string, Token>()
  const live = (token: Token | undefined) =>
    token !== undefined && !token.ended && !token.grant.withdrawn && token.until > now()
  const endOf = (seconds: number | null) => (seconds === null ? Infinity : now() + seconds * 1000)
  const give = (grant: Grant, kept?: string): Granted => {
    const name = dialect.accessToken(randomText())
    access.set(name, { grant, until: endOf(dialect.life), ended: false })
    const next = dialect.refresh === 'none' ? null : (kept ?? `r${randomText()}`)
    if (next && !kept) refresh.set(next, { grant, until: endOf(dialect.refreshLife), ended: false })
    const expires = dialect.life === null ? null : endOf(dialect.life)
    return { access: name, refresh: next, scope: grant.scope, accountId, expires, now: now() }
  }
  return {
    code: (of: Omit<Code, 'until' | 'used'>): string => {
      const name = `c${randomText()}`
      codes.set(name, { ...of, until: now() + CODE_MS, used: false })
      return name
    },
    // A code holds once, for whom and where it was given.
    exchange: (name: string, redirect: string, verifier: string): Granted | null => {
      const code = codes.get(name)
      if (!code || code.used || code.until <= now() || code.redirect !== redirect) return null
      if (code.challenge !== null && challengeOf(verifier) !== code.challenge) return null
      code.used = true
      return give({ scope: code.scope, withdrawn: false })
    },
    refresh: (name: string): Granted | null => {
      const token = refresh.get(name)
      if (!token || !live(token)) return null
      if (dialect.refresh === 'stays') return give(token.grant, name)
      token.ended = true
      // Access tokens of before end with the refresh token they came with.
      for (const one of access.values()) if (one.grant === token.grant) one.ended = true
      return give(token.grant)
    },
    isLive: (name: string) => live(access.get(name)),
    isKnown: (name: string) => access.has(name),
    isWithdrawn: (name: string) => access.get(name)?.grant.withdrawn ?? false,
    revoke: ({ token, account }: { token?: string; account?: string }): boolean => {
      const found = token === undefined ? null : (access.get(token) ?? refresh.get(token))
      if (found && !found.grant.withdrawn) {
        found.grant.withdrawn = true
        return true
      }
      return account === accountId && withdrawAll(access)
    },
    withdraw: () => withdrawAll(access),
  }
}

function withdrawAll(access: Map<string, Token>): boolean {
  const open = [...access.values()].filter(({ grant }) => !grant.withdrawn)
  for (const { grant } of open) grant.withdrawn = true
  return open.length > 0
}

function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url')
}

function randomText(): string {
  return randomBytes(24).toString('hex')
}
