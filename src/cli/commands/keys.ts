import { moment } from '../parse.ts'
import type { CommandFacts } from './facts.ts'
import { data, json, modes } from './options.ts'

export const keys: CommandFacts = {
  usage: 'keys',
  summary: 'Make, list and revoke API keys',
  options: [],
  examples: ['furrow keys create --name "billing service" --scopes read', 'furrow keys list'],
  commands: [
    {
      usage: 'create',
      summary: 'Make a key; it is shown this once',
      options: [
        data,
        { flags: '--name <name>', description: 'what it is for' },
        {
          flags: '--scopes <list>',
          description: 'read, write, admin, separated by commas',
          default: 'read',
        },
        {
          flags: '--mode <mode>',
          description: 'test (as it is without) or live data; needs DATABASE_URL',
          choices: modes,
        },
        { flags: '--ledger-account <id>', description: 'the one business it may see' },
        { flags: '--expires <date>', description: 'when it ends: 2027-01-31', parse: moment },
        json,
      ],
      examples: [
        'furrow keys create --name "billing service" --scopes read,write',
        'furrow keys create --mode live --expires 2027-01-31',
      ],
      run: async () => (await import('../keys.ts')).create,
    },
    {
      usage: 'list',
      summary: 'List keys, newest first, without the keys themselves',
      options: [data, json],
      examples: ['furrow keys list', 'furrow keys list --json'],
      run: async () => (await import('../keys.ts')).list,
    },
    {
      usage: 'revoke <id>',
      summary: 'Revoke a key; it stops working within a second',
      options: [data, json],
      examples: ['furrow keys revoke key_4f…'],
      run: async () => (await import('../keys.ts')).revoke,
    },
  ],
}
