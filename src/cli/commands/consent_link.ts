import { repeated } from '../parse.ts'
import type { CommandFacts } from './facts.ts'
import { data, json } from './options.ts'

export const consentLink: CommandFacts = {
  usage: 'consent-link',
  summary: 'Print a link on which a business says which of its accounts may be read',
  options: [
    data,
    {
      flags: '--institution-account <id>',
      description: 'your own id of the business; it is made where there is none',
    },
    { flags: '--ledger-account <id>', description: 'our id of the business' },
    {
      flags: '--return-url <url>',
      description: 'where it goes afterwards (the first one registered)',
    },
    {
      flags: '--partner <name>',
      description: 'one it may choose; may be repeated',
      parse: repeated,
    },
    json,
  ],
  examples: [
    'furrow consent-link --institution-account merchant-1',
    'furrow consent-link --institution-account merchant-1 --partner stripe --partner square',
  ],
  run: async () => (await import('../consent_link.ts')).run,
}
