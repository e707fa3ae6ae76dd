import { count, duration, filter, moment, port, repeated } from './parse.ts'

/** What a command is told: its arguments in order, and its options by name. */
export type Run = (given: readonly string[], options: never) => Promise<void>

/** A command as `--help` shows it. Its work is loaded only when it is run. */
export interface CommandFacts {
  /** Name and arguments: `get <object> <id>`. */
  readonly usage: string
  readonly summary: string
  readonly options: readonly OptionFacts[]
  readonly examples: readonly string[]
  readonly run?: () => Promise<Run>
  readonly commands?: readonly CommandFacts[]
}

export interface OptionFacts {
  readonly flags: string
  readonly description: string
  readonly default?: string | number
  readonly env?: string
  readonly choices?: readonly string[]
  readonly required?: boolean
  readonly parse?: (text: string, before: never) => unknown
}

const data: OptionFacts = {
  flags: '--data <folder>',
  description: 'folder of the embedded database and its keys',
  default: '.furrow',
  env: 'FURROW_DATA',
}
const json: OptionFacts = { flags: '--json', description: 'print the answer as JSON' }
const host: OptionFacts = {
  flags: '--host <address>',
  description: 'address to listen on',
  default: '127.0.0.1',
  env: 'FURROW_HOST',
}
const listenPort: OptionFacts = {
  flags: '--port <number>',
  description: 'port to listen on (4242, or the next free one)',
  env: 'FURROW_PORT',
  parse: port,
}
const syncEvery: OptionFacts = {
  flags: '--sync-every <time>',
  description: 'how often connections are read: 30s, 5m, 1h',
  env: 'FURROW_SYNC_EVERY',
  parse: duration,
}
const seed: OptionFacts = {
  flags: '--seed <number>',
  description: 'seed of the simulated world',
  parse: count,
}
const modes = ['test', 'live']

const connect: CommandFacts = {
  usage: 'connect <partner>',
  summary: "Connect a business's account at a partner with a key",
  options: [
    data,
    {
      flags: '--key <key>',
      description: "the account's key at the partner; - reads it from stdin",
    },
    {
      flags: '--credential <name=value>',
      description: 'another part of the credential; may be repeated',
      parse: repeated,
    },
    { flags: '--ledger-account <id>', description: 'our id of the business' },
    {
      flags: '--institution-account <id>',
      description: 'your own id of the business; it is made where there is none',
    },
    { flags: '--base-url <url>', description: 'another host than the partner’s own' },
    {
      flags: '--mode <mode>',
      description: 'of the business that is made (needs DATABASE_URL)',
      default: 'test',
      choices: modes,
    },
    json,
  ],
  examples: [
    'furrow connect stripe --key sk_test_… --institution-account merchant-1',
    'furrow connect stripe --key - --ledger-account la_… < key.txt',
  ],
  run: async () => (await import('./connect.ts')).run,
}

const keys: CommandFacts = {
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
      run: async () => (await import('./keys.ts')).create,
    },
    {
      usage: 'list',
      summary: 'List keys, newest first, without the keys themselves',
      options: [data, json],
      examples: ['furrow keys list', 'furrow keys list --json'],
      run: async () => (await import('./keys.ts')).list,
    },
    {
      usage: 'revoke <id>',
      summary: 'Revoke a key; it stops working within a second',
      options: [data, json],
      examples: ['furrow keys revoke key_4f…'],
      run: async () => (await import('./keys.ts')).revoke,
    },
  ],
}

const reading: readonly CommandFacts[] = [
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
    run: async () => (await import('./get.ts')).run,
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
    run: async () => (await import('./list.ts')).run,
  },
]

const mapping: readonly CommandFacts[] = [
  {
    usage: 'normalise <file>',
    summary: 'Turn a partner’s payload into records, without a database',
    options: [
      { flags: '--partner <name>', description: 'whose payload it is', required: true },
      { flags: '--object <name>', description: 'print only records of this object' },
      {
        flags: '--parent <name=id>',
        description: 'what the payload was listed under, as in payout=po_…',
        parse: repeated,
      },
      {
        flags: '--fact <name=value>',
        description: 'of the account, as in currency=EUR of a shop',
        parse: repeated,
      },
      json,
    ],
    examples: [
      'furrow normalise --partner stripe --object customer customer.json',
      'curl -s https://api.stripe.com/v1/customers -u sk_test_…: | furrow normalise --partner stripe -',
    ],
    run: async () => (await import('./normalise.ts')).run,
  },
  {
    usage: 'renormalise',
    summary: 'Read stored payloads again with the newest mapping, without asking partners',
    options: [
      data,
      { flags: '--object <name>', description: 'only records of this object' },
      { flags: '--connection <id>', description: 'only what came through this connection' },
      json,
    ],
    examples: ['furrow renormalise', 'furrow renormalise --object customer --connection pac_…'],
    run: async () => (await import('./renormalise.ts')).run,
  },
]

/** Every command, in the order `--help` lists them. */
export const commands: readonly CommandFacts[] = [
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
    run: async () => (await import('./start.ts')).run,
  },
  {
    usage: 'api',
    summary: 'Run the API alone; needs DATABASE_URL, several may run',
    options: [data, listenPort, host],
    examples: ['DATABASE_URL=postgres://furrow@db/furrow furrow api --host 0.0.0.0 --port 4242'],
    run: async () => (await import('./api.ts')).run,
  },
  {
    usage: 'worker',
    summary: 'Run syncs alone; needs DATABASE_URL, several may run',
    options: [
      data,
      syncEvery,
      { flags: '--parallel <number>', description: 'connections read at once (4)', parse: count },
    ],
    examples: ['DATABASE_URL=postgres://furrow@db/furrow furrow worker --sync-every 1m'],
    run: async () => (await import('./worker.ts')).run,
  },
  {
    usage: 'migrate',
    summary: 'Bring the tables of DATABASE_URL or the data folder to the newest form',
    options: [data, { flags: '--dry-run', description: 'only say what would be done' }, json],
    examples: ['DATABASE_URL=postgres://furrow@db/furrow furrow migrate --dry-run'],
    run: async () => (await import('./migrate.ts')).run,
  },
  connect,
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
    run: async () => (await import('./sync.ts')).run,
  },
  {
    usage: 'status',
    summary: 'Show connections and their streams: state, age, counts, last error',
    options: [data, json],
    examples: ['furrow status', 'furrow status --json'],
    run: async () => (await import('./status.ts')).run,
  },
  {
    usage: 'partners [name]',
    summary: 'Show what each partner system can do: objects, strategies, deletions, gaps',
    options: [json],
    examples: ['furrow partners', 'furrow partners stripe', 'furrow partners --json'],
    run: async () => (await import('./partners.ts')).run,
  },
  ...reading,
  keys,
  ...mapping,
  {
    usage: 'doctor',
    summary: 'Find what is set up wrongly, and say how to mend it',
    options: [data, listenPort, host, json],
    examples: ['furrow doctor', 'DATABASE_URL=postgres://furrow@db/furrow furrow doctor --json'],
    run: async () => (await import('./doctor.ts')).run,
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
    run: async () => (await import('./sandbox.ts')).run,
  },
]
