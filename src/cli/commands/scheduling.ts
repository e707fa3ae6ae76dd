import { durationOrDefault, rateOrDefault, repeated } from '../parse.ts'
import type { CommandFacts, OptionFacts } from './facts.ts'
import { data, json } from './options.ts'

const stream: OptionFacts = {
  flags: '--stream <name>',
  description: 'only this stream; may be repeated',
  parse: repeated,
}

/** When connections are read, and how they are compared. */
export const scheduling: readonly CommandFacts[] = [
  {
    usage: 'schedule <connection>',
    summary: 'Show when a connection is read, or set it',
    options: [
      data,
      {
        flags: '--every <time>',
        description: 'how often: 30s, 5m, 1h, or default',
        parse: durationOrDefault,
      },
      stream,
      {
        flags: '--per-second <number>',
        description: 'requests a second at most, or default',
        parse: rateOrDefault,
      },
      json,
    ],
    examples: [
      'furrow schedule pac_4f…',
      'furrow schedule pac_4f… --every 1m --stream events',
      'furrow schedule pac_4f… --every default --per-second 5',
    ],
    run: async () => (await import('../schedule.ts')).run,
  },
  {
    usage: 'reconcile [connection]',
    summary: 'Read everything and compare it with what is stored; happens every night by itself',
    options: [
      data,
      stream,
      { flags: '--report', description: 'show what the last comparisons found' },
      json,
    ],
    examples: ['furrow reconcile', 'furrow reconcile pac_4f… --report'],
    run: async () => (await import('../reconcile.ts')).run,
  },
]
