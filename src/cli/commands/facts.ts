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
