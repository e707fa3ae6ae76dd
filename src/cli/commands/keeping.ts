import type { CommandFacts } from './facts.ts'
import { data, json } from './options.ts'

/** What keeps a copy of everything. */
export const keeping: readonly CommandFacts[] = [
  {
    usage: 'backup <file>',
    summary: 'Write everything that is ours into one compressed file, as of one moment',
    options: [data, { flags: '--overwrite', description: 'replace a file of that name' }, json],
    examples: [
      'furrow backup furrow.backup.gz',
      'DATABASE_URL=postgres://furrow@db/furrow furrow backup /backups/furrow.gz --json',
    ],
    run: async () => (await import('../backup.ts')).run,
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
    run: async () => (await import('../restore.ts')).run,
  },
]
