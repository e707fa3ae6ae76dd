// Everything that can go wrong, by name; and which of it strikes a request.
import { connection } from './faults/connection.ts'
import type { Fault, FaultRequest, Line, Strike } from './faults/fault.ts'
import { paging } from './faults/paging.ts'
import { status } from './faults/status.ts'
import { values } from './faults/values.ts'
import type { Answer, Asked, Partner } from './partner.ts'
import { type Random, random } from './world/random.ts'

export const FAULTS: Record<string, Fault> = { ...connection, ...status, ...values, ...paging }

export type { FaultRequest } from './faults/fault.ts'

export type Faults = {
  inject: (request: FaultRequest) => void
  clear: () => void
  // The faults that strike this request, each with what it needs.
  strike: (asked: Asked, partner: Partner, line: Line) => { fault: Fault; strike: Strike }[]
}

type Armed = {
  request: FaultRequest
  fault: Fault
  left: number
  passing: number
  random: Random
  memory: Map<string, unknown>
}

export function createFaults(): Faults {
  let armed: Armed[] = []
  return {
    inject: (request) => void armed.push(arm(request)),
    clear: () => {
      armed = []
    },
    strike: (asked, partner, line) => {
      const striking = armed.filter((one) => strikes(one, asked, partner))
      armed = armed.filter(({ left }) => left > 0)
      return striking.map(({ fault, request, random, memory }) => {
        const options = request.with ?? {}
        return { fault, strike: { asked, partner, random, options, memory, line } }
      })
    },
  }
}

// The answer as the striking faults leave it.
export function faultyAnswer(
  asked: Asked,
  partner: Partner,
  striking: { fault: Fault; strike: Strike }[],
): Answer {
  const really = striking.reduce(
    (ask, { fault, strike }) => fault.ask?.({ ...strike, asked: ask }) ?? ask,
    asked,
  )
  const instead = striking.find(({ fault }) => fault.instead)
  const answer = instead?.fault.instead?.(instead.strike) ?? partner.answer(really)
  return striking.reduce(
    (changed, { fault, strike }) => fault.change?.(changed, strike) ?? changed,
    answer,
  )
}

function arm(request: FaultRequest): Armed {
  const fault = FAULTS[request.name]
  if (!fault) {
    const known = Object.keys(FAULTS).join(', ')
    throw new Error(`fault: expected one of ${known}, got "${request.name}"`)
  }
  const { times = fault.lasting ? null : 1, after = 0, seed = 1 } = request
  return {
    request,
    fault,
    left: times ?? Infinity,
    passing: after,
    random: random('fault', request.name, seed),
    memory: new Map(),
  }
}

function strikes(one: Armed, { path }: Asked, partner: Partner): boolean {
  const { request, random } = one
  if (one.left === 0 || (request.partner ?? partner.name) !== partner.name) return false
  if (!matches(request.path ?? '*', path)) return false
  if (one.passing > 0) {
    one.passing -= 1
    return false
  }
  if (!random.chance(request.probability ?? 1)) return false
  one.left -= 1
  return true
}

function matches(pattern: string, path: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`).test(path)
}
