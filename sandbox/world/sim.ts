// The engine of the world: things, a queue of what is still to happen, and who is told about it.
import type { Kind, Thing, ThingOf } from './entities.ts'
import { queue } from './queue.ts'
import { type Key, type Random, random } from './random.ts'

export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

export type Happening = { at: number; verb: string; subject: Thing }

export type Sim = {
  seed: string
  now: () => number
  random: (...keys: Key[]) => Random
  // Draws of a person who is the same in every world of the same people.
  passerBy: (index: number) => Random
  // What buyers from a place pay in.
  currencyFor: (currency: string) => string
  // Whether sellers merge buyers whom they know twice.
  merges: boolean
  // Whether buyers only come by.
  idle: boolean
  // Things by kind and key, in the order they came into being.
  all: <K extends Kind>(kind: K) => Map<string, ThingOf<K>>
  get: <K extends Kind>(kind: K, key: string) => ThingOf<K>
  // Something to be done later; in the past means now. Acts run in the order of their time.
  at: (time: number, act: () => void) => void
  // Makes a thing known before anything is told of it: a movement names the charge it is for.
  add: <T extends Thing>(thing: T) => T
  happen: (verb: string, subject: Thing) => void
  listen: (listener: (happening: Happening) => void) => void
  advanceTo: (time: number) => void
}

export type SimOptions = {
  seed: string
  start: number
  people: string
  currencyFor: (currency: string) => string
  merges: boolean
  idle: boolean
}

export function createSim({ seed, start, people, currencyFor, merges, idle }: SimOptions): Sim {
  const acts = queue<() => void>()
  const listeners: ((happening: Happening) => void)[] = []
  const { all, add } = createThings()
  let now = wholeSecond(start)
  return {
    seed,
    now: () => now,
    random: (...keys) => random(seed, ...keys),
    passerBy: (index) => random(people, 'passer-by', index),
    currencyFor,
    merges,
    idle,
    all,
    get: (kind, key) => {
      const found = all(kind).get(key)
      if (!found) throw new Error(`world: no ${kind} "${key}"`)
      return found
    },
    at: (time, act) => acts.add(Math.max(now, wholeSecond(time)), act),
    add,
    happen: (verb, subject) => {
      add(subject)
      for (const listener of listeners) listener({ at: now, verb, subject })
    },
    listen: (listener) => listeners.push(listener),
    advanceTo: (time) => {
      for (let next = acts.take(time); next; next = acts.take(time)) {
        now = next.time
        next.item()
      }
      now = Math.max(now, wholeSecond(time))
    },
  }
}

function createThings() {
  const things = new Map<Kind, Map<string, Thing>>()
  const all = <K extends Kind>(kind: K) => {
    if (!things.has(kind)) things.set(kind, new Map())
    // The map of a kind only ever receives things of that kind, in add() below.
    return things.get(kind) as Map<string, ThingOf<K>>
  }
  const add = <T extends Thing>(thing: T) => {
    const known: Map<string, Thing> = all(thing.kind)
    const namesake = known.get(thing.key)
    if (namesake && namesake !== thing) throw new Error(`world: two of ${thing.kind} ${thing.key}`)
    known.set(thing.key, thing)
    return thing
  }
  return { all, add }
}

function wholeSecond(time: number): number {
  return Math.floor(time / SECOND) * SECOND
}
