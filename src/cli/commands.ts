import { connect } from './commands/connect.ts'
import { connections } from './commands/connections.ts'
import { consentLink } from './commands/consent_link.ts'
import type { CommandFacts } from './commands/facts.ts'
import { keys } from './commands/keys.ts'
import { mapping } from './commands/mapping.ts'
import { reading } from './commands/reading.ts'
import { running } from './commands/running.ts'
import { trying } from './commands/trying.ts'

/** Every command, in the order `--help` lists them. */
export const commands: readonly CommandFacts[] = [
  ...running,
  connect,
  consentLink,
  ...connections,
  ...reading,
  keys,
  ...mapping,
  ...trying,
]
