import { differences } from './compare.ts'
import { type Furrow, startFurrow } from './furrow.ts'
import { installed } from './installed.ts'
import type { Options } from './options.ts'
import type { Place } from './process.ts'
import type { Made, OpenShop, Shop } from './shop.ts'
import { eachKind, type Kind, kinds, type Truth } from './truth.ts'

/** What was compared after a round, and how it came out. */
export interface Compared {
  readonly round: string
  readonly made: Made
  readonly counts: { readonly [K in Kind]: number }
  readonly refunds: number
  readonly deleted: number
  readonly differences: readonly string[]
  /** From asking Furrow to read until it had read. */
  readonly seconds: number
}

export interface Figures {
  readonly shop: string
  readonly rounds: readonly Compared[]
  readonly differences: number
  readonly seconds: number
}

/** Installs, fills, connects, and compares after each round of changes. */
export async function liveRun(place: Place, shop: Shop, options: Options): Promise<Figures> {
  const home = await installed(place, options.folder, shop.software)
  const began_ms = Date.now()
  const open = await shop.open(place, home, options)
  await open.fill()
  place.tell('Starting Furrow …')
  const furrow = await startFurrow(place)
  const rounds: Compared[] = []
  let before: Truth | null = null
  for (const step of stepsOf(open, furrow)) {
    place.life.stopping.throwIfAborted()
    place.tell(`${step.name}: changing and reading …`)
    const made = await step.make()
    const asked_ms = Date.now()
    await step.read()
    const seconds = secondsSince(asked_ms)
    const now = await open.truth()
    const seen = await compared(furrow, now, before)
    place.tell(told(step.name, seen.differences))
    rounds.push({ round: step.name, made, ...seen, seconds })
    before = everSaid(before, now)
  }
  return {
    shop: shop.title,
    rounds,
    differences: rounds.reduce((sum, one) => sum + one.differences.length, 0),
    seconds: secondsSince(began_ms),
  }
}

interface Step {
  readonly name: string
  readonly make: () => Promise<Made>
  readonly read: () => Promise<void>
}

/** The first reading begins by itself when the shop is connected. */
function stepsOf({ connection, rounds }: OpenShop, furrow: Furrow): Step[] {
  const begun_ms = Date.now()
  return [
    {
      name: 'first reading',
      make: async () => ({}),
      async read() {
        await furrow.connect(connection)
        await furrow.readSince(begun_ms, true)
      },
    },
    ...rounds.map(({ name, full, make }) => ({ name, make, read: () => furrow.sync(full) })),
  ]
}

async function compared(furrow: Furrow, now: Truth, before: Truth | null) {
  const served = await furrow.lists()
  const all = kinds.flatMap((kind) => served[kind])
  return {
    counts: eachKind((kind) => now[kind].size),
    refunds: [...now.payments.values()].filter(({ type }) => type === 'refund').length,
    deleted: all.filter(({ recordState }) => recordState === 'DELETED').length,
    differences: [...(await furrow.rejected()), ...differences(served, now, before)],
  }
}

const shown_max = 40

function told(name: string, found: readonly string[]): string {
  const more = found.length > shown_max ? [`… and ${found.length - shown_max} more`] : []
  return [`${name}: ${found.length} differences`, ...found.slice(0, shown_max), ...more].join(
    '\n  ',
  )
}

/** Whatever the server ever said: it is kept, as deleted, when it says it no longer. */
function everSaid(before: Truth | null, now: Truth): Truth {
  return eachKind((kind) => new Map([...(before?.[kind] ?? []), ...now[kind]]))
}

function secondsSince(ms: number): number {
  return Math.round((Date.now() - ms) / 100) / 10
}
