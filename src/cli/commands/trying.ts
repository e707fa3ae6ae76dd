import { count, moment, port } from '../parse.ts'
import type { CommandFacts } from './facts.ts'
import { data, host, json, listenPort, seed } from './options.ts'

/** What helps to set it up and to try it. */
export const trying: readonly CommandFacts[] = [
  {
    usage: 'doctor',
    summary: 'Find what is set up wrongly, and say how to mend it',
    options: [data, listenPort, host, json],
    examples: ['furrow doctor', 'DATABASE_URL=postgres://furrow@db/furrow furrow doctor --json'],
    run: async () => (await import('../doctor.ts')).run,
  },
  {
    usage: 'sandbox',
    summary: 'Run the simulated partners alone',
    options: [
      { flags: '--port <number>', description: 'port to listen on (a free one)', parse: port },
      seed,
      { flags: '--buyers <number>', description: 'people in its world (200)', parse: count },
      { flags: '--rate <number>', description: 'requests a second it allows', parse: count },
      {
        flags: '--clock <time>',
        description: 'what its clock shows at first; it stands still then',
        parse: moment,
      },
      json,
    ],
    examples: ['furrow sandbox --port 4300', 'furrow sandbox --clock 2026-01-01 --json'],
    run: async () => (await import('../sandbox.ts')).run,
  },
]
