import { count, filter, moment, repeated } from '../parse.ts'
import type { CommandFacts } from './facts.ts'
import { data, json } from './options.ts'

export const reading: readonly CommandFacts[] = [
  {
    usage: 'get <object> <id>',
    summary: 'Print one record, read from the running server',
    options: [
      data,
      { flags: '--expand <path>', description: 'put in what an id names', parse: repeated },
      json,
    ],
    examples: [
      'furrow get customer cus_4f…',
      'furrow get customers cus_4f… --expand external_account_id --expand subscriptions',
    ],
    run: async () => (await import('../get.ts')).run,
  },
  {
    usage: 'list <object>',
    summary: 'Print records, newest first, read from the running server',
    options: [
      data,
      { flags: '--filter <name=value>', description: 'may be repeated', parse: filter },
      { flags: '--expand <path>', description: 'put in what an id names', parse: repeated },
      { flags: '--limit <number>', description: 'records a page, 1–100', parse: count },
      { flags: '--cursor <cursor>', description: 'next_cursor of the page before' },
      json,
    ],
    examples: [
      'furrow list customers --limit 5',
      'furrow list payments --filter "amount[gte]=5000" --filter currency=usd --json',
    ],
    run: async () => (await import('../list.ts')).run,
  },
  {
    usage: 'export [objects...]',
    summary: 'Write records into files, all of them; goes on where it was cut off',
    options: [
      data,
      { flags: '--format <name>', description: 'ndjson, csv or parquet', required: true },
      {
        flags: '--out <folder>',
        description: 'folder of the files and their manifest',
        required: true,
      },
      {
        flags: '--since <date>',
        description: 'only what changed since then, as in 2027-01-31',
        parse: moment,
      },
      { flags: '--filter <name=value>', description: 'may be repeated', parse: filter },
      { flags: '--deleted', description: 'deleted records too' },
      { flags: '--rows <number>', description: 'records a file (100000)', parse: count },
      json,
    ],
    examples: [
      'furrow export customers --format csv --out customers',
      'furrow export --format parquet --since 2027-01-31 --filter institutionAccountId=demo --out all',
    ],
    run: async () => (await import('../export.ts')).run,
  },
  {
    usage: 'mcp',
    summary: 'Serve reading as tools of the Model Context Protocol, over stdin and stdout',
    options: [data],
    examples: [
      'furrow mcp',
      'FURROW_URL=https://furrow.example.com FURROW_KEY=frw_live_… furrow mcp',
    ],
    run: async () => (await import('../mcp.ts')).run,
  },
]
