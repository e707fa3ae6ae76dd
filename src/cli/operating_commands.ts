import type { CommandFacts, OptionFacts } from './commands.ts'
import { duration, port } from './parse.ts'

export const metricsPort: OptionFacts = {
  flags: '--metrics-port <number>',
  description: 'port of /metrics, /livez and /readyz; none without it',
  env: 'FURROW_METRICS_PORT',
  parse: port,
}

export const drain: OptionFacts = {
  flags: '--drain <time>',
  description: 'how long to go on answering after SIGTERM, while /readyz says no (2s)',
  env: 'FURROW_DRAIN',
  parse: duration,
}

/** Commands of whoever keeps an installation running. */
export function operatingCommands(data: OptionFacts, json: OptionFacts): readonly CommandFacts[] {
  return [
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
      run: async () => (await import('./migrate.ts')).run,
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
          description: 'age at which a stream is stale',
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
      run: async () => (await import('./status.ts')).run,
    },
    {
      usage: 'backup <file>',
      summary: 'Write everything that is ours into one compressed file, as of one moment',
      options: [data, { flags: '--overwrite', description: 'replace a file of that name' }, json],
      examples: [
        'furrow backup furrow.backup.gz',
        'DATABASE_URL=postgres://furrow@db/furrow furrow backup /backups/furrow.gz --json',
      ],
      run: async () => (await import('./backup.ts')).run,
    },
    {
      usage: 'restore <file>',
      summary: 'Fill an empty database from such a file, of the other engine too',
      options: [
        data,
        { flags: '--replace', description: 'delete what the database holds' },
        { flags: '--dry-run', description: 'only read the file to its end, and say what it is' },
        json,
      ],
      examples: [
        'furrow restore furrow.backup.gz --dry-run',
        'DATABASE_URL=postgres://furrow@db/furrow furrow restore furrow.backup.gz',
      ],
      run: async () => (await import('./restore.ts')).run,
    },
  ]
}
