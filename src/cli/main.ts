#!/usr/bin/env node
import { Command, CommanderError, Option } from 'commander'
import { type CommandFacts, commands, type OptionFacts } from './commands.ts'
import { exit, explained } from './fault.ts'
import { packageVersion } from './version.ts'

const node_major_min = 24

function programOf(): Command {
  const program = new Command('furrow')
    .description('One model and one API over the commerce and payment systems of a business')
    .version(packageVersion())
    .helpCommand(true)
    .addHelpText('after', examplesText(['furrow start', 'furrow list customers --limit 5']))
  configure(program)
  for (const facts of commands) program.addCommand(commandOf(facts))
  return program
}

function commandOf(facts: CommandFacts): Command {
  const [name = '', ...args] = facts.usage.split(' ')
  const command = new Command(name).summary(facts.summary).description(facts.summary)
  for (const arg of args) command.argument(arg)
  for (const option of facts.options) command.addOption(optionOf(option))
  command.addHelpText('after', examplesText(facts.examples))
  configure(command)
  for (const inner of facts.commands ?? []) command.addCommand(commandOf(inner))
  const { run } = facts
  if (run) {
    command.action(async (...given: unknown[]) => {
      const work = await run()
      // Commander gives the arguments, then the options, then the command.
      await work(given.slice(0, -2) as string[], given.at(-2) as never)
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

/** Errors come as one line, on stderr, with where to look. */
function configure(command: Command) {
  command.exitOverride().configureOutput({
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

async function main() {
  const major = Number(process.versions.node.split('.')[0])
  if (major < node_major_min) {
    console.error(
      `furrow: Node ${process.versions.node} is too old: run it with Node ${node_major_min} (npx furrow brings its own)`,
    )
    process.exit(exit.failure)
  }
  const program = programOf()
  try {
    if (process.argv.length <= 2) program.help()
    await program.parseAsync()
    process.exitCode = exit.ok
  } catch (error) {
    process.exitCode = statusOf(error)
  }
}

function statusOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exit.ok : exit.usage
  const { line, status } = explained(error)
  console.error(`furrow: ${line.replaceAll('\n', ' ')}`)
  if (process.env.FURROW_DEBUG) console.error((error as Error).stack)
  return status
}

await main()
