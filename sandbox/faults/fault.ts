// What a fault is: at most four places where it can put its hand in.
import type { Answer, Asked, Partner } from '../partner.ts'
import type { Random } from '../world/random.ts'

export type FaultRequest = {
  name: string
  // A pattern of the partner's own path, where a star stands for anything: /v1/customers*.
  path?: string
  partner?: string
  // How often it strikes; null for always. Those that last are always unless told otherwise.
  times?: number | null
  // Of the requests it could strike, how many it does, drawn from the seed.
  probability?: number
  seed?: number | string
  // Lets so many requests pass first.
  after?: number
  // What the fault itself can be told: ms, bytes, seconds, field, value.
  with?: Record<string, number | string>
}

export type Strike = {
  asked: Asked
  partner: Partner
  random: Random
  options: Record<string, number | string>
  // What the fault remembers from one request to the next.
  memory: Map<string, unknown>
  // The listener, for faults below HTTP.
  line: Line
}

export type Line = {
  // Sends what is left as it is, and owns the connection from then on.
  raw: () => RawLine
  // Nobody can connect for so long.
  closeFor: (ms: number) => void
}

export type RawLine = {
  head: (status: number, headers: Record<string, string | number>) => void
  write: (bytes: Uint8Array) => void
  end: () => void
  // Ends the connection with a reset.
  reset: () => void
  // Calls back until the connection is gone; used to drip.
  every: (ms: number, act: () => void) => void
}

export type Fault = {
  // Strikes until it is cleared.
  lasting?: true
  ask?: (strike: Strike) => Asked
  instead?: (strike: Strike) => Answer
  change?: (answer: Answer, strike: Strike) => Answer
  // Sends the bytes its own way.
  send?: (answer: Sent, strike: Strike) => void
  afterwards?: (answer: Answer, strike: Strike) => void
}

export type Sent = { status: number; headers: Record<string, string>; bytes: Buffer }

export function number(strike: Strike, name: string, otherwise: number): number {
  const given = strike.options[name]
  return given === undefined ? otherwise : Number(given)
}

export function text(strike: Strike, name: string): string | undefined {
  const given = strike.options[name]
  return given === undefined ? undefined : String(given)
}
