import { count } from '../parse.ts'
import type { CommandFacts } from './facts.ts'
import { data, json } from './options.ts'

/** The commands about a connection's notifications. */
export const notifications: CommandFacts = {
  usage: 'notifications',
  summary: 'Have partners tell of changes at once',
  options: [],
  examples: ['furrow notifications register pac_4f…', 'furrow notifications show pac_4f…'],
  commands: [
    {
      usage: 'show <connection>',
      summary: 'Show where its notifications come in, and what waits',
      options: [data, json],
      examples: ['furrow notifications show pac_4f…'],
      run: async () => (await import('../notifications.ts')).show,
    },
    {
      usage: 'register <connection>',
      summary: 'Ask the partner to deliver them; needs FURROW_PUBLIC_URL at the server',
      options: [data, json],
      examples: ['furrow notifications register pac_4f…'],
      run: async () => (await import('../notifications.ts')).register,
    },
    {
      usage: 'remove <connection>',
      summary: 'Ask the partner to deliver them no more',
      options: [data, json],
      examples: ['furrow notifications remove pac_4f…'],
      run: async () => (await import('../notifications.ts')).remove,
    },
    {
      usage: 'secret <connection>',
      summary: 'Set what they are signed with, where it was set up by hand; read from stdin',
      options: [
        data,
        {
          flags: '--former-hours <number>',
          description: 'how long the secret before it is still believed (24)',
          parse: count,
        },
        json,
      ],
      examples: ['furrow notifications secret pac_4f… < secret.txt'],
      run: async () => (await import('../notifications.ts')).secret,
    },
  ],
}
