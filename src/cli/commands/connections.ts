import { duration, repeated } from '../parse.ts'
import type { CommandFacts } from './facts.ts'
import { data, json } from './options.ts'

/** What is done with connections. */
export const connections: readonly CommandFacts[] = [
  {
    usage: 'sync [connection]',
    summary: 'Read a connection now, or all of them, before what is only due',
    options: [
      data,
      {
        flags: '--stream <name>',
        description: 'only this stream; may be repeated',
        parse: repeated,
      },
      { flags: '--full', description: 'read everything anew, not only what changed' },
      json,
    ],
    examples: ['furrow sync', 'furrow sync pac_4f… --stream customers --full'],
    run: async () => (await import('../sync.ts')).run,
  },
  {
    usage: 'status',
    summary: 'Show connections and their streams: state, age, next run, progress, failures first',
    options: [
      data,
      { flags: '--watch', description: 'show it anew every two seconds, until Ctrl-C' },
      { flags: '--check', description: 'end with 1 if a stream has failed or is stale' },
      {
        flags: '--stale-after <time>',
        description: 'age at which a stream is stale (1h)',
        parse: duration,
      },
      json,
    ],
    examples: [
      'furrow status',
      'furrow status --watch',
      'furrow status --check --stale-after 30m',
      'furrow status --json',
    ],
    run: async () => (await import('../status.ts')).run,
  },
  {
    usage: 'partners [name]',
    summary: 'Show what each partner system can do: objects, strategies, deletions, gaps',
    options: [json],
    examples: ['furrow partners', 'furrow partners stripe', 'furrow partners --json'],
    run: async () => (await import('../partners.ts')).run,
  },
]
