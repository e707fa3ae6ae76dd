import type { Refetched } from './refetch.ts'

/** What came of killing the workers of one partner. */
export interface Figures {
  readonly partner: string
  readonly kills: number
  readonly by_moment: { readonly [moment: string]: number }
  readonly lives: number
  readonly records: number
  readonly lost: number
  readonly doubled: number
  readonly stale: number
  readonly refetched: {
    readonly pages: number
    readonly per_stream_per_kill_max: number
    /** Of streams read in one segment. */
    readonly unsplit_max: number
    readonly per_segment_per_kill_max: number
  }
  readonly acknowledged_lost: number
  readonly seconds: number
  readonly broken: readonly string[]
}

/** What was seen, before it is counted. */
export interface Seen {
  readonly partner: string
  readonly kills_wanted: number
  readonly killed: readonly string[]
  readonly lives: number
  readonly records: number
  readonly differences: readonly string[]
  readonly refetched: readonly Refetched[]
  readonly acknowledged_lost: number
  readonly took_ms: number
  readonly broken: readonly string[]
}

export function figuresOf(seen: Seen): Figures {
  const { partner, killed, lives, records, differences, acknowledged_lost } = seen
  const moments = [...new Set(killed)]
  return {
    partner,
    kills: killed.length,
    by_moment: Object.fromEntries(
      moments.map((name) => [name, killed.filter((one) => one === name).length]),
    ),
    lives,
    records,
    lost: counted(differences, /^(missing|lost)/),
    doubled: counted(differences, /^(doubled|created twice)/),
    stale: counted(differences, /^(different|extra|deleted though)/),
    refetched: pagesAgain(seen.refetched),
    acknowledged_lost,
    seconds: round(seen.took_ms / 1000),
    broken: brokenIn(seen),
  }
}

function counted(lines: readonly string[], pattern: RegExp): number {
  return lines.filter((line) => pattern.test(line)).length
}

function pagesAgain(refetched: readonly Refetched[]): Figures['refetched'] {
  const most = (pages: readonly number[]) => round(Math.max(0, ...pages))
  const unsplit = refetched.filter(({ open }) => open <= 1)
  return {
    pages: round(refetched.reduce((sum, { pages }) => sum + pages, 0)),
    per_stream_per_kill_max: most(refetched.map(({ pages }) => pages)),
    unsplit_max: most(unsplit.map(({ pages }) => pages)),
    per_segment_per_kill_max: most(refetched.map(({ pages, open }) => pages / Math.max(1, open))),
  }
}

function brokenIn({ broken, differences, refetched, killed, ...seen }: Seen): string[] {
  const { acknowledged_lost, kills_wanted, lives } = seen
  return [
    ...broken,
    ...differences,
    ...refetched
      .filter(({ pages, open }) => pages > Math.max(1, open))
      .map(({ stream, pages, open }) => `${stream}: ${pages} pages again, ${open} segments open`),
    ...(acknowledged_lost > 0 ? [`${acknowledged_lost} acknowledged commits lost`] : []),
    ...(killed.length < kills_wanted ? [`only ${killed.length} kills in ${lives} lives`] : []),
  ]
}

const broken_shown_max = 20

/** One partner in a few lines. */
export function sentence(figures: Figures): string {
  const { partner, kills, lives, records, lost, doubled, stale, refetched, seconds } = figures
  const moments = Object.entries(figures.by_moment).map(([name, times]) => `${times} ${name}`)
  return [
    ...figures.broken.slice(0, broken_shown_max),
    `${partner}: ${kills} kills (${moments.join(', ')}) in ${lives} lives, ${records} records: ` +
      `${lost} lost, ${doubled} doubled, ${stale} stale, ` +
      `${figures.acknowledged_lost} acknowledged lost; pages fetched again: ` +
      `${refetched.pages} in all, at most ${refetched.per_stream_per_kill_max} a stream a kill ` +
      `(${refetched.unsplit_max} where read in one segment, ` +
      `${refetched.per_segment_per_kill_max} an open segment); ${seconds} s`,
  ].join('\n')
}

/** All partners in one line. */
export function totalSentence(all: readonly Figures[], took_ms: number): string {
  const sum = (of: (figures: Figures) => number) => all.reduce((total, one) => total + of(one), 0)
  const most = Math.max(0, ...all.map(({ refetched }) => refetched.per_segment_per_kill_max))
  return (
    `total: ${sum(({ kills }) => kills)} kills at ${all.length} partners, ` +
    `${sum(({ records }) => records)} records: ${sum(({ lost }) => lost)} lost, ` +
    `${sum(({ doubled }) => doubled)} doubled, ${sum(({ stale }) => stale)} stale, ` +
    `${sum((one) => one.acknowledged_lost)} acknowledged lost; at most ${most} pages ` +
    `fetched again an open segment a kill; ${round(took_ms / 1000)} s`
  )
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
