import type { Compared, Figures } from './run.ts'

/** What a person reads at the end of a run. */
export function summary({ shop, rounds, differences, seconds }: Figures): string {
  return [
    shop,
    ...rounds.map(roundLine),
    `${differences} differences in ${rounds.length} comparisons, ${seconds} s`,
  ].join('\n')
}

function roundLine({ round, made, counts, refunds, deleted, seconds, ...one }: Compared): string {
  const said = Object.entries(made).map(([what, count]) => `${count} ${what}`)
  const changed = said.length > 0 ? ` (${said.join(', ')})` : ''
  const seen = Object.entries(counts).map(([kind, count]) => `${count} ${kind}`)
  return (
    `  ${round}${changed}: ${seen.join(', ')} of which ${refunds} refunds; ${deleted} deleted; ` +
    `${one.differences.length} differences; read in ${seconds} s`
  )
}
