import { repeated } from '../parse.ts'
import type { CommandFacts } from './facts.ts'
import { data, json } from './options.ts'

export const mapping: readonly CommandFacts[] = [
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
    run: async () => (await import('../normalise.ts')).run,
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
    run: async () => (await import('../renormalise.ts')).run,
  },
]
