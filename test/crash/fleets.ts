import type { PartnerName } from '../../sandbox/partners.ts'
import { fleet, fleetSentence } from './fleet.ts'
import { rolling, rollingSentence } from './rolling.ts'

export interface FleetsOptions {
  readonly rolling?: string | undefined
  readonly fleet?: string | undefined
  readonly seed: string
  readonly buyers: string
  readonly json: boolean
}

/** One that filters by change, one with a log, one that is swept, one with a log of its own kind. */
const partners: readonly PartnerName[] = ['stripe', 'square', 'woocommerce', 'gocardless']

/** Runs what was asked for. Gives the exit status. */
export async function run(options: FleetsOptions): Promise<number> {
  const given = { seed: Number(options.seed), buyers: Number(options.buyers) }
  if (options.rolling !== undefined) {
    const figures = await rolling({ rounds: roundsIn('rolling', options.rolling), ...given })
    return told(options, figures, rollingSentence(figures))
  }
  const rounds = roundsIn('fleet', options.fleet ?? '')
  const figures = await fleet({ partners, rounds, ...given })
  return told(options, figures, fleetSentence(figures))
}

function roundsIn(name: string, text: string): number {
  const rounds = Number(text)
  if (Number.isInteger(rounds) && rounds > 0) return rounds
  throw new Error(`--${name}: expected how often, as in 3, got "${text}"`)
}

function told(
  { json }: FleetsOptions,
  figures: { readonly broken: readonly string[] },
  sentence: string,
): number {
  console.log(json ? JSON.stringify(figures) : sentence)
  return figures.broken.length > 0 ? 1 : 0
}
