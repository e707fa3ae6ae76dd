import { count } from '../parse.ts'
import { eventsKept, privateEvents } from './events.ts'
import type { CommandFacts } from './facts.ts'
import { data, drain, host, json, listenPort, metricsPort, seed, syncEvery } from './options.ts'

/** What runs the product. */
export const running: readonly CommandFacts[] = [
  {
    usage: 'start',
    summary: 'Run everything in one process: API, worker, database and a simulated business',
    options: [
      data,
      listenPort,
      host,
      { flags: '--no-demo', description: 'without the simulated business' },
      seed,
      syncEvery,
      privateEvents,
      eventsKept,
      {
        flags: '--json',
        description: 'print one line of JSON when there is data to read, and nothing else',
      },
    ],
    examples: [
      'furrow start',
      'furrow start --no-demo --data /var/lib/furrow --port 8080',
      'DATABASE_URL=postgres://furrow@db/furrow furrow start',
    ],
    run: async () => (await import('../start.ts')).run,
  },
  {
    usage: 'api',
    summary: 'Run the API alone; needs DATABASE_URL, several may run',
    options: [data, listenPort, host, drain, privateEvents],
    examples: ['DATABASE_URL=postgres://furrow@db/furrow furrow api --host 0.0.0.0 --port 4242'],
    run: async () => (await import('../api.ts')).run,
  },
  {
    usage: 'worker',
    summary: 'Run syncs and deliver events; needs DATABASE_URL, several may run',
    options: [
      data,
      syncEvery,
      {
        flags: '--parallel <number>',
        description: 'connections of one partner read at once (4)',
        parse: count,
      },
      metricsPort,
      host,
      privateEvents,
      eventsKept,
    ],
    examples: [
      'DATABASE_URL=postgres://furrow@db/furrow furrow worker --sync-every 1m',
      'DATABASE_URL=postgres://furrow@db/furrow furrow worker --host 0.0.0.0 --metrics-port 9464',
    ],
    run: async () => (await import('../worker.ts')).run,
  },
  {
    usage: 'migrate',
    summary: 'Bring the tables of DATABASE_URL or the data folder to the newest form',
    options: [
      data,
      { flags: '--dry-run', description: 'only say what would be done' },
      {
        flags: '--distribute',
        description: 'also distribute them over the machines of a Citus cluster',
      },
      json,
    ],
    examples: [
      'DATABASE_URL=postgres://furrow@db/furrow furrow migrate --dry-run',
      'DATABASE_URL=postgres://furrow@db/furrow furrow migrate --distribute --dry-run',
    ],
    run: async () => (await import('../migrate.ts')).run,
  },
]
