import { count } from '../parse.ts'
import type { CommandFacts, OptionFacts } from './facts.ts'
import { data } from './options.ts'

export const privateEvents: OptionFacts = {
  flags: '--allow-private-events',
  description:
    'let events be sent to this machine itself, over http too (as start on 127.0.0.1 does)',
}
export const eventsKept: OptionFacts = {
  flags: '--events-kept <days>',
  description: 'how long the log keeps deliveries that have ended (30)',
  env: 'FURROW_EVENTS_KEPT',
  parse: count,
}

/** Follows a running server, for whoever develops a receiver. */
export const listen: CommandFacts = {
  usage: 'listen',
  summary: 'Print events of the running server as they come, and forward them signed',
  options: [
    data,
    {
      flags: '--forward-to <url>',
      description: 'where each event is posted to, for development',
    },
    {
      flags: '--types <list>',
      description: 'types of events, separated by commas: customer.created, customer.*',
      default: '*',
    },
    { flags: '--full', description: 'with the record as it is now' },
    { flags: '--json', description: 'print each event as a line of JSON' },
  ],
  examples: [
    'furrow listen',
    'furrow listen --forward-to http://127.0.0.1:3000/events --types customer.*,connection.lost',
  ],
  run: async () => (await import('../listen.ts')).run,
}
