import pino, { type DestinationStream, type Logger } from 'pino'
import { misused } from './fault.ts'

const levels = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']

/**
 * Logs as JSON lines on stderr, so that stdout is for answers only. What is logged names no buyer and
 * shows no secret: errors are reduced to what tells the place, texts of partners lose what they quote,
 * and whatever still looks like an e-mail address or a key is masked on its way out.
 */
export function newLog(level_default: string, destination?: DestinationStream): Logger {
  const level = process.env.FURROW_LOG ?? level_default
  if (!levels.includes(level)) {
    throw misused(`FURROW_LOG: expected one of ${levels.join(', ')}, got "${level}"`)
  }
  const serializers = { err: errorFacts, error: errorFacts, reason: unquoted, failed: unquotedIn }
  const options = { level, base: null, serializers, hooks: { streamWrite: masked } }
  return pino(options, destination ?? pino.destination({ fd: 2, sync: true }))
}

interface LoggedError {
  readonly name?: string
  readonly message?: string
  readonly code?: string
  readonly table?: string
  readonly constraint?: string
  readonly stack?: string
  readonly cause?: unknown
}

/** Name, message without what it quotes, code and place. A database's details hold whole rows. */
function errorFacts(error: unknown): unknown {
  if (typeof error !== 'object' || error === null) return unquoted(error)
  const { name, message, code, table, constraint, stack, cause } = error as LoggedError
  return {
    name,
    message: unquoted(message),
    code,
    table,
    constraint,
    stack: stack
      ?.split('\n')
      .filter((line) => /^\s+at /.test(line))
      .join('\n'),
    ...(cause === undefined ? {} : { cause: errorFacts(cause) }),
  }
}

const quoted = /"[^"]*"|'[^']*'|`[^`]*`|“[^”]*”/g

/** What a text quotes is what somebody sent. */
function unquoted(text: unknown): unknown {
  return typeof text === 'string' ? text.replaceAll(quoted, '"…"') : text
}

function unquotedIn(failed: unknown): unknown {
  if (!Array.isArray(failed)) return failed
  return failed.map((one: { readonly reason?: unknown }) => ({
    ...one,
    reason: unquoted(one.reason),
  }))
}

const email = /[^\s"'<>@:=,;()[\]{}\\]{1,64}@[^\s"'<>@:=,;()[\]{}\\]+\.[^\s"'<>@:=,;()[\]{}\\]+/g
const key = /\b(?:frw|sk|rk|pk|shpat|shpca|whsec|live|sandbox)_[\w-]{8,}|\bBearer\s+[\w.~+/-]+=*/g
const password = /(:\/\/[^\s:/@"]+:)[^\s@"]+@/g

function masked(line: string): string {
  return line.replaceAll(password, '$1…@').replaceAll(email, '[e-mail]').replaceAll(key, '[secret]')
}
