import { repeated } from '../parse.ts'
import type { CommandFacts } from './facts.ts'
import { data, json, modes } from './options.ts'

export const connect: CommandFacts = {
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
  run: async () => (await import('../connect.ts')).run,
}
