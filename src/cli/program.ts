import { Command, CommanderError, Option } from 'commander'
import type { CommandFacts, OptionFacts } from './commands/facts.ts'
import { commands } from './commands.ts'
import { exit, explained } from './fault.ts'
import { packageVersion } from './version.ts'

/** Where help and errors go; answers go to stdout. */
export interface Output {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
}

const node_major_min = 24

/** Runs what the arguments ask for. Gives the exit status. */
export async function runCli(args: readonly string[], output: Output): Promise<number> {
  const { node } = process.versions
  if (Number(node.split('.')[0]) < node_major_min) {
    output.err(`furrow: Node ${node} is too old: run it with Node ${node_major_min} or newer\n`)
    return exit.failure
  }
  const program = programOf(output)
  try {
    if (args.length === 0) program.help()
    await program.parseAsync(args, { from: 'user' })
    return exit.ok
  } catch (error) {
    return statusOf(error, output)
  }
}

function statusOf(error: unknown, { err }: Output): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exit.ok : exit.usage
  const { line, status } = explained(error)
  err(`furrow: ${line.replaceAll('\n', ' ')}\n`)
  if (process.env.FURROW_DEBUG) err(`${(error as Error).stack}\n`)
  return status
}

function programOf(output: Output): Command {
  const program = new Command('furrow')
    .description('One model and one API over the commerce and payment systems of a business')
    .version(packageVersion())
    .addHelpText('after', examplesText(['furrow start', 'furrow list customers --limit 5']))
  configure(program, output)
  for (const facts of commands) program.addCommand(commandOf(facts, output))
  return program
}

function commandOf(facts: CommandFacts, output: Output): Command {
  const [name = '', ...args] = facts.usage.split(' ')
  const command = new Command(name).summary(facts.summary).description(facts.summary)
  for (const arg of args) command.argument(arg)
  for (const option of facts.options) command.addOption(optionOf(option))
  command.addHelpText('after', examplesText(facts.examples))
  configure(command, output)
  for (const inner of facts.commands ?? []) command.addCommand(commandOf(inner, output))
  const { run } = facts
  if (run) {
    command.action(async (...given: unknown[]) => {
      const work = await run()
      // Commander gives the arguments (several as a list), then the options, then the command.
      await work(given.slice(0, -2).flat() as string[], given.at(-2) as never)
    })
  }
  return command
}

function optionOf(facts: OptionFacts): Option {
  const option = new Option(facts.flags, facts.description)
  if (facts.default !== undefined) option.default(facts.default)
  if (facts.env) option.env(facts.env)
  if (facts.choices) option.choices(facts.choices)
  // Commander hands over what it has so far as `unknown`; each parser knows its own kind.
  if (facts.parse) option.argParser(facts.parse as (text: string, before: unknown) => unknown)
  return option.makeOptionMandatory(facts.required ?? false)
}

/** Errors come as one line, with where to look. */
function configure(command: Command, { out, err }: Output) {
  command.exitOverride().configureOutput({
    writeOut: out,
    writeErr: err,
    outputError: (text, write) => write(`${oneLine(text)} (see ${pathOf(command)} --help)\n`),
  })
}

function pathOf(command: Command): string {
  return command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name()
}

function oneLine(text: string): string {
  return `furrow: ${text
    .trim()
    .replace(/^error: /, '')
    .replaceAll('\n', ' ')}`
}

function examplesText(examples: readonly string[]): string {
  return `\nExamples:\n${examples.map((line) => `  ${line}`).join('\n')}`
}
