import { connect } from './commands/connect.ts'
import { connections } from './commands/connections.ts'
import { consentLink } from './commands/consent_link.ts'
import { listen } from './commands/events.ts'
import type { CommandFacts } from './commands/facts.ts'
import { keeping } from './commands/keeping.ts'
import { keys } from './commands/keys.ts'
import { mapping } from './commands/mapping.ts'
import { notifications } from './commands/notifications.ts'
import { reading } from './commands/reading.ts'
import { running } from './commands/running.ts'
import { scheduling } from './commands/scheduling.ts'
import { trying } from './commands/trying.ts'

/** Every command, in the order `--help` lists them. */
export const commands: readonly CommandFacts[] = [
  ...running,
  connect,
  consentLink,
  ...connections,
  ...scheduling,
  ...reading,
  notifications,
  listen,
  keys,
  ...keeping,
  ...mapping,
  ...trying,
]
